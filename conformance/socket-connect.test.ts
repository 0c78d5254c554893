import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

const PATH = '/socket.io';

let server: ConformanceServer;

beforeAll(async () => {
  server = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000 });
});
afterAll(() => server.close());

async function open(): Promise<RawSocket> {
  const raw = new RawSocket(webSocketUrl(server.url, PATH));
  await raw.next();
  return raw;
}

const CONNECTED = /^40\{"sid":"[\w-]{20}"\}$/u;
const CUSTOM = /^40\/custom,\{"sid":"[\w-]{20}"\}$/u;

describe('E1: connecting to a namespace', () => {
  test.each([
    ['40', CONNECTED, '42["auth",{}]'],
    ['40{"token":"123"}', CONNECTED, '42["auth",{"token":"123"}]'],
    ['40/,{"token":"123"}', CONNECTED, '42["auth",{"token":"123"}]'],
    ['40/custom,', CUSTOM, '42/custom,["auth",{}]'],
    ['40/custom', CUSTOM, '42/custom,["auth",{}]'],
    ['40/custom,{"token":"abc"}', CUSTOM, '42/custom,["auth",{"token":"abc"}]'],
  ])('%s is answered with an id, and what it said is known', async (packet, answer, auth) => {
    const raw = await open();
    raw.send(packet);
    expect(await raw.next()).toMatch(answer);
    expect(await raw.next()).toBe(auth);
    raw.close();
  });

  test('over polling is the same', async () => {
    const session = await Polling.open(server.url, PATH);
    await session.send('40', '40/custom,{"a":1}');
    const { packets } = await session.poll();
    expect(packets).toEqual([
      expect.stringMatching(CONNECTED),
      '42["auth",{}]',
      expect.stringMatching(CUSTOM),
      '42/custom,["auth",{"a":1}]',
    ]);
  });

  test('several share a connection, each with an id of its own, which is not the connection’s', async () => {
    const raw = new RawSocket(webSocketUrl(server.url, PATH));
    const ids = [JSON.parse(String(await raw.next()).slice(1)).sid];
    for (const packet of ['40', '40/custom,']) {
      raw.send(packet);
      const answer = String(await raw.next());
      ids.push(JSON.parse(answer.slice(answer.indexOf('{'))).sid);
      await raw.next();
    }
    expect(new Set(ids).size).toBe(3);
    raw.close();
  });

  test.each(['/random', '/custom/', '/Custom', '/__proto__', '/constructor'])(
    'one that is not there (%s) is an error, and the connection stays',
    async (namespace) => {
      const raw = await open();
      raw.send(`40${namespace}`);
      expect(await raw.next()).toBe(`44${namespace},{"message":"Invalid namespace"}`);
      raw.send('40');
      expect(await raw.next()).toMatch(CONNECTED);
      raw.close();
    },
  );

  test.each([
    ['no packet', '4abc'],
    ['an unknown kind', '47'],
    ['an event before it', '42["message","x"]'],
    ['an event to another namespace', '42/custom,["message","x"]'],
    ['an acknowledgement before it', '430[]'],
    ['a disconnect before it', '41'],
    ['what only servers send', '44{"message":"x"}'],
    ['auth that is no object', '40"abc"'],
    ['auth that is a list', '40[]'],
    ['auth that is no JSON', '40{"a":'],
    ['nothing in it', '4'],
    ['binary', Buffer.from([1, 2, 3])],
  ])('begun with %s closes the connection', async (_, packet) => {
    const raw = await open();
    raw.send(packet);
    expect(await raw.rest()).toEqual([]);
  });

  test('twice closes the connection', async () => {
    const raw = await open();
    raw.send('40');
    expect(await raw.next()).toMatch(CONNECTED);
    raw.send('40');
    expect(await raw.rest()).toEqual(['42["auth",{}]']);
  });
});

describe('E1: disconnecting', () => {
  test('leaves one namespace, and the others go on', async () => {
    const raw = await open();
    raw.send('40', '40/custom,');
    for (let i = 0; i < 4; i += 1) await raw.next();
    raw.send('41/custom,', '42["message","still here"]');
    expect(await raw.next()).toBe('42["message-back","still here"]');
    raw.close();
  });

  // Socket.IO handles a packet after those that came in the same read: an answer between them makes the order sure.
  async function connectedToBoth(): Promise<{ raw: RawSocket; leave: () => Promise<void> }> {
    const raw = await open();
    raw.send('40', '40/custom,');
    for (let i = 0; i < 4; i += 1) await raw.next();
    const leave = async () => {
      raw.send('41/custom,', '42["message","left"]');
      expect(await raw.next()).toBe('42["message-back","left"]');
    };
    return { raw, leave };
  }

  test('what comes for a namespace after it was left closes the connection', async () => {
    const { raw, leave } = await connectedToBoth();
    await leave();
    raw.send('42/custom,["message","late"]');
    expect(await raw.rest()).toEqual([]);
  });

  test('a namespace that was left can be connected to again', async () => {
    const { raw, leave } = await connectedToBoth();
    for (let i = 0; i < 3; i += 1) {
      await leave();
      raw.send('40/custom,');
      expect(await raw.next()).toMatch(CUSTOM);
      expect(await raw.next()).toBe('42/custom,["auth",{}]');
    }
    raw.close();
  });
});

describe('E3: a connection that does not say what it wants', () => {
  let impatient: ConformanceServer;

  beforeAll(async () => {
    impatient = await startConformanceServer({ pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 50 });
  });
  afterAll(() => impatient.close());

  test('is closed', async () => {
    const raw = new RawSocket(webSocketUrl(impatient.url, PATH));
    await raw.next();
    expect(await raw.rest()).toEqual([]);
  });

  test('is closed over polling as well, which is told when it asks', async () => {
    const session = await Polling.open(impatient.url, PATH);
    expect((await session.poll()).packets.at(-1)).toBe('1');
    expect((await session.poll()).status).toBe(400);
  });

  test('is closed when all that it asked for was refused', async () => {
    const raw = new RawSocket(webSocketUrl(impatient.url, PATH));
    await raw.next();
    raw.send('40/random,');
    expect(await raw.rest()).toEqual(['44/random,{"message":"Invalid namespace"}']);
  });

  test('is not closed when it does', async () => {
    const [one, silent] = [0, 1].map(() => new RawSocket(webSocketUrl(impatient.url, PATH)));
    await one!.next();
    one!.send('40');
    await one!.next();
    await silent!.closed;
    one!.send('42["message","still here"]');
    expect([await one!.next(), await one!.next()]).toEqual(['42["auth",{}]', '42["message-back","still here"]']);
    one!.close();
  });
});
