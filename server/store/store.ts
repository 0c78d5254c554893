// What is remembered. The suite in store.contract.ts is this interface's meaning; every engine passes it.
import type { Author, Entry } from '../../protocol/entries.ts';
import type { Target } from '../../protocol/fields.ts';
import type {
  Address,
  ClientId,
  DeviceId,
  EntryId,
  MemberId,
  NodeId,
  RoomId,
  Seq,
  SessionId,
  Time,
} from '../../protocol/ids.ts';
import type { Code } from '../../protocol/refusals.ts';
import type { Devices } from './devices.ts';

/** What is to be added to a room's log. Whether it may be is decided inside the transaction that adds it. */
export type Write = Said | Presence;

interface Sent {
  readonly room: RoomId;
  readonly by: MemberId;
  readonly clientId: ClientId;
}
interface Worded {
  readonly text: string;
  /** L14: who is no member of the room is left out. */
  readonly mentions?: readonly MemberId[] | undefined;
}
export type Said =
  | (Sent & Worded & { readonly kind: 'message'; readonly replyTo?: Target | undefined })
  | (Sent & Worded & { readonly kind: 'edit'; readonly target: Target })
  | (Sent & { readonly kind: 'delete' | 'pin' | 'unpin'; readonly target: Target })
  | (Sent & { readonly kind: 'react' | 'unreact'; readonly target: Target; readonly emoji: string })
  | (Sent & { readonly kind: 'title'; readonly title: string })
  | (Sent & { readonly kind: 'topic'; readonly topic: string })
  /** A rename has no client id on the wire: its act makes one. `key` and `skeleton` as in `Claim`. */
  | (Sent & { readonly kind: 'rename'; readonly name: string; readonly key: string; readonly skeleton: string });

/**
 * A member's first connection on a node has come, or its last has gone. Adds a notice, or a change of the settings (P7),
 * or nothing where notices are off, when the member thereby comes or goes for all nodes together. `arrive` is refused with
 * `fenced` unless the node's lease runs; `depart` needs no lease. With a `reaper` it does nothing while the node's lease runs,
 * and is refused with `fenced` unless the reaper's does: what kept the node from its lease may have kept all from theirs.
 */
export interface Presence {
  readonly kind: 'arrive' | 'depart';
  readonly room: RoomId;
  readonly by: MemberId;
  readonly node: NodeId;
  /** `depart`: the node that says so in the place of `node`, which it takes for dead. */
  readonly reaper?: NodeId;
  /** `depart`: for nodes whose lease has run out too. Whoever leaves by intent does not come back to them. */
  readonly withDead?: boolean;
}

/**
 * stored: a new entry. duplicate: the client id was in the log; what is there stays as it is. unchanged: it would have
 * changed nothing; `seq` is of the entry that made it so (0: none had to). Each of them is a success to the one who asked.
 */
export type Outcome =
  /** `after` is the id of the entry before it in its room: '' for the first. */
  | { readonly result: 'stored'; readonly entry: Entry; readonly at: Time; readonly after: EntryId | '' }
  | { readonly result: 'duplicate'; readonly seq: Seq; readonly id: EntryId; readonly at: Time }
  | { readonly result: 'unchanged'; readonly seq: Seq }
  /** P7: the member came or went, and nobody is told; `here` are in the room now. */
  | { readonly result: 'untold'; readonly room: Address; readonly here: number }
  | { readonly result: 'refused'; readonly code: Code | 'fenced'; readonly retryAfter?: number };

export interface Head {
  readonly seq: Seq;
  /** Empty while seq is 0. */
  readonly id: EntryId | '';
}

/** A room as it is now. */
export interface RoomNow extends Head {
  readonly address: Address;
  /** How many members are in it. */
  readonly here: number;
  /** P7: everybody is told who comes and goes. */
  readonly notices: boolean;
}

export interface Since {
  readonly entries: readonly Entry[];
  readonly head: Head;
  /** The oldest seq that the log still has. */
  readonly first: Seq;
  /** `after` is not in this history, or is beyond its head, or before its first: `entries` is empty. */
  readonly reset: boolean;
}

export interface Page {
  readonly entries: readonly Entry[];
  readonly head: Head;
  readonly first: Seq;
  readonly atStart: boolean;
  /** No message is newer than these. */
  readonly atEnd: boolean;
}

/** Where in a room one wants to read. */
export type Around = { readonly seq: Seq } | { readonly time: Time };

export interface AroundPage extends Page {
  /** The message that the page is around: without one, it is the newest. */
  readonly anchor: Seq | undefined;
}

/** Some messages of a room, oldest first, as of `head`. */
export interface Picked {
  readonly entries: readonly Entry[];
  readonly head: Head;
}

