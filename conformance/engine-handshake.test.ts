import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { ask, pollingUrl, readHandshake } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

let server: ConformanceServer;

beforeAll(async () => {
  server = await startConformanceServer();
});
afterAll(() => server.close());

const FIELDS = { pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000 };

describe.each(['/engine.io', '/socket.io'])('E1: the handshake at %s', (path) => {
  const upgrades = async (query: string) =>
    new RawSocket(`${server.url.replace('http', 'ws')}${path}/?${query}`).refusal();
  const asks = (query: string, init?: RequestInit) => ask(`${server.url}${path}/?${query}`, init);

  test('opens a session over polling, as plain text', async () => {
    const { status, type, packets } = await ask(pollingUrl(server.url, path));
    expect([status, type, packets.length]).toEqual([200, 'text/plain; charset=UTF-8', 1]);
    expect(readHandshake(packets[0]!)).toEqual({ sid: expect.any(String), upgrades: ['websocket'], ...FIELDS });
  });

  test('gives no two sessions the same id', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => ask(pollingUrl(server.url, path))));
    expect(new Set(all.map(({ packets }) => readHandshake(packets[0]!).sid)).size).toBe(20);
  });

  test('opens a session over a WebSocket, which is nothing to upgrade from', async () => {
    const raw = new RawSocket(webSocketUrl(server.url, path));
    const packet = await raw.next();
    expect(readHandshake(String(packet))).toEqual({ sid: expect.any(String), upgrades: [], ...FIELDS });
    raw.close();
  });

  test.each([
    'EIO=3&transport=polling',
    'transport=polling',
    'EIO=abc&transport=polling',
    'EIO=5&transport=polling',
    'EIO=&transport=polling',
  ])('D6: is refused without EIO=4 (%s)', async (query) => {
    const { status, packets } = await asks(query);
    expect(status).toBe(400);
    expect(JSON.parse(packets[0]!)).toEqual({ code: 5, message: 'Unsupported protocol version' });
  });

  test.each(['EIO=4', 'EIO=4&transport=abc', 'EIO=4&transport=webtransport', 'EIO=4&transport=__proto__'])(
    'is refused without a transport that there is (%s)',
    async (query) => {
      const { status, packets } = await asks(query);
      expect(status).toBe(400);
      expect(JSON.parse(packets[0]!)).toEqual({ code: 0, message: 'Transport unknown' });
      expect(await upgrades(query)).toEqual({ status: 400, body: 'Transport unknown' });
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is refused as %s', async (method) => {
    const { status, packets } = await asks('EIO=4&transport=polling', { method });
    expect(status).toBe(400);
    expect(JSON.parse(packets[0]!)).toEqual({ code: 2, message: 'Bad handshake method' });
  });

  test('of a WebSocket is no plain request', async () => {
    expect((await asks('EIO=4&transport=websocket')).status).toBe(400);
  });

  test.each(['EIO=3&transport=websocket', 'transport=websocket', 'EIO=abc&transport=websocket'])(
    'D6: of a WebSocket is refused by HTTP without EIO=4, in words (%s)',
    async (query) => {
      const refusal = await upgrades(query);
      expect(refusal).toEqual({ status: 400, body: expect.stringContaining('Engine.IO 4, which is Socket.IO 3') });
    },
  );

  test.each(['x', '__proto__', 'constructor', 'hasOwnProperty'])('finds no session called %s', async (sid) => {
    const query = `EIO=4&transport=polling&sid=${sid}`;
    for (const init of [{}, { method: 'POST', body: '4x' }]) {
      const { status, packets } = await asks(query, init);
      expect(status).toBe(400);
      expect(JSON.parse(packets[0]!)).toEqual({ code: 1, message: 'Session ID unknown' });
    }
    expect(await upgrades(`EIO=4&transport=websocket&sid=${sid}`)).toEqual({ status: 400, body: 'Session ID unknown' });
  });

  test('D5: is refused to a foreign page, on both transports', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await asks('EIO=4&transport=polling', { headers })).status).toBe(403);
    const raw = new RawSocket(webSocketUrl(server.url, path), { headers });
    expect(await raw.refusal()).toMatchObject({ status: 400 });
  });
});

test('D8: nothing says that another origin may read', async () => {
  const headers = { origin: server.url };
  const response = await fetch(pollingUrl(server.url, '/socket.io'), { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('D8: nothing of the client is served', async () => {
  for (const file of ['socket.io.js', 'socket.io.min.js', 'socket.io.esm.min.js']) {
    expect((await fetch(`${server.url}/socket.io/${file}`)).status).toBe(400);
  }
});

test('D9: frames are not compressed, even if the client would like them so', async () => {
  const raw = new RawSocket(webSocketUrl(server.url, '/socket.io'), { perMessageDeflate: true });
  await raw.opened;
  expect(raw.socket.extensions).toBe('');
  raw.close();
});
