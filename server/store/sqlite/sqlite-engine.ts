import type { Author } from '../../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId, NodeId, RoomId, Seq, SessionId } from '../../../protocol/ids.ts';
import type { Clock } from '../../clock.ts';
import { deviceOf, type Devices, lasting } from '../devices.ts';
import { counts, needsTouch, sessionOf } from '../sessions.ts';
import {
  type Around,
  type AroundPage,
  type Claim,
  type Claimed,
  type Earlier,
  type Found,
  type Hits,
  KEYLESS,
  type Member,
  type OpenedDirect,
  type Opening,
  type Membership,
  type Outcome,
  type Page,
  type People,
  type Picked,
  type Pins,
  type Room,
  type RoomNow,
  type RoomSummary,
  type Session,
  type Since,
  StorageFull,
  type Store,
  StoreBusy,
  StoreUnavailable,
  type Write,
} from '../store.ts';
import type { Known } from '../transaction.ts';
import type { CallArguments, CallName, CallValue, Reading, Writing } from './requests.ts';
import type { Thread } from './thread.ts';

/**
 * What may wait for the two threads together: a kilobyte each. A herd of some thousands has one question each on its way;
 * whoever makes it more is told to come again.
 */
export const MAX_WAITING_CALLS = 10_000;

/** One file, a thread that writes and a thread that reads. */
export class SqliteEngine implements Store {
  readonly #writer: Thread<Writing>;
  readonly #reader: Thread<Reading>;
  readonly #clock: Pick<Clock, 'now'>;
  #waiting = 0;

  readonly devices: Devices = {
    of: async (session) => lasting(await this.#read('devices', session), this.#clock.now()).map(deviceOf),
    end: (session, device) => this.#write('endDevice', session, device),
    endOthers: (session, device) => this.#write('endOthers', session, device),
    openCode: (device, code) => this.#write('openCode', device, code),
    comeAlong: (coming) => this.#write('comeAlong', coming),
  };

  /** `changed` is told of each new answer of `problem`. */
  constructor(
    writer: Thread<Writing>,
    reader: Thread<Reading>,
    clock: Pick<Clock, 'now'>,
    changed: (problem: string | undefined) => void = () => undefined,
  ) {
    this.#writer = writer;
    this.#reader = reader;
    this.#clock = clock;
    for (const thread of [writer, reader]) thread.onChange(() => changed(this.problem()));
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

  async around(room: RoomId, at: Around, limit: number): Promise<AroundPage> {
    return this.#read('around', room, at, limit);
  }

  async messages(room: RoomId, seqs: readonly Seq[]): Promise<Picked> {
    return this.#read('messages', room, seqs);
  }

  async pins(room: RoomId): Promise<Pins> {
    return this.#read('pins', room);
  }

  async earlier(room: RoomId, target: Seq): Promise<Earlier | 'notFound' | 'gone'> {
    return this.#read('earlier', room, target);
  }

  async heads(rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, RoomNow>> {
    return this.#read('heads', rooms);
  }

  async known(room: RoomId, clientIds: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Known>> {
    return this.#read('known', room, clientIds);
  }

  async search(rooms: readonly RoomId[], text: string, limit: number, before?: Found): Promise<Hits> {
    return this.#read('search', rooms, text, limit, before);
  }

  async mentions(members: readonly Pick<Member, 'id' | 'room'>[], limit: number, before?: Found): Promise<Hits> {
    return this.#read('mentions', members, limit, before);
  }

  async room(address: Address): Promise<Room | undefined> {
    return this.#read('room', address);
  }

  async openRoom(address: Address, title: string): Promise<Room> {
    // Opening one that may be forgotten is a visit, which is written.
    return (await this.#read('spokenRoom', address)) ?? this.#write('openRoom', address, title);
  }

  async direct(one: MemberId, other: MemberId): Promise<Room | undefined> {
    return this.#read('direct', one, other);
  }

  async openDirect(by: MemberId, other: MemberId): Promise<OpenedDirect> {
    return this.#write('openDirect', by, other);
  }

  async otherOf(member: MemberId): Promise<Author | undefined> {
    return this.#read('otherOf', member);
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

  async markRead(member: MemberId, seq: Seq): Promise<Seq | undefined> {
    return this.#write('markRead', member, seq);
  }

  async markUnread(member: MemberId, seq: Seq): Promise<Seq | undefined> {
    return this.#write('markUnread', member, seq);
  }

  async firstUnread(member: MemberId): Promise<Seq | undefined> {
    return this.#read('firstUnread', member);
  }

  async rooms(session: SessionId): Promise<readonly RoomSummary[]> {
    return session === KEYLESS ? [] : this.#read('rooms', session);
  }

  async session(tokenHash: string): Promise<Session | undefined> {
    const found = await this.#read('session', tokenHash);
    const now = this.#clock.now();
    if (!found || !counts(found.device, tokenHash, now)) return undefined;
    if (needsTouch(found.device, tokenHash, now)) await this.#touch(tokenHash);
    return sessionOf(found.device, found.lastRoom);
  }

  async openSession(tokenHash: string, opening: Opening = {}): Promise<Session> {
    return this.#write('openSession', tokenHash, opening);
  }

  async rememberRoom(session: SessionId, room: Address): Promise<void> {
    return this.#write('rememberRoom', session, room);
  }

  async endSession(session: SessionId): Promise<void> {
    return this.#write('endSession', session);
  }

  async here(room: RoomId, most?: number): Promise<readonly Member[]> {
    return this.#read('here', room, most);
  }

  async people(room: RoomId, after: MemberId | undefined, limit: number): Promise<People> {
    return this.#read('people', room, after, limit);
  }

  async renewLease(node: NodeId, ms: number, isNew: boolean): Promise<boolean> {
    return this.#write('renewLease', node, ms, isNew);
  }

  async ghosts(graceMs: number): Promise<readonly { room: RoomId; member: MemberId; node: NodeId }[]> {
    return this.#read('ghosts', this.#clock.now() - graceMs);
  }

  problem(): string | undefined {
    return this.#writer.problem ?? this.#reader.problem;
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
    if (this.#reader.isLost) throw new StoreUnavailable(this.#reader.problem);
    const write = () => this.#writer.call(this.#clock.now(), name, ...args);
    // Batches come one at a time, and a lease that is not renewed would make this node a dead one.
    return name === 'append' || name === 'renewLease' ? write() : this.#counted(write);
  }

  async #read<Name extends CallName<Reading>>(
    name: Name,
    ...args: CallArguments<Reading[Name]>
  ): Promise<CallValue<Reading[Name]>> {
    return this.#counted(() => this.#reader.call(this.#clock.now(), name, ...args));
  }

  async #counted<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (this.#waiting >= MAX_WAITING_CALLS) throw new StoreBusy('Too much is asked of the store already.');
    this.#waiting += 1;
    try {
      return await ask();
    } finally {
      this.#waiting -= 1;
    }
  }
}
