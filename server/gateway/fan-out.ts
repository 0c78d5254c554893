import type { Entry } from '../../protocol/entries.ts';
import type { RoomId } from '../../protocol/ids.ts';
import { NAMESPACE } from '../../protocol/wire.ts';
import type { SocketServer } from './socket-server.ts';

/** Prefixed: Socket.IO puts every socket into a room named like itself, and a room of ours must never be one of those. */
export function channelOf(room: RoomId): string {
  return `r:${room}`;
}

/** To all connections of this node in the room, in the order given. */
export function fanOut(server: SocketServer, room: RoomId, entries: readonly Entry[]): void {
  const everybody = server.of(NAMESPACE).to(channelOf(room));
  for (const entry of entries) {
    switch (entry.kind) {
      case 'message':
        everybody.emit('message', entry);
        break;
      case 'notice':
        everybody.emit('options', entry);
        break;
      case 'edit':
      case 'delete':
      case 'react':
      case 'unreact':
      case 'rename':
      case 'void':
        everybody.emit('change', entry);
        break;
    }
  }
}
