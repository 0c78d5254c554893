// Keeps everything in the process: for the simulation, and as the plainest reading of the contract.
import type { Author, Entry } from '../../../protocol/entries.ts';
import type {
  Address,
  ClientId,
  EntryId,
  MemberId,
  NodeId,
  RoomId,
  Seq,
  SessionId,
  Time,
} from '../../../protocol/ids.ts';
import { UNREAD_MAX } from '../../../protocol/limits.ts';
import type { Clock } from '../../clock.ts';
import { decide } from '../decide.ts';
import { openDirect, otherIn, pairOf } from '../direct.ts';
import { centred } from '../centred.ts';
import { earlierTexts } from '../earlier.ts';
import { fittingEntries } from '../fit-reply.ts';
import { claimName, letGo } from '../membership.ts';
import { renewLease } from '../node-lease.ts';
import { markRead, markUnread } from '../read-place.ts';
import { openRoom, roomOf } from '../rooms.ts';
import { authorOf, type LogRow, type MemberRow, memberOf, nowOf } from '../rows.ts';
import { counts, endSession, needsTouch, openSession, rememberRoom, sessionOf, touchSession } from '../sessions.ts';
import {
  type Around,
  type AroundPage,
  type Claim,
  type Claimed,
  type Earlier,
  type Found,
  type Head,
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
  type Store,
  type Write,
} from '../store.ts';
import { CROWD, type Crowd, type Known, type Transaction } from '../transaction.ts';
import { entryIn } from './entry-in.ts';
import { MemoryDevices } from './memory-devices.ts';
import { mentions, search } from './memory-hits.ts';
import { emptyState, type MemoryState, type RoomState } from './memory-state.ts';
import { isMentioned, unread } from './unread.ts';
import { MemoryTransaction } from './memory-transaction.ts';

export interface MemoryStoreParts {
  readonly clock: Pick<Clock, 'now'>;
  /** Never the same twice, also not after rewindTo. */
  readonly newId: () => string;
  /** Left out: CROWD. A town of the simulation is no crowd by that. */
  readonly crowd?: Crowd;
}

/** What a store held at one time; opaque. */
export interface MemorySnapshot {
  readonly state: MemoryState;
}

const NOTHING: Head = { seq: 0, id: '' };
const NO_PAGE: Page = { entries: [], head: NOTHING, first: 1, atStart: true, atEnd: true };

