import type { Entry } from '../../protocol/entries.ts';
import type { RoomId } from '../../protocol/ids.ts';
import type { RoomSignal, Signal } from '../../protocol/signals.ts';
import { NAMESPACE, SIGNAL_EVENT } from '../../protocol/wire.ts';
import type { SocketServer } from './socket-server.ts';

/** Prefixed: Socket.IO puts every socket into a room named like itself, and a room of ours must never be one of those. */
export function channelOf(room: RoomId): string {
  return `r:${room}`;
}

/** Of those that watch a room. */
export function watchersOf(room: RoomId): string {
  return `w:${room}`;
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
      case 'pin':
      case 'unpin':
      case 'rename':
      case 'title':
      case 'topic':
      case 'settings':
      case 'void':
        everybody.emit('change', entry);
        break;
    }
  }
}

/** T2: to all connections of this node in the room but those of these sockets. One that does not keep up misses it. */
export function fanOutSignal(server: SocketServer, room: RoomId, signal: Signal, except: readonly string[]): void {
  server
    .of(NAMESPACE)
    .to(channelOf(room))
    .except([...except])
    .volatile.emit(SIGNAL_EVENT, signal);
}

/**
 * T5: to all that watch the room and are not in it, but those of these sockets. Not volatile, which would drop it whenever
 * something else is just being sent: nobody counts those messages a second time.
 */
export function fanOutNews(server: SocketServer, room: RoomId, signal: RoomSignal, except: readonly string[]): void {
  server
    .of(NAMESPACE)
    .to(watchersOf(room))
    .except([channelOf(room), ...except])
    .emit(SIGNAL_EVENT, signal);
}
