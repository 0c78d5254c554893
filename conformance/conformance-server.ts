// The server as we build it, with its guards and without its handlers: one that the public test suites can be run against.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { wallClock } from '../server/clock.ts';
import { cutWhenFast } from '../server/gateway/fast-talker.ts';
import { Guard } from '../server/guard.ts';
import { guardConnection } from '../server/gateway/guard-connection.ts';
import { createSocketServer, type SocketServer, type SocketServerParts } from '../server/gateway/socket-server.ts';
import { Buckets } from '../server/limits/buckets.ts';
import { LIMITS } from '../server/limits/limits.ts';
import { answerAsPublicSuite } from './public-handlers.ts';

export interface ConformanceOptions {
  /** 0: any free one. */
  readonly port?: number;
  readonly pingMs?: number;
  readonly pingTimeoutMs?: number;
  readonly connectMs?: number;
  readonly maxPacketBytes?: number;
  /** R9: packets of a connection; kept unless said otherwise. */
  readonly limits?: boolean;
}

/** What both public suites expect of a server. They answer three pings before they say what they want, or never do. */
const PUBLIC = { pingMs: 300, pingTimeoutMs: 200, connectMs: 1_500, maxPacketBytes: 1_000_000 };

export interface ConformanceServer {
  readonly url: string;
  readonly http: Server;
  readonly socketIo: SocketServer;
  /** Engine.IO alone. */
  readonly echo: SocketServer['engine'];
  /** How many connections that do not read were cut. */
  readonly cut: () => number;
  readonly close: () => Promise<void>;
}

/** Socket.IO at /socket.io/, and Engine.IO alone, which sends everything back, at /engine.io/. */
export async function startConformanceServer(options: ConformanceOptions = {}): Promise<ConformanceServer> {
  const { port = 0, limits = true, ...given } = options;
  const http = createServer((_, response) => void response.writeHead(404).end());
  const guard = new Guard({ port: () => portOf(http), origins: [], addresses: [] });
  let cuts = 0;
  const onSlow = (): void => void (cuts += 1);
  const parts = {
    httpServer: http,
    mayAct: guard.mayAct.bind(guard),
    isAccepting: () => true,
    onSlow,
    failed,
    ...PUBLIC,
    ...given,
  };
  const socketIo = createSocketServer(parts);
  answerAsPublicSuite(socketIo);
  const echo = createEcho({ ...parts, path: '/engine.io' });
  const packets = new Buckets<object>(limits ? LIMITS.packets : undefined, wallClock);
  for (const engine of [socketIo.engine, echo]) {
    engine.on('connection', (conn: EngineSocket) => {
      const spend = (tokens: number): boolean => packets.take(conn, tokens).taken === tokens;
      cutWhenFast(conn, spend, () => undefined, failed);
    });
  }
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const close = async (): Promise<void> => {
    for (const one of [socketIo.engine, echo]) one.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  return { url: `http://127.0.0.1:${portOf(http)}`, http, socketIo, echo, cut: () => cuts, close };
}

type EngineSocket = Parameters<typeof guardConnection>[0];

function createEcho(parts: SocketServerParts): SocketServer['engine'] {
  const { engine } = createSocketServer(parts);
  // Socket.IO's own listener, which would take each message for a packet of its own; and ours with it, which comes again.
  engine.removeAllListeners('connection');
  engine.on('connection', (conn: EngineSocket) => {
    guardConnection(conn, parts.onSlow, parts.failed);
    conn.on('data', (data: string | Buffer) => void conn.send(data));
  });
  return engine;
}

/** Nothing is to go on as if it were well. */
function failed(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
