import { afterEach, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

let server: ConformanceServer;

afterEach(() => server.close());

/** Slow machines answer late: the answer has long. */
const ANSWERED = { pingMs: 50, pingTimeoutMs: 10_000 };
const UNANSWERED = { pingMs: 50, pingTimeoutMs: 50 };

describe.each(['/engine.io', '/socket.io'])('E1: the heartbeat at %s', (path) => {
  test('over polling: the server pings again after each pong', async () => {
    server = await startConformanceServer({ ...ANSWERED, connectMs: 10_000 });
    const session = await Polling.open(server.url, path);
    for (let i = 0; i < 3; i += 1) {
      expect(await session.poll()).toMatchObject({ status: 200, packets: ['2'] });
      expect(await session.send('3')).toMatchObject({ status: 200 });
    }
  });

  test('over polling: without a pong the session is closed', async () => {
    server = await startConformanceServer(UNANSWERED);
    const session = await Polling.open(server.url, path);
    expect((await session.poll()).packets).toEqual(['2']);
    // Told if it asks in time; either way it is gone then.
    const told = await session.poll();
    if (told.status === 200) expect(told.packets).toEqual(['1']);
    expect((await session.poll()).status).toBe(400);
  });

  test('over a WebSocket: the server pings again after each pong', async () => {
    server = await startConformanceServer({ ...ANSWERED, connectMs: 10_000 });
    const raw = new RawSocket(webSocketUrl(server.url, path));
    await raw.next();
    for (let i = 0; i < 3; i += 1) {
      expect(await raw.next()).toBe('2');
      raw.send('3');
    }
    raw.close();
  });

  test('over a WebSocket: without a pong the connection is closed', async () => {
    server = await startConformanceServer(UNANSWERED);
    const raw = new RawSocket(webSocketUrl(server.url, path));
    await raw.next();
    expect(await raw.rest()).toEqual(['2']);
  });
});
