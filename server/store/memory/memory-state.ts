import type {
  Address,
  ClientId,
  DeviceId,
  MemberId,
  NodeId,
  RoomId,
  Seq,
  SessionId,
  Time,
} from '../../../protocol/ids.ts';
import type { Replaced } from '../earlier.ts';
import type { LogRow, MemberRow, ReactionRow, RoomRow } from '../rows.ts';
import type { CodeRow, DeviceRow, SessionRow } from '../session-rows.ts';
import type { PresenceRow } from '../transaction.ts';

/** One room's tables. Holds nothing but data: a snapshot is a structured clone. */
export interface RoomState {
  readonly row: RoomRow;
  /** Entry n stands at n - 1. */
  readonly log: LogRow[];
  readonly known: Map<ClientId, LogRow>;
  readonly changes: Map<Seq, LogRow[]>;
  readonly reactions: Map<Seq, ReactionRow[]>;
  /** Texts that edits replaced, by the message's seq. */
  readonly replaced: Map<Seq, Replaced[]>;
  readonly presence: Map<MemberId, PresenceRow[]>;
  readonly byKey: Map<string, MemberRow>;
  readonly bySkeleton: Map<string, MemberRow>;
}

export interface MemoryState {
  readonly rooms: Map<RoomId, RoomState>;
  readonly addresses: Map<Address, RoomId>;
  readonly members: Map<MemberId, MemberRow>;
  readonly bySession: Map<SessionId, Set<MemberRow>>;
  /** Under which names a member is found in its room: its row may have changed already. */
  readonly indexed: Map<MemberId, { readonly key: string; readonly skeleton: string }>;
  readonly sessions: Map<SessionId, SessionRow>;
  readonly devices: Map<DeviceId, DeviceRow>;
  readonly codes: Set<CodeRow>;
  readonly leases: Map<NodeId, Time>;
  /** Of all rooms, in the order in which they were stored. */
  readonly messages: { readonly room: RoomId; readonly row: LogRow }[];
}

export function emptyState(): MemoryState {
  return {
    rooms: new Map(),
    addresses: new Map(),
    members: new Map(),
    bySession: new Map(),
    indexed: new Map(),
    sessions: new Map(),
    devices: new Map(),
    codes: new Set(),
    leases: new Map(),
    messages: [],
  };
}

export function emptyRoom(row: RoomRow): RoomState {
  return {
    row,
    log: [],
    known: new Map(),
    changes: new Map(),
    reactions: new Map(),
    replaced: new Map(),
    presence: new Map(),
    byKey: new Map(),
    bySkeleton: new Map(),
  };
}

export function pushTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
