// A TCP proxy that does to connections what networks do: latency, jitter, a rate, swallowing, stalling, cutting, resetting.
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Random } from '../server/clock.ts';
import type { Site } from './site.ts';
import { pause, until } from './waiting.ts';

/** What waits in one direction before its sender is held up. */
const MOST_WAITING = 64 * 1024;
/** A piece is so long at most that a rate is kept smoothly. */
const PIECE = 4 * 1024;

export interface Weather {
  readonly latencyMs: number;
  readonly jitterMs: number;
  /** Bytes a second in each direction of each connection; 0: as fast as it goes. */
  readonly rate: number;
}

const CLEAR: Weather = { latencyMs: 0, jitterMs: 0, rate: 0 };

type Direction = 'up' | 'down';

/** One connection through it. */
export class Passage {
  readonly near: Socket;
  readonly far: Socket;
  /** What is swallowed goes nowhere, for ever: not even the end of the connection is told. */
  readonly swallows = new Set<Direction>();
  /** When the server ended its side, by performance.now(). */
  freedAt: number | undefined;
  isClosed = false;
  #bytesLeft = Number.POSITIVE_INFINITY;

  constructor(near: Socket, far: Socket) {
    this.near = near;
    this.far = far;
    for (const socket of [near, far]) socket.setNoDelay().on('error', () => undefined);
    far.on('end', () => (this.freedAt ??= performance.now()));
    far.on('close', (hadError) => {
      this.freedAt ??= performance.now();
      // An end is told in its turn, behind what was sent before it.
      if (hadError && !this.swallows.has('down')) this.close();
    });
    near.on('close', (hadError) => {
      if (hadError && !this.swallows.has('up')) this.close();
    });
  }

  close(): void {
    this.isClosed = true;
    this.near.destroy();
    this.far.destroy();
  }

  reset(): void {
    this.isClosed = true;
    this.near.resetAndDestroy();
    this.far.resetAndDestroy();
  }

  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  /** False when it was cut by this: only the first bytes of it have passed. */
  pass(to: Socket, piece: Buffer): boolean {
    const allowed = Math.min(piece.length, this.#bytesLeft);
    this.#bytesLeft -= allowed;
    to.write(piece.subarray(0, allowed));
    if (allowed === piece.length) return true;
    this.reset();
    return false;
  }
}

export class Proxy {
  readonly origin: string;
  /** Of the server behind it: it takes requests under its own name alone. */
  readonly host: string;
  readonly passages = new Set<Passage>();
  weather: Weather = CLEAR;
  /** New connections are reset as soon as they are made. */
  refusesNew = false;
  readonly #server: Server;
  readonly #random: Random;
  #stalled = new Set<Direction>();

  private constructor(server: Server, port: number, target: number, random: Random) {
    this.#server = server;
    this.#random = random;
    this.origin = `http://127.0.0.1:${port}`;
    this.host = `127.0.0.1:${target}`;
    server.on('connection', (near) => this.#join(near, target));
  }

  static async to(site: Site, target: number): Promise<Proxy> {
    // Both ends are told of an end by hand: a half of a connection may outlive the other.
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The system gives no port.');
    const proxy = new Proxy(server, address.port, target, site.dice.fork().random);
    site.atEnd(() => proxy.close());
    return proxy;
  }

  async close(): Promise<void> {
    for (const passage of this.passages) passage.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Those connections that there are now, not later ones: as a device on the way that forgot them. */
  swallow(...directions: readonly Direction[]): Passage[] {
    const passages = [...this.passages];
    for (const { swallows } of passages) for (const direction of directions) swallows.add(direction);
    return passages;
  }

  /** Nothing passes in these directions, and whoever sends is held up, until clear(). */
  stall(...directions: readonly Direction[]): void {
    this.#stalled = new Set(directions);
  }

  reset(): void {
    for (const passage of this.passages) passage.reset();
  }

  /** Each connection is reset in the middle of what it sends, after so many bytes more. */
  cut(bytes: number): void {
    for (const passage of this.passages) passage.cutAfter(bytes);
  }

  clear(): void {
    this.weather = CLEAR;
    this.#stalled.clear();
    this.refusesNew = false;
  }

  #join(near: Socket, target: number): void {
    if (this.refusesNew) {
      near.resetAndDestroy();
      return;
    }
    const passage = new Passage(near, connect({ host: '127.0.0.1', port: target, allowHalfOpen: true }));
    this.passages.add(passage);
    const forget = () => {
      if (passage.near.closed && passage.far.closed) this.passages.delete(passage);
    };
    for (const socket of [near, passage.far]) socket.once('close', forget);
    this.#carry(passage, 'up', near, passage.far);
    this.#carry(passage, 'down', passage.far, near);
  }

  #carry(passage: Passage, direction: Direction, from: Socket, to: Socket): void {
    let order = Promise.resolve();
    let waiting = 0;
    from.on('data', (chunk) => {
      if (passage.swallows.has(direction)) return;
      waiting += chunk.length;
      if (waiting > MOST_WAITING || this.#stalled.has(direction)) from.pause();
      order = order.then(async () => {
        await this.#late(passage, direction, to, chunk);
        waiting -= chunk.length;
        if (waiting <= MOST_WAITING && !passage.isClosed) from.resume();
      });
    });
    from.on('end', () => {
      order = order.then(() => {
        if (!passage.swallows.has(direction) && !passage.isClosed) to.end();
      });
    });
  }

  async #late(passage: Passage, direction: Direction, to: Socket, chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length && !passage.isClosed; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      const { latencyMs, jitterMs, rate } = this.weather;
      const ms = latencyMs + this.#random() * jitterMs + (rate > 0 ? (piece.length / rate) * 1_000 : 0);
      if (ms > 0) await pause(ms);
      if (this.#stalled.has(direction))
        await until(() => passage.isClosed || !this.#stalled.has(direction), Number.POSITIVE_INFINITY);
      if (passage.isClosed || passage.swallows.has(direction) || !passage.pass(to, piece)) return;
      if (to.writableNeedDrain) await until(() => passage.isClosed || !to.writableNeedDrain, Number.POSITIVE_INFINITY);
    }
  }
}
