import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

let server: ConformanceServer;

beforeAll(async () => {
  server = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000 });
});
afterAll(() => server.close());

describe.each(['/engine.io', '/socket.io'])('E1: upgrading at %s', (path) => {
  const open = () => Polling.open(server.url, path);

  async function probing(sid: string): Promise<RawSocket> {
    const raw = new RawSocket(webSocketUrl(server.url, path, sid));
    await raw.opened;
    raw.send('2probe');
    expect(await raw.next()).toBe('3probe');
    return raw;
  }

  async function upgraded(): Promise<{ session: Polling; raw: RawSocket }> {
    const session = await open();
    const raw = await probing(session.sid);
    raw.send('5');
    return { session, raw };
  }

  /** Something that is answered over the WebSocket. */
  async function expectServed(raw: RawSocket): Promise<void> {
    raw.send(path === '/engine.io' ? '4hello' : '40/custom,');
    const answer = await raw.next();
    if (path === '/engine.io') expect(answer).toBe('4hello');
    else expect(answer).toMatch(/^40\/custom,\{"sid":"[^"]+"\}$/u);
  }

  test('a probe is answered, a waiting poll ends with a noop, and the session goes on over the WebSocket', async () => {
    const session = await open();
    const poll = session.poll();
    const raw = await probing(session.sid);
    expect((await poll).packets).toEqual(['6']);
    raw.send('5');
    await expectServed(raw);
    raw.close();
  });

  test('sent at once, probe and upgrade are taken in their order', async () => {
    const session = await open();
    const raw = new RawSocket(webSocketUrl(server.url, path, session.sid));
    await raw.opened;
    raw.send('2probe', '5');
    expect(await raw.next()).toBe('3probe');
    expect((await session.poll()).status).toBe(400);
    await expectServed(raw);
    raw.close();
  });

  test('polling is over then', async () => {
    const { session, raw } = await upgraded();
    await expectServed(raw);
    expect((await session.poll()).status).toBe(400);
    expect((await session.send('4late')).status).toBe(400);
    await expectServedAgain(raw);
    raw.close();
  });

  async function expectServedAgain(raw: RawSocket): Promise<void> {
    if (path === '/engine.io') await expectServed(raw);
    else expect(raw.socket.readyState).toBe(raw.socket.OPEN);
  }

  test('a second WebSocket to the same session is closed', async () => {
    const { session, raw } = await upgraded();
    const second = new RawSocket(webSocketUrl(server.url, path, session.sid));
    await second.closed;
    await expectServed(raw);
    raw.close();
  });

  test('so is one while the first is probing', async () => {
    const session = await open();
    const raw = await probing(session.sid);
    const second = new RawSocket(webSocketUrl(server.url, path, session.sid));
    await second.closed;
    raw.send('5');
    await expectServed(raw);
    raw.close();
  });

  test.each(['4hello', '2', '3', '6', 'nonsense', ''])(
    'one that begins with %j instead is closed, and polling goes on',
    async (packet) => {
      const session = await open();
      const raw = new RawSocket(webSocketUrl(server.url, path, session.sid));
      await raw.opened;
      raw.send(packet);
      await raw.closed;
      await probing(session.sid);
    },
  );

  test('D13: one that only ever probes is cut, and polling goes on', async () => {
    const session = await open();
    const raw = await probing(session.sid);
    for (let i = 0; i < 100; i += 1) raw.send('2probe');
    expect((await raw.rest()).length).toBeLessThan(10);
    await probing(session.sid);
  });

  test('D5: a foreign page cannot take a session over', async () => {
    const session = await open();
    const headers = { origin: 'https://evil.example' };
    const raw = new RawSocket(webSocketUrl(server.url, path, session.sid), { headers });
    expect(await raw.refusal()).toMatchObject({ status: 400 });
    await probing(session.sid);
  });
});

test('E3: a WebSocket that never finishes its probe is closed, and polling goes on', async () => {
  const impatient = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 50 });
  const session = await Polling.open(impatient.url, '/engine.io');
  const raw = new RawSocket(webSocketUrl(impatient.url, '/engine.io', session.sid));
  await raw.opened;
  await raw.closed;
  await session.send('4hello');
  expect(await session.hear()).toEqual(['4hello']);
  await impatient.close();
});
