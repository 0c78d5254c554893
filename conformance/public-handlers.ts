// What the public test suites of both protocols ask a server to do with what it hears.
import type { SocketServer } from '../server/gateway/socket-server.ts';

/** A Socket.IO socket under event names that are not ours. */
interface AnySocket {
  readonly handshake: { readonly auth: unknown };
  emit(event: string, ...args: unknown[]): unknown;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
}

/** Everything back, in both namespaces of the suite of Socket.IO. */
export function answerAsPublicSuite(server: SocketServer): void {
  server.of('/').on('connection', (socket: AnySocket) => {
    tellAuth(socket);
    socket.on('message', (...args) => void socket.emit('message-back', ...args));
    socket.on('message-with-ack', (...args) => {
      const acknowledge = args.pop();
      if (isFunction(acknowledge)) acknowledge(...args);
    });
  });
  server.of('/custom').on('connection', tellAuth);
}

function tellAuth(socket: AnySocket): void {
  socket.emit('auth', socket.handshake.auth);
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => void {
  return typeof value === 'function';
}
