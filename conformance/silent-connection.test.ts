// Those who begin and do not go on, many at once, against the product as it is started.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../server/config.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';
import { RawTcp, upgradeRequest } from './raw-tcp.ts';
import { startProduct, type WholeProduct } from './whole-product.contract.ts';

const PATH = '/socket.io';
const MANY = 150;

let product: WholeProduct;
let talker: RawSocket;
let open: { close: () => void }[] = [];

beforeAll(async () => {
  product = await startProduct({ SNUG_REQUEST_MS: '200', SNUG_CONNECT_MS: '1000' });
  talker = new RawSocket(webSocketUrl(product.url, PATH));
  await talker.next();
  talker.send('40/chat,{"name":"Talker","room":"talk"}');
  while (!String(await talker.next()).includes('"options"'));
});
afterAll(async () => {
  talker.close();
  await product.close();
});
afterEach(() => {
  for (const one of open) one.close();
  open = [];
});

function many<One extends { close: () => void }>(make: () => One): One[] {
  const all = Array.from({ length: MANY }, make);
  open.push(...all);
  return all;
}

/** Whoever is there already is served meanwhile. */
async function expectServed(): Promise<void> {
  talker.send('42/chat,1["rooms",{}]');
  expect(await talker.next()).toMatch(/^43\/chat,1\[\{"ok":true/u);
}

const HALF: [string, (port: number) => string][] = [
  ['nothing at all', () => ''],
  ['half a line', () => 'GET /socket.i'],
  ['half a head', (port) => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `],
  ['half of what asks for a WebSocket', (port) => upgradeRequest(port, PATH).slice(0, -10)],
  [
    'half of a form',
    (port) =>
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nname=`,
  ],
];

test('D10: a connection has 10 s to say what it wants, and a request to arrive', () => {
  expect(readConfig({}).times).toMatchObject({ connectMs: 10_000, requestMs: 10_000 });
});

describe('E3: connections that are cut', () => {
  test.each(HALF)('after %s', async (_, text) => {
    const all = many(() => new RawTcp(product.port));
    for (const one of all) void one.write(text(product.port));
    await expectServed();
    await Promise.all(all.map(({ closed }) => closed));
    await expectServed();
  });

  test('while a head comes byte by byte', async () => {
    const [one] = many(() => new RawTcp(product.port));
    await one!.write('GET / HTTP/1.1\r\nX-Slow: ');
    // A byte every few ms: as fast as the loop turns, the head grew beyond its bound (431) before its time was up.
    const drip = setInterval(() => void one!.write('x'), 5);
    await one!.closed;
    clearInterval(drip);
    expect(one!.heard).toMatch(/^(HTTP\/1\.1 408 |$)/u);
  });

  test('after half of what a session sends', async () => {
    const session = await Polling.open(product.url, PATH);
    const [one] = many(() => new RawTcp(product.port));
    const address = `${PATH}/?EIO=4&transport=polling&sid=${session.sid}`;
    await one!.write(`POST ${address} HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\nContent-Length: 100\r\n\r\n40/ch`);
    await one!.closed;
    await expectServed();
  });

  test('after a WebSocket over which nothing is said', async () => {
    const all = many(() => new RawSocket(webSocketUrl(product.url, PATH)));
    await Promise.all(all.map((one) => one.opened));
    await expectServed();
    await Promise.all(all.map(({ closed }) => closed));
    await expectServed();
  });

  test('after a handshake of polling which nobody comes back to', async () => {
    const sessions = await Promise.all(Array.from({ length: 50 }, () => Polling.open(product.url, PATH)));
    const ends = await Promise.all(sessions.map((session) => session.poll()));
    for (const { status, packets } of ends) expect([status, packets.at(-1)]).toEqual([200, '1']);
    await expectServed();
  });
});

describe('E7: sockets', () => {
  test('D15: whoever opens more sockets than it may loses those that are quiet, and no connection, page or poll', async () => {
    const few = await startProduct({ SNUG_LIMITS: 'socketsOfAddress=20,connectionsOfAddress=40' });
    const sockets: RawSocket[] = [];
    // One by one: until it has said that it wants to be a WebSocket it is a socket like the others.
    for (let n = 0; n < 25; n += 1) {
      sockets.push(new RawSocket(webSocketUrl(few.url, PATH)));
      await sockets.at(-1)!.next();
    }
    const sessions = await Promise.all(Array.from({ length: 15 }, () => Polling.open(few.url, PATH)));
    const polls = sessions.map((session) => session.poll());
    const half = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${few.port}\r\nX-Pad: ${'x'.repeat(15_000)}`;
    const all: RawTcp[] = [];
    for (let n = 0; n < 60; n += 1) {
      const one = new RawTcp(few.port);
      all.push(one);
      await one.write(half);
    }
    await Promise.all(all.slice(0, 40).map(({ closed }) => closed));
    expect((await fetch(`${few.url}/`)).status).toBe(200);
    for (const socket of sockets) socket.send('40/chat,{"name":"Script","room":"talk"}');
    for (const socket of sockets) expect(await socket.next()).toMatch(/^40\/chat,\{"sid"/u);
    for (const session of sessions) await session.send('40/chat,{"name":"Poller","room":"talk"}');
    for (const { packets } of await Promise.all(polls)) expect(packets[0]).toMatch(/^40\/chat,\{"sid"/u);
    // A poll that nobody asks for again would be waited for.
    for (const session of sessions) await session.send('1');
    for (const one of [...all, ...sockets]) one.close();
    await few.close();
  });
});
