import type { RoomId } from '../../protocol/ids.ts';

/** Tells other nodes that something is new. It may lose, repeat and reorder: nothing may depend on it but speed. */
export interface Bus {
  /** To every other node that subscribed to the room; signals go the same way. Never throws, never waits. */
  publish(room: RoomId, hint: Uint8Array): void;
  subscribe(room: RoomId): Promise<void>;
  unsubscribe(room: RoomId): Promise<void>;
  /** To every other node, and to this one: not hearing one's own says that the bus is silent. */
  announce(digest: Uint8Array): void;
  listen(listener: BusListener): void;
  close(): Promise<void>;
}

export interface BusListener {
  hint(room: RoomId, hint: Uint8Array): void;
  digest(digest: Uint8Array): void;
  /** The connection was away: hints may be missing for every room. */
  gap(): void;
  /** A publish failed, or the connection is gone. */
  suspect(): void;
}
