// What every act is given. An act carries out one request for one caller; it knows no sockets and no SQL.
import type { Address, ClientId, MemberId, RoomId, SessionId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { RoomLog } from '../log/room-log.ts';
import type { Member, Room, Store } from '../store/store.ts';
import type { Turns } from './turns.ts';

export interface Act {
  readonly store: Store;
  readonly log: RoomLog;
  readonly clock: Clock;
  readonly newClientId: () => ClientId;
}

/** As which member a connection is in a room. */
export interface Place {
  readonly room: Room;
  readonly member: MemberId;
}

/** Who asks: one connection. */
export interface Caller {
  readonly session: SessionId;
  /** Where a script said in its handshake that it is: a plain string goes there. A keyless one is this member and no other. */
  readonly home: { readonly room: Room; readonly member: Member } | undefined;
  /** How long it may be away before the room is told, in ms. */
  readonly graceMs: number;
  readonly turns: Turns;
  /** False once it is closed: what it counted has been taken back, and nothing may be counted any more. */
  readonly isOpen: boolean;
  /** Undefined where it has not joined. */
  at(address: Address): Place | undefined;
  /** Subscribes it: what is delivered in the room from now on reaches it. Replaces the place it had there. */
  enter(room: Room, member: Member): void;
  /** As whom it watches which rooms (T5). */
  readonly watched: ReadonlyMap<RoomId, readonly MemberId[]>;
  /** It is told news of the room while it is not in it. The log has been asked to count it, once for each room. */
  watch(room: RoomId, members: readonly MemberId[]): void;
  /** The log is told that it does not count any more. */
  unwatch(room: RoomId): void;
  /**
   * All connections of a member on this node lose their place in its room; H5: of a member without a key, this one
   * alone. They hear it until they are silenced.
   */
  takeOut(room: RoomId, member: MemberId): TakenOut;
}

export interface TakenOut {
  readonly connections: number;
  /** Further connections of the member on this node keep their place. */
  readonly othersStay?: boolean;
  /** From now on they hear nothing of the room, but for those that have entered it again. */
  silence(): void;
}
