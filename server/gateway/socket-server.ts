// Socket.IO as we build it, with our guards on, and without our handlers: the conformance suites run against this.
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import { MAX_PACKET_BYTES } from '../../protocol/limits.ts';
import type { ClientEvents, ServerEvents } from '../../protocol/wire.ts';
import { safeHeaders } from '../safe-headers.ts';
import { attempt, type Failed } from '../surprises.ts';
import { Fuse } from './fuse.ts';
import { guardConnection } from './guard-connection.ts';
import type { Who } from './handshake.ts';
import type { EngineSocket } from './hang-up.ts';

export interface SocketServerParts {
  readonly httpServer: HttpServer;
  /** H6, for every request of every transport. */
  readonly mayAct: (request: IncomingMessage) => boolean;
  /** New connections are taken. */
  readonly isAccepting: () => boolean;
  /** The request came by TLS. Left out: none does. */
  readonly isSecure?: (request: IncomingMessage) => boolean;
  /** E4: a connection was cut. */
  readonly onSlow: () => void;
  readonly failed: Failed;
  /** How often a quiet connection is asked whether it is there. */
  readonly pingMs: number;
  /** How long its answer may take. */
  readonly pingTimeoutMs: number;
  /** How long a new connection may take to say what it wants. */
  readonly connectMs: number;
  readonly path?: string;
  /** E2. The public suites ask for 1 MB. */
  readonly maxPacketBytes?: number;
}

/** What the handshake found out, until the connection is made of it. */
export interface SocketData {
  who?: Who;
}

export type SocketServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

const PATH = '/socket.io';

/** E1. An HTTP answer, for a client that is too old to understand any other. */
const TOO_OLD = 'Unsupported protocol version: this server speaks Engine.IO 4, which is Socket.IO 3 and newer.';

export function createSocketServer(parts: SocketServerParts): SocketServer {
  const { httpServer, failed, path = PATH, maxPacketBytes = MAX_PACKET_BYTES } = parts;
  const server: SocketServer = new Server(httpServer, {
    path,
    serveClient: false,
    allowEIO3: false,
    perMessageDeflate: false,
    // What a stranger may write stands beside what they must not learn: how small both become together would tell.
    httpCompression: false,
    maxHttpBufferSize: maxPacketBytes,
    connectTimeout: parts.connectMs,
    upgradeTimeout: parts.connectMs,
    pingInterval: parts.pingMs,
    pingTimeout: parts.pingTimeoutMs,
    cleanupEmptyChildNamespaces: true,
    transports: ['polling', 'websocket'],
    allowRequest: (request, answer) => answer(...attempt(() => permissionFor(parts, request), NO_PERMISSION, failed)),
  });
  // Before all else, so that refusals have them too.
  server.engine.use(
    toldOf(failed, (request, response, next) => {
      const headers = safeHeaders(parts.isSecure?.(request) ?? false);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      next();
    }),
  );
  // Engine.IO asks allowRequest of handshakes alone. An id is no credential: a page of strangers that got hold of one can
  // neither read nor write with it.
  server.engine.use(
    toldOf(failed, (request, _, next) => {
      next(queryOf(request).has('sid') && !parts.mayAct(request) ? new Error('This origin is not ours.') : undefined);
    }),
  );
  // Before it is in a namespace, which it may never be: refusals wait for whoever does not read them as well.
  const guard = (conn: EngineSocket): void => guardConnection(conn, parts.onSlow, failed);
  server.engine.on('connection', (conn: EngineSocket) => new Fuse(conn, failed).over(guard)(conn));
  // An answer that nobody reads: Node would keep it for as long as the other side keeps its end. A poll is quiet for
  // `pingMs` at most.
  httpServer.setTimeout(parts.pingMs + parts.pingTimeoutMs + parts.connectMs);
  return server;
}

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: Error) => void,
) => void | Promise<void>;

/** Engine.IO refuses the request for which it throws, or rejects, and tells nobody. */
export function toldOf(failed: Failed, middleware: Middleware): Middleware {
  return async (...args) => {
    try {
      await middleware(...args);
    } catch (error) {
      failed(error);
      throw error;
    }
  };
}

/** As Engine.IO asks for it: why not, where somebody could read that, and whether. */
type Permission = [why: string | null, isGiven: boolean];
const NO_PERMISSION: Permission = [null, false];

function permissionFor({ isAccepting, mayAct }: SocketServerParts, request: IncomingMessage): Permission {
  // Engine.IO would upgrade it first, and then write into a WebSocket what is none of its frames.
  if (isUpgrade(request) && queryOf(request).get('EIO') !== '4') return [TOO_OLD, false];
  return [null, isAccepting() && mayAct(request)];
}

/** Of the server at its usual path. */
export function isOfConnection({ url }: IncomingMessage): boolean {
  return url?.startsWith(`${PATH}/`) ?? false;
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://any').searchParams;
}

function isUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade !== undefined;
}
