// The one place that reaches under Engine.IO: its WebSocket transport keeps the `ws` it stands on private.
import type { Socket } from 'socket.io';

interface Underneath {
  readonly socket?: { terminate(): void };
}

/** At once, with all that waits: closing politely waits 30 s for a peer that may never read again. */
export function hangUp(conn: Socket['conn']): void {
  const { socket } = conn.transport as unknown as Underneath;
  conn.close(true);
  socket?.terminate();
}
