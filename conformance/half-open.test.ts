// F7 of the fault tests, as one connection sees it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { upgradeRequest } from './raw-tcp.ts';

const PATH = '/engine.io';

let server: ConformanceServer;
let mine: Socket;

beforeEach(async () => {
  server = await startConformanceServer({ pingMs: 100, pingTimeoutMs: 100, connectMs: 10_000, limits: false });
});
afterEach(async () => {
  mine.destroy();
  await server.close();
});

// A polite end waits 30 s for the other side's: longer than this test.
test('E6: who answers no ping is let go at once, though its side never ends', { timeout: 10_000 }, async () => {
  const upgraded = once(server.http, 'upgrade');
  const port = Number(new URL(server.url).port);
  mine = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  mine.on('error', () => undefined).resume();
  mine.write(upgradeRequest(port, PATH));
  const [{ socket }] = (await upgraded) as [{ socket: Socket }];
  if (!socket.destroyed) await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});
