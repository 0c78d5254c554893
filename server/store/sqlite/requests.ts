// What the main thread asks of the two others. Objects cross as they are: measured, they clone faster than flat arrays.
import type { Author } from '../../../protocol/entries.ts';
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
} from '../../../protocol/ids.ts';
import type { CameAlong, CodeHashes, ComingAlong } from '../devices.ts';
import type {
  Around,
  AroundPage,
  Claim,
  Claimed,
  Earlier,
  Found,
  Hits,
  Member,
  OpenedDirect,
  Opening,
  Membership,
  Outcome,
  Page,
  People,
  Picked,
  Pins,
  Room,
  RoomNow,
  RoomSummary,
  Session,
  Since,
  Write,
} from '../store.ts';
import type { DeviceRow } from '../session-rows.ts';
import type { Known } from '../transaction.ts';
import type { Illness } from './illness.ts';

/** What the writer can be asked to do: each call is whole, or not done. */
export interface Writing {
  append(writes: readonly Write[]): readonly Outcome[];
  openRoom(address: Address, title: string): Room;
  openDirect(by: MemberId, other: MemberId): OpenedDirect;
  claim(claim: Claim): Claimed;
  release(member: MemberId): void;
  markRead(member: MemberId, seq: Seq): Seq | undefined;
  markUnread(member: MemberId, seq: Seq): Seq | undefined;
  touchSession(tokenHash: string): void;
  openSession(tokenHash: string, opening: Opening): Session;
  rememberRoom(session: SessionId, room: Address): void;
  endSession(session: SessionId): void;
  endDevice(session: SessionId, device: DeviceId): 'ended' | 'last' | 'notThere';
  endOthers(session: SessionId, device: DeviceId): readonly DeviceId[];
  openCode(device: DeviceId, code: CodeHashes): 'open' | 'tooMany' | 'notThere';
  comeAlong(coming: ComingAlong): CameAlong;
  renewLease(node: NodeId, ms: number, isNew: boolean): boolean;
}

/** What the reader can be asked: each answer is of one moment. */
export interface Reading {
  read(room: RoomId, after: Seq, limit: number, id: EntryId | ''): Since;
  page(room: RoomId, before: Seq | undefined, limit: number): Page;
  around(room: RoomId, at: Around, limit: number): AroundPage;
  messages(room: RoomId, seqs: readonly Seq[]): Picked;
  pins(room: RoomId): Pins;
  earlier(room: RoomId, target: Seq): Earlier | 'notFound' | 'gone';
  heads(rooms: readonly RoomId[]): ReadonlyMap<RoomId, RoomNow>;
  known(room: RoomId, clientIds: readonly ClientId[]): ReadonlyMap<ClientId, Known>;
  search(rooms: readonly RoomId[], text: string, limit: number, before: Found | undefined): Hits;
  mentions(members: readonly Pick<Member, 'id' | 'room'>[], limit: number, before: Found | undefined): Hits;
  room(address: Address): Room | undefined;
  /** Undefined where nobody has written yet as well. */
  spokenRoom(address: Address): Room | undefined;
  direct(one: MemberId, other: MemberId): Room | undefined;
  otherOf(member: MemberId): Author | undefined;
  member(id: MemberId): Member | undefined;
  membersOf(session: SessionId, room: RoomId): readonly Member[];
  memberships(session: SessionId): readonly Membership[];
  firstUnread(member: MemberId): Seq | undefined;
  rooms(session: SessionId): readonly RoomSummary[];
  session(tokenHash: string): { readonly device: DeviceRow; readonly lastRoom: string } | undefined;
  devices(session: SessionId): readonly DeviceRow[];
  here(room: RoomId, most: number | undefined): readonly Member[];
  people(room: RoomId, after: MemberId | undefined, limit: number): People;
  ghosts(before: Time): readonly { room: RoomId; member: MemberId; node: NodeId }[];
}

export type Calls = Writing | Reading;
export type CallName<Of extends Calls> = keyof Of & string;

export type CallArguments<Call> = Call extends (...args: infer Args) => unknown ? Args : never;
export type CallValue<Call> = Call extends (...args: never) => infer Value ? Value : never;

export interface ThreadRequest {
  readonly number: number;
  /** By the clock of the main thread: a test gives another. */
  readonly now: Time;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** failing, damaged: disk or file cannot be trusted; nothing is written until it is well. */
export type Failure = 'unavailable' | 'full' | 'unstorable' | 'failing' | 'damaged';

export type ThreadReply =
  | { readonly number: number; readonly ok: true; readonly value: unknown }
  | { readonly number: number; readonly ok: false; readonly failure: Failure; readonly message: string };

/** How the thread is, whenever that changes; before the replies that it changes for. */
export interface ThreadNews {
  readonly illness: Illness | undefined;
}

/** The first thing a thread says; the last one, after `close`, is that it ends. */
export type ThreadStart = { readonly ready: true } | { readonly ready: false; readonly message: string };

export const CLOSE = 'close';
