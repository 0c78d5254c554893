// Socket.IO as we build it, with our guards on, and without our handlers: the public conformance suites run against this.
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import { MAX_PACKET_BYTES } from '../../protocol/limits.ts';
import type { ClientEvents, ServerEvents } from '../../protocol/wire.ts';
import type { Who } from './handshake.ts';

export interface SocketServerParts {
  readonly httpServer: HttpServer;
  /** H6, for every request of every transport. */
  readonly mayAct: (request: IncomingMessage) => boolean;
  /** New connections are taken. */
  readonly isAccepting: () => boolean;
  /** How often a quiet connection is asked whether it is there. */
  readonly pingMs: number;
  /** How long its answer may take. */
  readonly pingTimeoutMs: number;
  /** How long a new connection may take to say what it wants. */
  readonly connectMs: number;
}

/** What the handshake found out, until the connection is made of it. */
export interface SocketData {
  who?: Who;
}

export type SocketServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

export function createSocketServer(parts: SocketServerParts): SocketServer {
  const { mayAct, isAccepting } = parts;
  const server: SocketServer = new Server(parts.httpServer, {
    serveClient: false,
    allowEIO3: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_PACKET_BYTES,
    connectTimeout: parts.connectMs,
    pingInterval: parts.pingMs,
    pingTimeout: parts.pingTimeoutMs,
    cleanupEmptyChildNamespaces: true,
    transports: ['polling', 'websocket'],
    allowRequest: (request, answer) => answer(null, isAccepting() && mayAct(request)),
  });
  // Engine.IO asks allowRequest of handshakes alone. An id is no credential: a page of strangers that got hold of one can
  // neither read nor write with it.
  server.engine.use((request: IncomingMessage, _: unknown, next: (error?: Error) => void) => {
    next(isLater(request) && !mayAct(request) ? new Error('This origin is not ours.') : undefined);
  });
  return server;
}

function isLater(request: IncomingMessage): boolean {
  return new URL(request.url ?? '/', 'http://any').searchParams.has('sid');
}
