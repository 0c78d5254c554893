import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_WAITING_BYTES, MAX_WAITING_PACKETS } from '../server/gateway/waiting.ts';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';
import { RawTcp } from './raw-tcp.ts';

const PATH = '/engine.io';
const PART = MAX_WAITING_BYTES / 8;
const text = `4${'x'.repeat(PART - 1)}`;
/** The kernels of both sides take some megabytes before anything waits here. */
const MOST_PARTS = 1_000;

let server: ConformanceServer;

beforeEach(async () => {
  server = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000, limits: false });
});
afterEach(() => server.close());

describe('E4: over a WebSocket', () => {
  let raw: RawSocket;
  let there: Socket;

  beforeEach(async () => {
    const upgraded = once(server.http, 'upgrade');
    raw = new RawSocket(webSocketUrl(server.url, PATH));
    await raw.next();
    const [request] = (await upgraded) as [{ socket: Socket }];
    there = request.socket;
    raw.socket.pause();
  });
  afterEach(() => raw.close());

  /** Sends until so much waits, or it is cut; resolves to the most that waited. */
  async function fill(frame: string, isEnough: () => boolean): Promise<number> {
    let most = 0;
    for (let i = 0; i < MOST_PARTS * 10 && !isEnough() && !there.destroyed; i += 1) {
      await new Promise((resolve) => raw.socket.send(frame, resolve));
      await new Promise(setImmediate);
      most = Math.max(most, there.writableLength);
    }
    return most;
  }

  test('D7: whoever does not read is cut when 1 MiB waits', async () => {
    const most = await fill(text, () => server.cut() > 0);
    expect(server.cut()).toBe(1);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(MAX_WAITING_BYTES + PART);
    expect(there.destroyed).toBe(true);
  });

  test('and when 4,096 packets wait, however small', async () => {
    await fill(text, () => there.writableLength > 0);
    expect(server.cut()).toBe(0);
    const { clientsCount } = server.echo;
    expect(clientsCount).toBe(1);
    await fill('4x', () => server.cut() > 0);
    expect(server.cut()).toBe(1);
    expect(server.echo.clientsCount).toBe(0);
  });

  test('whoever reads gets as much as there is', async () => {
    raw.socket.resume();
    for (let i = 0; i < 40; i += 1) {
      raw.send(text);
      expect(await raw.next()).toBe(text);
    }
    expect(server.cut()).toBe(0);
  });
});

test('E4: whoever was upgraded and reads gets as much as there is', async () => {
  const session = await Polling.open(server.url, PATH);
  const raw = new RawSocket(webSocketUrl(server.url, PATH, session.sid));
  await raw.opened;
  raw.send('2probe', '5');
  expect(await raw.next()).toBe('3probe');
  for (let i = 0; i < 40; i += 1) {
    raw.send(text);
    expect(await raw.next()).toBe(text);
  }
  expect(server.cut()).toBe(0);
  raw.close();
});

describe('E4: over polling', () => {
  test('D7: whoever does not ask is cut when 1 MiB waits', async () => {
    const session = await Polling.open(server.url, PATH);
    let sent = 0;
    while ((await session.send(text)).status === 200) sent += 1;
    expect(sent).toBeLessThanOrEqual(MAX_WAITING_BYTES / PART + 1);
    expect(server.cut()).toBe(1);
    expect((await session.poll()).status).toBe(400);
  });

  test('and when 4,096 packets wait, however small', async () => {
    const session = await Polling.open(server.url, PATH);
    await session.send(...Array.from({ length: MAX_WAITING_PACKETS }, () => '4x'));
    expect(server.cut()).toBe(0);
    await session.send('4x');
    expect(server.cut()).toBe(1);
    expect((await session.poll()).status).toBe(400);
  });

  test('whoever asks and does not read the answers is cut, and they are let go of', async () => {
    const session = await Polling.open(server.url, PATH);
    const accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const port = Number(new URL(server.url).port);
    const tcp = new RawTcp(port);
    const [there] = await accepted;
    tcp.socket.pause();
    const gone = once(there, 'close');
    const poll = `GET ${PATH}/?EIO=4&transport=polling&sid=${session.sid} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const { clients } = server.echo as unknown as { clients: Record<string, NodeJS.EventEmitter> };
    let [sent, asked, answered, most] = [0, 0, 0, 0];
    clients[session.sid]!.on('flush', () => (answered += 1));
    for (; sent < MOST_PARTS && (await session.send(text)).status === 200; sent += 1) {
      // Two polls at once would close the session.
      if (asked > answered) continue;
      asked += 1;
      await tcp.write(poll);
      most = Math.max(most, there.writableLength);
    }
    expect(sent).toBeLessThan(MOST_PARTS);
    expect(server.cut()).toBe(1);
    expect(most).toBeLessThanOrEqual(MAX_WAITING_BYTES + PART);
    await gone;
    tcp.close();
  });

  test('whoever asks and reads gets as much as there is', async () => {
    const session = await Polling.open(server.url, PATH);
    for (let i = 0; i < 40; i += 1) {
      await session.send(text);
      expect(await session.hear()).toEqual([text]);
    }
    expect(server.cut()).toBe(0);
  });
});
