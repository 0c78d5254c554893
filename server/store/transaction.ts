import type { Address, ClientId, EntryId, MemberId, NodeId, RoomId, Seq, SessionId, Time } from '../../protocol/ids.ts';
import { NOTICES_START_BELOW, NOTICES_STOP_ABOVE } from '../../protocol/limits.ts';
import type { LogRow, MemberRow, ReactionRow, RoomRow } from './rows.ts';
import type { SessionRows } from './session-rows.ts';

export interface Known {
  readonly seq: Seq;
  readonly id: EntryId;
  readonly at: Time;
}

/** P7: with more than `above` in a room notices stop, with fewer than `below` they start again. */
export interface Crowd {
  readonly above: number;
  readonly below: number;
}

export const CROWD: Crowd = { above: NOTICES_STOP_ABOVE, below: NOTICES_START_BELOW };

/** One node for which a member is in a room; `since` is the seq of the notice by which the member came, or the last before. */
export interface PresenceRow {
  readonly node: NodeId;
  readonly since: Seq;
}

/**
 * What the rules (decide.ts, presence.ts, membership.ts, node-lease.ts) see of an engine: plain look-ups and writes of one
 * transaction, each of which sees the earlier ones. Rows are lent: a rule changes one and gives it back with its `save…`.
 */
export interface Transaction {
  readonly now: Time;
  readonly crowd: Crowd;
  /** 128 random bits at least, of a to z and 2 to 7. */
  newId(): string;

  room(id: RoomId): RoomRow | undefined;
  roomAt(address: Address): RoomRow | undefined;
  /** Of a conversation of two, as direct.ts writes it. */
  roomOfPair(pair: string): RoomRow | undefined;
  addRoom(row: RoomRow): void;
  saveRoom(row: RoomRow): void;
  /**
   * Forgets rooms in which nobody ever wrote, nobody is, and which were last visited before `before`, with all that is in
   * them: those visited longest ago first, `limit` at most.
   */
  forgetRooms(before: Time, limit: number): void;

  /** Whether it still holds its name or not. */
  member(id: MemberId): MemberRow | undefined;
  addMember(row: MemberRow): void;
  saveMember(row: MemberRow): void;
  /** As saveMember, when only `readSeq` and `wrote` changed, which is often. */
  saveReading(row: MemberRow): void;
  /** Who holds a name of this key or of this skeleton: two at most. */
  holders(room: RoomId, key: string, skeleton: string): readonly MemberRow[];
  /** Members of a session that hold their names, in one room (oldest first) or in all. */
  holding(session: SessionId, room?: RoomId): readonly MemberRow[];

  known(room: RoomId, clientId: ClientId): Known | undefined;
  /** Undefined for entries that are no messages. */
  message(room: RoomId, seq: Seq): LogRow | undefined;
  addEntry(room: RoomId, row: LogRow): void;
  /** `target` has its new state already; `before` is what the edit `by` replaced. */
  edited(room: RoomId, target: LogRow, by: Seq, before: LogRow): void;
  /**
   * `target` has its new state already; `before` is what it was. The texts its edits replaced, its reactions and its
   * places in the indexes go; its other changes become `void`, without their bodies.
   */
  deleted(room: RoomId, target: LogRow, before: LogRow): void;
  /** How many messages of the room are pinned. */
  pins(room: RoomId): number;
  /** `target` has its new state already: it is pinned, or is not any more. */
  pinned(room: RoomId, target: LogRow): void;
  /** In the order of their seq. */
  reactions(room: RoomId, target: Seq): readonly ReactionRow[];
  reacted(room: RoomId, target: LogRow, reaction: ReactionRow): void;
  unreacted(room: RoomId, target: LogRow, reaction: ReactionRow): void;

  presence(room: RoomId, member: MemberId): readonly PresenceRow[];
  addPresence(room: RoomId, member: MemberId, row: PresenceRow): void;
  removePresence(room: RoomId, member: MemberId, node: NodeId): void;

  /** When the node's lease runs out; undefined when it never had one. */
  lease(node: NodeId): Time | undefined;
  saveLease(node: NodeId, until: Time): void;
  /** Forgets leases that ran out before `before` and have no presence rows. */
  forgetLeases(before: Time): void;

  readonly sessions: SessionRows;
}
