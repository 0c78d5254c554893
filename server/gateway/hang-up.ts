// One of two places that reach under Engine.IO: its WebSocket transport keeps the `ws` it stands on private.
import type { Socket } from 'socket.io';

export type EngineSocket = Socket['conn'];
export type EngineTransport = EngineSocket['transport'];

interface Underneath {
  readonly socket?: {
    terminate(): void;
    on(event: 'ping', listener: () => void): unknown;
    listenerCount(event: 'ping'): number;
  };
}

/** At once, with all that waits: closing politely waits 30 s for a peer that may never read again. */
export function hangUp(conn: EngineSocket): void {
  const { transport } = conn;
  conn.close(true);
  terminate(transport);
}

/** `ws` answers pings by itself, and Engine.IO hears of none. A transport that is asked for again is heard once. */
export function onPing(transport: EngineTransport, run: () => void): void {
  const { socket } = transport as unknown as Underneath;
  if (socket?.listenerCount('ping') === 0) socket.on('ping', run);
}

/** A transport alone, which may not be a connection's yet. */
export function terminate(transport: EngineTransport): void {
  const { socket } = transport as unknown as Underneath;
  socket?.terminate();
}