/** A room's pinned messages, the one pinned last first: `seqs` of all, `entries` of as many as fit a reply. */
export interface Pins extends Picked {
  readonly seqs: readonly Seq[];
}

/** What a message said before, oldest first, each with when it was written: the newest that fit a reply. */
export interface Earlier {
  readonly texts: readonly { readonly at: Time; readonly text: string }[];
  readonly more: boolean;
}

export interface Room {
  readonly id: RoomId;
  readonly address: Address;
  readonly title: string;
  readonly topic: string;
}

export interface Member {
  readonly id: MemberId;
  readonly room: RoomId;
  readonly session: SessionId;
  readonly name: string;
  readonly role: 'member' | 'owner';
  readonly readSeq: Seq;
}

/** Where a session is somebody. */
export interface Membership {
  readonly room: Room;
  readonly member: Member;
  /** In the room now, on any node. */
  readonly isHere: boolean;
}

/**
 * Every script that gives no key is of this session. Its members hold their name only while they are in a room, and are
 * as many as scripts like.
 */
export const KEYLESS = 'keyless' as SessionId;

export interface Session {
  readonly id: SessionId;
  /** Whose token it was known by. */
  readonly device: DeviceId;
  readonly lastRoom: Address | undefined;
}

/** How a session begins, or goes on. */
export interface Opening {
  /** The device that goes on under the new token; its old one counts until the new one is used. */
  readonly replaces?: DeviceId | undefined;
  /** Of the token of a visitor without a session: the old one of what begins. */
  readonly visitorHash?: string | undefined;
  /** What the device is called from now on. */
  readonly name?: string | undefined;
}

/** A member of `session` under this name: the one it has already, else a new one. */
export interface Claim {
  readonly room: RoomId;
  readonly session: SessionId;
  readonly name: string;
  /** Two keys make a name unique in its room: the folded name, and the skeleton of look-alikes. */
  readonly key: string;
  readonly skeleton: string;
}

export type Claimed =
  | { readonly ok: true; readonly member: Member }
  /** forbidden: a conversation of two others. */
  | { readonly ok: false; readonly code: 'nameTaken' | 'tooMany' | 'forbidden' };

export type OpenedDirect =
  /** `as`: who the one that asked is there. `seated`: sessions for which the conversation is new. */
  | { readonly ok: true; readonly room: Room; readonly as: MemberId; readonly seated: readonly SessionId[] }
  | { readonly ok: false; readonly code: 'notMember' | 'notFound' | 'forbidden' | 'tooMany' | 'nameTaken' };

export interface RoomSummary {
  readonly room: Room;
  readonly head: Seq;
  readonly unread: number;
  /** One of the unread mentions a member of the session. */
  readonly mentioned: boolean;
  /** Of a conversation of two: the other one. */
  readonly direct: Author | undefined;
}

export interface Hit {
  readonly room: RoomId;
  readonly entry: Entry;
}

export interface Hits {
  readonly hits: readonly Hit[];
  readonly more: boolean;
}

/** A message that was found: the next page begins behind it. */
export interface Found {
  readonly room: RoomId;
  readonly seq: Seq;
}

export interface People {
  readonly members: readonly Member[];
  readonly more: boolean;
}

/** Nothing was stored, or nobody knows: the same batch may be tried again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  /** When it is worth asking again, in ms. */
  readonly retryAfter: number = 2_000;
}
/** Too much is asked of it already: nothing was done. */
export class StoreBusy extends StoreUnavailable {
  override name = 'StoreBusy';
  override readonly retryAfter = 1_000;
}
/** There is no space to write. Reads go on. */
export class StorageFull extends Error {
  override name = 'StorageFull';
  /** As of StoreUnavailable; somebody has to make space first. */
  readonly retryAfter = 10_000;
}
/** The batch was rolled back because of its content: one of its items can never be stored. */
export class Unstorable extends Error {
  override name = 'Unstorable';
}

export interface Store {
  /**
   * All writes in one durable transaction, in their order; an outcome for each. A later write sees the earlier ones.
   * Throws StoreUnavailable, StorageFull or Unstorable; only after StoreUnavailable may it have been stored all the same.
   */
  append(writes: readonly Write[]): Promise<readonly Outcome[]>;