export class MemoryStore implements Store {
  readonly devices = new MemoryDevices(() => this.#transaction());
  readonly #parts: MemoryStoreParts;
  #state = emptyState();

  constructor(parts: MemoryStoreParts) {
    this.#parts = parts;
  }

  /** A deep copy. */
  snapshot(): MemorySnapshot {
    return { state: structuredClone(this.#state) };
  }

  /** As if a backup had been restored: what was stored since is gone. */
  rewindTo(snapshot: MemorySnapshot): void {
    this.#state = structuredClone(snapshot.state);
  }

  async append(writes: readonly Write[]): Promise<readonly Outcome[]> {
    const tx = this.#transaction();
    return writes.map((write) => decide(tx, write));
  }

  async read(room: RoomId, after: Seq, limit: number, id: EntryId | '' = ''): Promise<Since> {
    const state = this.#state.rooms.get(room);
    if (!state) return { entries: [], head: NOTHING, first: 1, reset: after > 0 };
    const { row, log } = state;
    const head = headOf(state);
    const isOther = id !== '' && after >= row.first && log[after - 1]?.id !== id;
    if (isOther || after > row.seq || after + 1 < row.first)
      return { entries: [], head, first: row.first, reset: true };
    const entries = log.slice(after, after + limit).map((entry) => entryIn(state, entry));
    return { entries: entries.slice(0, fittingEntries(entries)), head, first: row.first, reset: false };
  }

  async page(room: RoomId, before: Seq | undefined, limit: number): Promise<Page> {
    const state = this.#state.rooms.get(room);
    if (!state) return NO_PAGE;
    const newest: Entry[] = [];
    for (let seq = Math.min(state.row.seq, (before ?? Infinity) - 1); seq > 0 && newest.length <= limit; seq -= 1) {
      const row = state.log[seq - 1];
      if (row?.kind === 'message') newest.push(entryIn(state, row));
    }
    const fitting = fittingEntries(newest.slice(0, limit));
    return {
      entries: newest.slice(0, fitting).reverse(),
      head: headOf(state),
      first: state.row.first,
      atStart: fitting === newest.length,
      atEnd: before === undefined || messagesOf(state).every((row) => row.seq < before),
    };
  }

  async around(room: RoomId, at: Around, limit: number): Promise<AroundPage> {
    const state = this.#state.rooms.get(room);
    if (!state) return { ...NO_PAGE, anchor: undefined };
    const rows = messagesOf(state);
    const found = 'seq' in at ? rows.filter(({ seq }) => seq >= at.seq) : earliestFirst(rows, at.time);
    const anchor = found[0]?.seq;
    const from = anchor === undefined ? rows.length : rows.findIndex(({ seq }) => seq === anchor);
    const entries = rows.map((row) => entryIn(state, row));
    const page = centred(entries.slice(0, from).reverse(), entries.slice(from), limit);
    return { ...page, head: headOf(state), first: state.row.first, anchor };
  }

  async messages(room: RoomId, seqs: readonly Seq[]): Promise<Picked> {
    const state = this.#state.rooms.get(room);
    if (!state) return { entries: [], head: NOTHING };
    const rows = [...new Set(seqs)].sort((a, b) => a - b).map((seq) => state.log[seq - 1]);
    const entries = rows.flatMap((row) => (row?.kind === 'message' ? [entryIn(state, row)] : []));
    return { entries: entries.slice(0, fittingEntries(entries)), head: headOf(state) };
  }

  async pins(room: RoomId): Promise<Pins> {
    const state = this.#state.rooms.get(room);
    if (!state) return { seqs: [], entries: [], head: NOTHING };
    const pinned = state.log.filter((row) => row.pinnedSeq > 0).sort((a, b) => b.pinnedSeq - a.pinnedSeq);
    const entries = pinned.map((row) => entryIn(state, row));
    const fitting = entries.slice(0, fittingEntries(entries));
    return { seqs: pinned.map(({ seq }) => seq), entries: fitting, head: headOf(state) };
  }

  async earlier(room: RoomId, target: Seq): Promise<Earlier | 'notFound' | 'gone'> {
    const state = this.#state.rooms.get(room);
    const message = state?.log[target - 1];
    if (!state || message?.kind !== 'message') return 'notFound';
    return message.deletedSeq > 0
      ? 'gone'
      : earlierTexts(message.at, [...(state.replaced.get(target) ?? [])].reverse());
  }

  async heads(rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, RoomNow>> {
    const heads = new Map<RoomId, RoomNow>();
    for (const id of rooms) {
      const row = this.#state.rooms.get(id)?.row;
      if (row) heads.set(id, nowOf(row));
    }
    return heads;
  }

  async known(room: RoomId, clientIds: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Known>> {
    const found = new Map<ClientId, Known>();
    const known = this.#state.rooms.get(room)?.known;
    for (const clientId of clientIds) {
      const row = known?.get(clientId);
      if (row) found.set(clientId, { seq: row.seq, id: row.id, at: row.at });
    }
    return found;
  }

  async search(rooms: readonly RoomId[], text: string, limit: number, before?: Found): Promise<Hits> {
    return search(this.#state, rooms, text, limit, before);
  }

  async mentions(members: readonly Pick<Member, 'id' | 'room'>[], limit: number, before?: Found): Promise<Hits> {
    return mentions(this.#state, members, limit, before);
  }

  async room(address: Address): Promise<Room | undefined> {
    return this.#roomAt(address);
  }

  async openRoom(address: Address, title: string): Promise<Room> {
    // Without an await before the room is made: of two who ask at once, the second must find it.
    return openRoom(this.#transaction(), address, title);
  }

  async direct(one: MemberId, other: MemberId): Promise<Room | undefined> {
    const here = this.#roomWith(one);
    const talk = here && here.row.pair !== '' ? here.row : this.#transaction().roomOfPair(pairOf(one, other));
    return talk && roomOf(talk);
  }

  async openDirect(by: MemberId, other: MemberId): Promise<OpenedDirect> {
    return openDirect(this.#transaction(), by, other);
  }

  async otherOf(member: MemberId): Promise<Author | undefined> {
    const room = this.#roomWith(member);
    return room && this.#otherIn(room, this.#state.members.get(member));
  }

  async claim(claim: Claim): Promise<Claimed> {
    return claimName(this.#transaction(), claim);
  }

  async member(id: MemberId): Promise<Member | undefined> {
    const row = this.#state.members.get(id);
    return row?.held ? memberOf(row) : undefined;
  }

  async membersOf(session: SessionId, room: RoomId): Promise<readonly Member[]> {
    return this.#transaction().holding(session, room).map(memberOf);
  }

  async memberships(session: SessionId): Promise<readonly Membership[]> {
    if (session === KEYLESS) return [];
    const own = this.#transaction()
      .holding(session)
      .flatMap((row) => {
        const room = this.#state.rooms.get(row.room);
        return room ? [{ row, room }] : [];
      });
    own.sort((a, b) => b.row.visitedAt - a.row.visitedAt || a.row.nth - b.row.nth);
    return own.map(({ row, room }) => ({
      room: roomOf(room.row),
      member: memberOf(row),
      isHere: room.presence.has(row.id),
    }));
  }

  async release(member: MemberId): Promise<void> {
    const tx = this.#transaction();
    const row = tx.member(member);
    if (row) letGo(tx, row);
  }

  async markRead(member: MemberId, seq: Seq): Promise<Seq | undefined> {
    return markRead(this.#transaction(), member, seq);
  }

  async markUnread(member: MemberId, seq: Seq): Promise<Seq | undefined> {
    return markUnread(this.#transaction(), member, seq);
  }

  async firstUnread(member: MemberId): Promise<Seq | undefined> {
    const row = this.#state.members.get(member);
    const room = row && this.#state.rooms.get(row.room);
    return room && unread(room, row.readSeq, [row], 1)[0];
  }

  async rooms(session: SessionId): Promise<readonly RoomSummary[]> {
    if (session === KEYLESS) return [];
    const members = this.#transaction().holding(session);
    const rooms = [...new Set(members.map((member) => member.room))]
      .map((id) => this.#state.rooms.get(id))
      .filter((room) => room !== undefined);
    rooms.sort((a, b) => b.row.at - a.row.at || (a.row.address < b.row.address ? -1 : 1));
    return rooms.map((room) => {
      const own = members.filter((member) => member.room === room.row.id);
      const read = Math.max(...own.map((member) => member.readSeq));
      return {
        room: roomOf(room.row),
        head: room.row.seq,
        unread: unread(room, read, own, UNREAD_MAX).length,
        mentioned: isMentioned(room, read, own),
        direct: this.#otherIn(room, own[0]),
      };
    });
  }

  async session(tokenHash: string): Promise<Session | undefined> {
    const tx = this.#transaction();
    const device = tx.sessions.deviceOf(tokenHash);
    if (!device || !counts(device, tokenHash, tx.now)) return undefined;
    if (needsTouch(device, tokenHash, tx.now)) touchSession(tx, tokenHash);
    return sessionOf(device, tx.sessions.session(device.session)?.lastRoom ?? '');
  }

  async openSession(tokenHash: string, opening: Opening = {}): Promise<Session> {
    return openSession(this.#transaction(), tokenHash, opening);
  }

  async rememberRoom(session: SessionId, room: Address): Promise<void> {
    rememberRoom(this.#transaction(), session, room);
  }

  async endSession(session: SessionId): Promise<void> {
    endSession(this.#transaction(), session);
  }

  async here(room: RoomId, most = Number.POSITIVE_INFINITY): Promise<readonly Member[]> {
    const present = [...(this.#state.rooms.get(room)?.presence ?? [])].map(([id, rows]) => ({
      id,
      since: rows[0]?.since ?? 0,
    }));
    const rows = present.flatMap(({ id, since }) => {
      const row = this.#state.members.get(id);
      return row ? [{ row, since }] : [];
    });
    rows.sort((a, b) => a.since - b.since || a.row.nth - b.row.nth);
    return rows.slice(0, most).map(({ row }) => memberOf(row));
  }

  async people(room: RoomId, after: MemberId | undefined, limit: number): Promise<People> {
    const ids = [...(this.#state.rooms.get(room)?.presence.keys() ?? [])];
    const all = ids.map((id) => this.#state.members.get(id)).filter((row) => row !== undefined);
    const last = after === undefined ? undefined : this.#state.members.get(after);
    if (after !== undefined && last?.room !== room) return { members: [], more: false };
    const rows = all.filter((row) => !last || byName(row, last) > 0).sort(byName);
    return { members: rows.slice(0, limit).map(memberOf), more: rows.length > limit };
  }

  async renewLease(node: NodeId, ms: number, isNew: boolean): Promise<boolean> {
    return renewLease(this.#transaction(), node, ms, isNew);
  }

  async ghosts(graceMs: number): Promise<readonly { room: RoomId; member: MemberId; node: NodeId }[]> {
    const ghosts: { room: RoomId; member: MemberId; node: NodeId }[] = [];
    const { leases, rooms } = this.#state;
    for (const [room, { presence }] of rooms) {
      for (const [member, rows] of presence) {
        for (const { node } of rows) {
          if ((leases.get(node) ?? -Infinity) + graceMs < this.#parts.clock.now()) ghosts.push({ room, member, node });
        }
      }
    }
    return ghosts;
  }

  problem(): string | undefined {
    return undefined;
  }

  async close(): Promise<void> {}

  #roomWith(member: MemberId): RoomState | undefined {
    const row = this.#state.members.get(member);
    return row && this.#state.rooms.get(row.room);
  }

  /** Undefined in every room but a conversation of two. */
  #otherIn({ row: { id, pair } }: RoomState, me: MemberRow | undefined): Author | undefined {
    if (pair === '' || !me) return undefined;
    const all = [...this.#state.members.values()].filter(({ room }) => room === id);
    const other = otherIn(all, me);
    return other && authorOf(other);
  }

  #roomAt(address: Address): Room | undefined {
    const row = this.#transaction().roomAt(address);
    return row && roomOf(row);
  }

  #transaction(): Transaction {
    const { clock, newId, crowd = CROWD } = this.#parts;
    return new MemoryTransaction(this.#state, clock.now(), newId, crowd);
  }
}

function messagesOf({ log }: RoomState): LogRow[] {
  return log.filter(({ kind }) => kind === 'message');
}

function earliestFirst(rows: readonly LogRow[], since: Time): LogRow[] {
  return rows.filter(({ at }) => at >= since).sort((a, b) => a.at - b.at || a.seq - b.seq);
}

function headOf({ row }: RoomState): Head {
  return { seq: row.seq, id: row.lastId };
}

/** By code points, as other engines compare. Names that were given up may be alike. */
function byName(one: MemberRow, other: MemberRow): number {
  return Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)) || one.nth - other.nth;
}
