import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_WAITING_BYTES } from '../server/gateway/waiting.ts';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';
import { RawTcp, upgradeRequest } from './raw-tcp.ts';

const PATH = '/engine.io';
/** A generous end for a server that would never cut: it would hold most of it. */
const MOST_BYTES = 256 * 1024 * 1024;

let server: ConformanceServer;

beforeEach(async () => {
  // Without the limit on packets, which would cut sooner: this is about what holds without it.
  server = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000, limits: false });
});
afterEach(() => server.close());

/** Masked with zeros, as a client may. */
function frame(kind: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | kind, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Sends `flood` again and again and reads nothing; resolves to the most that the server kept for it when it was cut. */
async function floodUntilCut(tcp: RawTcp, there: Socket, flood: Buffer): Promise<number> {
  let most = 0;
  tcp.socket.pause();
  for (let sent = 0; !there.destroyed && sent < MOST_BYTES; sent += flood.length) {
    void tcp.write(flood);
    await new Promise(setImmediate);
    most = Math.max(most, there.writableLength);
  }
  expect(there.destroyed).toBe(true);
  tcp.close();
  return most;
}

async function upgraded(path: string): Promise<{ tcp: RawTcp; there: Socket }> {
  const port = Number(new URL(server.url).port);
  const accepted = once(server.http, 'upgrade');
  const tcp = new RawTcp(port);
  await tcp.write(upgradeRequest(port, path));
  const [request] = (await accepted) as [{ socket: Socket }];
  return { tcp, there: request.socket };
}

test('E4: whoever sends pings of WebSocket’s own and never reads is cut, and little waits for it', async () => {
  const { tcp, there } = await upgraded(PATH);
  const pings = Buffer.concat(Array.from({ length: 500 }, () => frame(0x9, Buffer.alloc(125))));
  expect(await floodUntilCut(tcp, there, pings)).toBeLessThan(MAX_WAITING_BYTES);
});

test('E4: whoever is sent back what it sends and never reads is cut, and little waits for it', async () => {
  const { tcp, there } = await upgraded(PATH);
  const texts = Buffer.concat(Array.from({ length: 100 }, () => frame(0x1, Buffer.from(`4${'x'.repeat(100)}`))));
  expect(await floodUntilCut(tcp, there, texts)).toBeLessThan(2 * MAX_WAITING_BYTES);
  expect(server.cut()).toBe(1);
});

test('D11: whoever sends packets faster than anybody talks is cut, over both transports', async () => {
  const guarded = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000 });
  const raw = new RawSocket(webSocketUrl(guarded.url, PATH));
  await raw.next();
  for (let i = 0; i < 100; i += 1) raw.send('4x');
  for (let i = 0; i < 100; i += 1) expect(await raw.next()).toBe('4x');
  for (let i = 0; i < 1_000; i += 1) raw.send('4x');
  await raw.closed;
  const session = await Polling.open(guarded.url, PATH);
  await session.send(...Array.from({ length: 1_000 }, () => '4x'));
  expect((await session.poll()).status).toBe(400);
  await guarded.close();
});

test('`ws` is the one that bounds this, also for those who depend on an older one', () => {
  const root = createRequire(import.meta.url);
  const { overrides } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    overrides: { ws: string };
  };
  for (const user of ['engine.io', 'socket.io-adapter', 'engine.io-client']) {
    const { version } = createRequire(root.resolve(user))('ws/package.json') as { version: string };
    expect([user, version]).toEqual([user, overrides.ws]);
  }
});