  /**
   * The log after `after`, oldest first, at most `limit` entries and REPLY_MAX_BYTES (one at least), in one snapshot with
   * its head. Messages come in their present state, changes of deleted messages as `void`. `id` is of the entry at `after`.
   */
  read(room: RoomId, after: Seq, limit: number, id?: EntryId | ''): Promise<Since>;
  /** The newest messages before `before` (all, when it is left out), oldest first, no other kinds. */
  page(room: RoomId, before: Seq | undefined, limit: number): Promise<Page>;
  /**
   * The messages around the first one at or after a seq, or around the one that was written first at or after a time:
   * half of them before it where there are so many.
   */
  around(room: RoomId, at: Around, limit: number): Promise<AroundPage>;
  /** Those of `seqs` that are messages, at most REPLY_MAX_BYTES (one at least). */
  messages(room: RoomId, seqs: readonly Seq[]): Promise<Picked>;
  pins(room: RoomId): Promise<Pins>;
  /** notFound: there is no message of this seq. gone: it was deleted, and nothing is left of what it said. */
  earlier(room: RoomId, target: Seq): Promise<Earlier | 'notFound' | 'gone'>;
  /** Rooms that are not there are missing from the answer. */
  heads(rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, RoomNow>>;
  /** Which of these client ids are in the room's log. */
  known(
    room: RoomId,
    clientIds: readonly ClientId[],
  ): Promise<ReadonlyMap<ClientId, { seq: Seq; id: EntryId; at: Time }>>;
  /**
   * Undeleted messages that are all that `text` says (search-query.ts), the one stored last first. None where it says nothing.
   */
  search(rooms: readonly RoomId[], text: string, limit: number, before?: Found): Promise<Hits>;
  /** Messages that mention one of these members, and none of them wrote; the one stored last comes first. */
  mentions(members: readonly Pick<Member, 'id' | 'room'>[], limit: number, before?: Found): Promise<Hits>;

  room(address: Address): Promise<Room | undefined>;
  /**
   * The room of this address, made now with this title if it is not there. N8: making one forgets some in which nobody ever
   * wrote, an hour after the last visit; opening one is a visit.
   */
  openRoom(address: Address, title: string): Promise<Room>;

  /** The conversation of these two, if they have one. */
  direct(one: MemberId, other: MemberId): Promise<Room | undefined>;
  /** The one conversation of two members of a room, made now if it is not there; both are members of it. */
  openDirect(by: MemberId, other: MemberId): Promise<OpenedDirect>;
  /** Who else is in this member's conversation of two. */
  otherOf(member: MemberId): Promise<Author | undefined>;

  claim(claim: Claim): Promise<Claimed>;
  member(id: MemberId): Promise<Member | undefined>;
  /** This session's members in a room, oldest first. */
  membersOf(session: SessionId, room: RoomId): Promise<readonly Member[]>;
  /** All that hold their names for this session, in every room, the last visited first. */
  memberships(session: SessionId): Promise<readonly Membership[]>;
  /** The session gives its member's name up. The member stays as the author of what it wrote. */
  release(member: MemberId): Promise<void>;
  /**
   * Never goes back, never beyond the head. Resolves to the place up to which the member's session has now read the room;
   * undefined for a member that is not there.
   */
  markRead(member: MemberId, seq: Seq): Promise<Seq | undefined>;
  /** All members of the session in this room go back to just before `seq`, as far as they were beyond. Resolves as markRead. */
  markUnread(member: MemberId, seq: Seq): Promise<Seq | undefined>;
  /** The first message of others after what this member has read. */
  firstUnread(member: MemberId): Promise<Seq | undefined>;
  /** Rooms of a session, with undeleted messages of others after what its members have read, up to UNREAD_MAX. */
  rooms(session: SessionId): Promise<readonly RoomSummary[]>;

  /** By the hash of its token; undefined when there is none or it has run out. Using it makes it last again. */
  session(tokenHash: string): Promise<Session | undefined>;
  /** A session of this token, with a device of this token. */
  openSession(tokenHash: string, opening?: Opening): Promise<Session>;
  rememberRoom(session: SessionId, room: Address): Promise<void>;
  /** Ends it; the names of its members are free. */
  endSession(session: SessionId): Promise<void>;
  readonly devices: Devices;

  /** Members who are in the room now, on any node, in the order in which they came: the first `most` of them. */
  here(room: RoomId, most?: number): Promise<readonly Member[]>;
  /** The same by name, those behind the member `after`: `limit` at most, and whether there are more. */
  people(room: RoomId, after: MemberId | undefined, limit: number): Promise<People>;
  /** Makes the node's lease run for `ms` more by the store's clock. False: it had run out, and the id is spent. */
  renewLease(node: NodeId, ms: number, isNew: boolean): Promise<boolean>;
  /** Who stands in the presence table for nodes whose lease ran out more than `graceMs` ago. */
  ghosts(graceMs: number): Promise<readonly { room: RoomId; member: MemberId; node: NodeId }[]>;

  /** Undefined while it works; else a sentence that says what is wrong. */
  problem(): string | undefined;
  close(): Promise<void>;
}
