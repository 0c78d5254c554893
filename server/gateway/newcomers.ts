import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from '../client-address.ts';
import { CUT_COSTS, type Limits, type Reached } from '../limits/limits.ts';
import type { Tolls } from '../limits/tolls.ts';
import { safeHeaders } from '../safe-headers.ts';
import type { Fuse } from './fuse.ts';
import type { EngineSocket } from './hang-up.ts';

/** One of the others has to go first: nobody knows when. */
const FULL_RETRY_MS = 5_000;

export interface NewcomersParts {
  readonly clientOf: (request: IncomingMessage) => Client;
  readonly limits: Limits | undefined;
  readonly tolls: Pick<Tolls, 'pay'>;
  readonly mostConnections: number;
  readonly reached: (limit: Reached) => void;
}

/** R9: how many connections an address makes, and how many it has. */
export class Newcomers {
  readonly #parts: NewcomersParts;
  #count = 0;
  readonly #open = new Map<string, number>();
  /** Looked up at the first request: once its socket is gone, nobody knows any more who it was. */
  readonly #networks = new WeakMap<IncomingMessage, string>();

  constructor(parts: NewcomersParts) {
    this.#parts = parts;
  }

  /** Resolves to 0 when the connection may be made, else to the ms after which to try again. */
  async waitFor(request: IncomingMessage): Promise<number> {
    const { clientOf, limits, tolls, mostConnections, reached } = this.#parts;
    if (this.#count >= mostConnections) {
      reached('memory');
      return FULL_RETRY_MS;
    }
    const { network } = clientOf(request);
    if (limits && (this.#open.get(network) ?? 0) >= limits.connectionsOfAddress) {
      reached('connectionsOfAddress');
      return FULL_RETRY_MS;
    }
    const wait = await tolls.pay('handshakes', network);
    if (wait === 0) this.#networks.set(request, network);
    return wait;
  }

  /** It counts until it closes. */
  connected(conn: EngineSocket, fuse: Fuse): void {
    const network = this.networkOf(conn);
    this.#count += 1;
    this.#open.set(network, (this.#open.get(network) ?? 0) + 1);
    conn.once(
      'close',
      fuse.over(() => this.#closed(network)),
    );
  }

  #closed(network: string): void {
    this.#count -= 1;
    const left = (this.#open.get(network) ?? 1) - 1;
    if (left > 0) this.#open.set(network, left);
    else this.#open.delete(network);
  }

  /** It was cut for what it did. */
  async punish(conn: EngineSocket): Promise<void> {
    await this.#parts.tolls.pay('handshakes', this.networkOf(conn), CUT_COSTS);
  }

  networkOf({ request }: EngineSocket): string {
    return this.#networks.get(request) ?? '';
  }
}

/** The first of a connection, which every later one names. */
export function isFirst(request: IncomingMessage): boolean {
  return !new URL(request.url ?? '/', 'http://any').searchParams.has('sid');
}

/** No client reads a reason here; those of Socket.IO come back by themselves. `response` of an upgrade is none that can be sent. */
export function refuseConnection(request: IncomingMessage, response: unknown, retryAfter: number): void {
  const headers = { 'retry-after': String(Math.ceil(retryAfter / 1_000)), 'content-length': '0' };
  if (response instanceof ServerResponse) {
    response.writeHead(429, headers).end();
    return;
  }
  const lines = Object.entries({ ...safeHeaders(false), ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const { socket } = request;
  socket.end(`HTTP/1.1 429 Too Many Requests\r\n${lines.join('')}\r\n`, () => socket.destroy());
}
