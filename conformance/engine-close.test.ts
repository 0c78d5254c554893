import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling, readHandshake } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

let server: ConformanceServer;

beforeAll(async () => {
  server = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000 });
});
afterAll(() => server.close());

describe.each(['/engine.io', '/socket.io'])('E1: closing at %s', (path) => {
  test('over polling: a waiting poll ends with a noop, and the session is gone', async () => {
    const session = await Polling.open(server.url, path);
    const arrived = once(server.http, 'request');
    const poll = session.poll();
    await arrived;
    expect((await session.send('1')).status).toBe(200);
    expect(await poll).toMatchObject({ status: 200, packets: ['6'] });
    expect((await session.poll()).status).toBe(400);
    expect((await session.send('4late')).status).toBe(400);
  });

  test('over polling: nothing after the close packet is heard', async () => {
    const session = await Polling.open(server.url, path);
    expect((await session.send('1', '4late', '40', '2')).status).toBe(200);
    expect((await session.poll()).status).toBe(400);
  });

  test('over a WebSocket: the connection closes, and nothing after is heard', async () => {
    const raw = new RawSocket(webSocketUrl(server.url, path));
    await raw.next();
    raw.send('1', '4late', '40', '42["message","late"]');
    expect(await raw.rest()).toEqual([]);
  });

  test('a client that is gone without a word is gone here', async () => {
    const raw = new RawSocket(webSocketUrl(server.url, path));
    const { sid } = readHandshake(String(await raw.next()));
    const engine = path === '/engine.io' ? server.echo : server.socketIo.engine;
    const { clients } = engine as unknown as { clients: Record<string, NodeJS.EventEmitter> };
    const client = clients[sid];
    const gone = new Promise((resolve) => client!.once('close', resolve));
    raw.close();
    await gone;
  });
});
