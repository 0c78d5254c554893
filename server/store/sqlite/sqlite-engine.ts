import type { Address, ClientId, EntryId, MemberId, NodeId, RoomId, Seq, SessionId } from '../../../protocol/ids.ts';
import type { Clock } from '../../clock.ts';
import { counts, needsTouch, sessionOf } from '../sessions.ts';
import {
  type Claim,
  type Claimed,
  type Head,
  KEYLESS,
  type Member,
  type Membership,
  type Outcome,
  type Page,
  type Room,
  type RoomSummary,
  type Session,
  type Since,
  StorageFull,
  type Store,
  StoreUnavailable,
  type Write,
} from '../store.ts';
import type { Known } from '../transaction.ts';
import type { CallArguments, CallName, CallValue, Reading, Writing } from './requests.ts';
import type { Thread } from './thread.ts';

/** One file, a thread that writes and a thread that reads. */
export class SqliteEngine implements Store {
  readonly #writer: Thread<Writing>;
  readonly #reader: Thread<Reading>;
  readonly #clock: Pick<Clock, 'now'>;
  #isFull = false;

  constructor(writer: Thread<Writing>, reader: Thread<Reading>, clock: Pick<Clock, 'now'>) {
    this.#writer = writer;
    this.#reader = reader;
    this.#clock = clock;
  }

  async append(writes: readonly Write[]): Promise<readonly Outcome[]> {
    return this.#write('append', writes);
  }

  async read(room: RoomId, after: Seq, limit: number, id: EntryId | '' = ''): Promise<Since> {
    return this.#read('read', room, after, limit, id);
  }

  async page(room: RoomId, before: Seq | undefined, limit: number): Promise<Page> {
    return this.#read('page', room, before, limit);
  }

  async heads(rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Head>> {
    return this.#read('heads', rooms);
  }

  async known(room: RoomId, clientIds: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Known>> {
    return this.#read('known', room, clientIds);
  }

  async search(rooms: readonly RoomId[], text: string, limit: number, before?: Seq): ReturnType<Store['search']> {
    return this.#read('search', rooms, text, limit, before);
  }

  async room(address: Address): Promise<Room | undefined> {
    return this.#read('room', address);
  }

  async openRoom(address: Address, title: string): Promise<Room> {
    // Opening one that may be forgotten is a visit, which is written.
    return (await this.#read('spokenRoom', address)) ?? this.#write('openRoom', address, title);
  }

  async claim(claim: Claim): Promise<Claimed> {
    return this.#write('claim', claim);
  }

  async member(id: MemberId): Promise<Member | undefined> {
    return this.#read('member', id);
  }

  async membersOf(session: SessionId, room: RoomId): Promise<readonly Member[]> {
    return this.#read('membersOf', session, room);
  }

  async memberships(session: SessionId): Promise<readonly Membership[]> {
    return session === KEYLESS ? [] : this.#read('memberships', session);
  }

  async release(member: MemberId): Promise<void> {
    return this.#write('release', member);
  }

  async markRead(member: MemberId, seq: Seq): Promise<void> {
    return this.#write('markRead', member, seq);
  }

  async firstUnread(member: MemberId): Promise<Seq | undefined> {
    return this.#read('firstUnread', member);
  }

  async rooms(session: SessionId): Promise<readonly RoomSummary[]> {
    return session === KEYLESS ? [] : this.#read('rooms', session);
  }

  async session(tokenHash: string): Promise<Session | undefined> {
    const row = await this.#read('session', tokenHash);
    const now = this.#clock.now();
    if (!row || !counts(row, tokenHash, now)) return undefined;
    if (needsTouch(row, tokenHash, now)) await this.#touch(tokenHash);
    return sessionOf(row);
  }

  async openSession(tokenHash: string, replaces?: SessionId, visitorHash?: string): Promise<Session> {
    return this.#write('openSession', tokenHash, replaces, visitorHash);
  }

  async rememberRoom(session: SessionId, room: Address): Promise<void> {
    return this.#write('rememberRoom', session, room);
  }

  async endSession(session: SessionId): Promise<void> {
    return this.#write('endSession', session);
  }

  async here(room: RoomId): Promise<readonly Member[]> {
    return this.#read('here', room);
  }

  async renewLease(node: NodeId, ms: number, isNew: boolean): Promise<boolean> {
    return this.#write('renewLease', node, ms, isNew);
  }

  async ghosts(graceMs: number): Promise<readonly { room: RoomId; member: MemberId; node: NodeId }[]> {
    return this.#read('ghosts', this.#clock.now() - graceMs);
  }

  problem(): string | undefined {
    const full = this.#isFull ? 'There is no space left to write. What is there can be read.' : undefined;
    return this.#writer.problem ?? this.#reader.problem ?? full;
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writer.close();
  }

  /** Who cannot be noted as seen is known all the same: reads go on when writes do not. */
  async #touch(tokenHash: string): Promise<void> {
    try {
      await this.#write('touchSession', tokenHash);
    } catch (error) {
      if (!(error instanceof StoreUnavailable || error instanceof StorageFull)) throw error;
    }
  }

  async #write<Name extends CallName<Writing>>(
    name: Name,
    ...args: CallArguments<Writing[Name]>
  ): Promise<CallValue<Writing[Name]>> {
    // What the reader found damaged must not be written to either.
    if (this.#reader.problem !== undefined) throw new StoreUnavailable(this.#reader.problem);
    try {
      const value = await this.#writer.call(this.#clock.now(), name, ...args);
      this.#isFull = false;
      return value;
    } catch (error) {
      // Another failure makes no space: only what could be written shows that there is some.
      if (error instanceof StorageFull) this.#isFull = true;
      throw error;
    }
  }

  async #read<Name extends CallName<Reading>>(
    name: Name,
    ...args: CallArguments<Reading[Name]>
  ): Promise<CallValue<Reading[Name]>> {
    return this.#reader.call(this.#clock.now(), name, ...args);
  }
}
