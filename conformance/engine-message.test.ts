import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

const PATH = '/engine.io';
const MAX = 1_000;

let server: ConformanceServer;

beforeAll(async () => {
  server = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, maxPacketBytes: MAX });
});
afterAll(() => server.close());

const OK = { status: 200, packets: ['ok'] };

/** Of whoever else is connected meanwhile. */
async function expectAlive(): Promise<void> {
  const other = await Polling.open(server.url, PATH);
  await other.send('4still here');
  expect(await other.hear()).toEqual(['4still here']);
}

async function open(): Promise<RawSocket> {
  const raw = new RawSocket(webSocketUrl(server.url, PATH));
  await raw.next();
  return raw;
}

describe('E1: over polling', () => {
  test.each([
    ['one text', ['4hello']],
    ['several texts', ['4one', '4two', '4three']],
    ['texts and binary', ['4hello', 'bAQIDBA==', '4bye']],
    ['an empty text among others', ['4a', '4b']],
    ['what is not ASCII', ['4€ Grüße 👋 \u2028']],
    ['what looks like a packet', ['42["message"]', '44', '4b']],
  ])('%s come back', async (_, packets) => {
    const session = await Polling.open(server.url, PATH);
    expect(await session.send(...packets)).toMatchObject(OK);
    const answer = await session.poll();
    expect(answer).toMatchObject({ status: 200, type: 'text/plain; charset=UTF-8', packets });
  });

  test('a poll waits for what comes', async () => {
    const session = await Polling.open(server.url, PATH);
    const poll = session.poll();
    expect(await session.send('4late')).toMatchObject(OK);
    expect((await poll).packets).toEqual(['4late']);
  });

  test('a second poll closes the session, and the first is told', async () => {
    const session = await Polling.open(server.url, PATH);
    const [first, second] = await Promise.all([session.poll(), session.poll()]);
    expect(new Set([first.status, second.status])).toEqual(new Set([200, 400]));
    expect([first, second].find(({ status }) => status === 200)?.packets).toEqual(['1']);
    expect((await session.poll()).status).toBe(400);
  });

  test('a poll that is given up closes the session', async () => {
    const session = await Polling.open(server.url, PATH);
    const closed = new Promise((resolve) => engineSocket(session.sid).once('close', resolve));
    const controller = new AbortController();
    const arrived = once(server.http, 'request');
    const poll = session.poll({ signal: controller.signal });
    await arrived;
    controller.abort();
    await expect(poll).rejects.toThrow();
    await closed;
    expect((await session.poll()).status).toBe(400);
  });

  test.each([
    ['no packet', 'abc'],
    ['nothing', ''],
    ['an unknown kind', '9'],
    ['an unknown kind after a good one', '4good\x1e7'],
    ['only separators', '\x1e\x1e'],
    ['the format of the version before', '8:4hello'],
    ['a ping, which servers send', '2'],
  ])('%s closes the session alone', async (_, body) => {
    const session = await Polling.open(server.url, PATH);
    await session.send(body).catch(() => undefined);
    expect((await session.poll()).status).toBe(400);
    await expectAlive();
  });

  test('E2: a body of more than maxPayload bytes is refused, and what is as large is not', async () => {
    const session = await Polling.open(server.url, PATH);
    expect(session.handshake.maxPayload).toBe(MAX);
    const fits = `4${'x'.repeat(MAX - 1)}`;
    expect(await session.send(fits)).toMatchObject(OK);
    expect(await session.hear()).toEqual([fits]);
    const tooLong = await session.send(`4${'é'.repeat(MAX / 2)}`);
    expect(tooLong.status).toBe(413);
    await expectAlive();
  });

  test('binary bodies belong to the version before', async () => {
    const session = await Polling.open(server.url, PATH);
    const headers = { 'content-type': 'application/octet-stream' };
    const address = `${server.url}${PATH}/?EIO=4&transport=polling&sid=${session.sid}`;
    const answer = await fetch(address, { method: 'POST', body: Uint8Array.from([4, 1, 2]), headers });
    expect(answer.status).toBe(400);
    expect((await session.poll()).status).toBe(400);
  });
});

function engineSocket(sid: string) {
  const { clients } = server.echo as unknown as { clients: Record<string, NodeJS.EventEmitter> };
  return clients[sid]!;
}

describe('E1: over a WebSocket', () => {
  test('text and binary come back as what they were', async () => {
    const raw = await open();
    raw.send('4hello', Uint8Array.from([1, 2, 3, 4]), '4€ 👋');
    expect([await raw.next(), await raw.next(), await raw.next()]).toEqual([
      '4hello',
      Buffer.from([1, 2, 3, 4]),
      '4€ 👋',
    ]);
    raw.close();
  });

  test.each([
    ['no packet', 'abc'],
    ['nothing', ''],
    ['an unknown kind', '9'],
    ['a ping, which servers send', '2'],
    ['E2: more than maxPayload bytes', `4${'x'.repeat(MAX)}`],
    ['E2: more than maxPayload bytes, binary', new Uint8Array(MAX + 1)],
  ])('%s closes the connection alone', async (_, frame) => {
    const raw = await open();
    raw.send(frame);
    await raw.closed;
    await expectAlive();
  });

  test('a text that is not UTF-8 closes the connection alone', async () => {
    const raw = await open();
    raw.socket.send(Buffer.from([0x34, 0xff, 0xfe]), { binary: false });
    await raw.closed;
    await expectAlive();
  });

  test.each([
    ['a frame without its mask', Buffer.from([0x81, 0x02, 0x34, 0x78])],
    ['an unknown kind of frame', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['a reserved bit', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ['a ping longer than a ping may be', Buffer.from([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0])],
    ['a length beyond all numbers', Buffer.from([0x81, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0])],
    ['the middle of a message without its beginning', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
  ])('%s closes the connection alone', async (_, bytes) => {
    const raw = await open();
    const { _socket } = raw.socket as unknown as { _socket: NodeJS.WritableStream };
    _socket.write(bytes);
    await raw.closed;
    await expectAlive();
  });

  test('a message in fragments is one message, and no longer than one', async () => {
    const raw = await open();
    raw.socket.send('4hel', { fin: false });
    raw.socket.send('lo', { fin: true });
    expect(await raw.next()).toBe('4hello');
    for (let i = 0; i < 3; i += 1) raw.socket.send(`4${'x'.repeat(MAX / 2)}`, { fin: false });
    await raw.closed;
    await expectAlive();
  });
});
