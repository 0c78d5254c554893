import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Proxy } from './proxy.ts';
import { Site } from './site.ts';

let site: Site;
let server: Server;
let proxy: Proxy;
/** Both ends of one connection through it. */
let near: Socket;
let far: Socket;

beforeEach(async () => {
  site = new Site({ program: '', seed: 1, isQuick: true, say: () => undefined });
  server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await Proxy.to(site, portOf(server.address()));
  const accepted = once(server, 'connection');
  near = connect(Number(new URL(proxy.origin).port), '127.0.0.1').on('error', () => undefined);
  [far] = (await accepted) as [Socket];
  far.on('error', () => undefined);
});
afterEach(async () => {
  near.destroy();
  far.destroy();
  await site.close();
  await new Promise((resolve) => server.close(resolve));
});

function portOf(address: ReturnType<Server['address']>): number {
  return typeof address === 'object' && address ? address.port : 0;
}

/** By whatever: once() would throw what it was reset with. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** All until the connection ends, or so much has come. */
async function heard(socket: Socket, enough = Number.POSITIVE_INFINITY): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.length >= enough) break;
  }
  return text;
}

test('what is sent arrives in its order, late by the weather, and so does the end', async () => {
  proxy.weather = { latencyMs: 5, jitterMs: 20, rate: 0 };
  for (let n = 0; n < 10; n += 1) near.write(`${n} `);
  near.end();
  far.end('yes');
  expect(await heard(far)).toBe('0 1 2 3 4 5 6 7 8 9 ');
  expect(await heard(near)).toBe('yes');
});

test('a rate holds back who sends more', async () => {
  proxy.weather = { latencyMs: 0, jitterMs: 0, rate: 50_000 };
  near.write('x'.repeat(50_000_000));
  await heard(far, 1);
  expect(near.writableLength).toBeGreaterThan(1_000_000);
});

test('what is swallowed never arrives, not even the end, and the other direction goes on', async () => {
  proxy.swallow('up');
  near.write('into the void');
  far.write('still here');
  expect(await heard(near, 10)).toBe('still here');
  const [passage] = proxy.passages;
  near.destroy();
  await closed(near);
  expect([far.readableEnded, far.bytesRead, passage?.freedAt]).toEqual([false, 0, undefined]);
});

test('it tells when the server ended a connection whose other side hears of nothing', async () => {
  const [passage] = proxy.swallow('up', 'down');
  far.destroy();
  while (passage?.freedAt === undefined) await new Promise(setImmediate);
  expect(near.destroyed).toBe(false);
});

test('a stall holds everything until it clears', async () => {
  proxy.stall('down');
  far.write('late');
  near.write('on time');
  expect(await heard(far, 7)).toBe('on time');
  expect(near.bytesRead).toBe(0);
  proxy.clear();
  expect(await heard(near, 4)).toBe('late');
});

test('a cut passes so many bytes and resets both ends', async () => {
  proxy.cut(4);
  near.write('half a frame');
  await closed(near);
  expect(far.bytesRead).toBeLessThanOrEqual(4);
});

test('while it refuses, a new connection is reset', async () => {
  proxy.refusesNew = true;
  const refused = connect(Number(new URL(proxy.origin).port), '127.0.0.1').on('error', () => undefined);
  await closed(refused);
  expect(refused.bytesRead).toBe(0);
});
