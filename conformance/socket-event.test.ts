import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { type ConformanceServer, startConformanceServer } from './conformance-server.ts';
import { Polling } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';

const PATH = '/socket.io';
const MAX = 1_000;

let server: ConformanceServer;
let raw: RawSocket;

beforeAll(async () => {
  server = await startConformanceServer({
    pingMs: 20_000,
    pingTimeoutMs: 15_000,
    connectMs: 10_000,
    maxPacketBytes: MAX,
  });
});
afterAll(() => server.close());
beforeEach(async () => {
  raw = await connected();
});
afterEach(() => raw.close());

async function connected(): Promise<RawSocket> {
  const socket = new RawSocket(webSocketUrl(server.url, PATH));
  await socket.next();
  socket.send('40');
  expect(await socket.next()).toMatch(/^40/u);
  expect(await socket.next()).toBe('42["auth",{}]');
  return socket;
}

const TWO = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';

describe('E1: an event', () => {
  test.each([
    ['42["message",1,"2",{"3":[true]}]', '42["message-back",1,"2",{"3":[true]}]'],
    ['42["message"]', '42["message-back"]'],
    ['42["message",null]', '42["message-back",null]'],
    ['42/,["message","x"]', '42["message-back","x"]'],
    ['42["message","€ 👋 \\u2028 \\"\\\\"]', '42["message-back","€ 👋 \u2028 \\"\\\\"]'],
  ])('%s is heard', async (packet, answer) => {
    raw.send(packet);
    expect(await raw.next()).toBe(answer);
  });

  test('with binary is heard', async () => {
    raw.send(`452-["message",${TWO}]`, Uint8Array.from([1, 2, 3]), Uint8Array.from([4, 5, 6]));
    expect([await raw.next(), await raw.next(), await raw.next()]).toEqual([
      `452-["message-back",${TWO}]`,
      Buffer.from([1, 2, 3]),
      Buffer.from([4, 5, 6]),
    ]);
  });

  test.each([
    ['42456["message-with-ack",1,"2",{"3":[false]}]', '43456[1,"2",{"3":[false]}]'],
    ['420["message-with-ack"]', '430[]'],
    ['42/,7["message-with-ack",7]', '437[7]'],
    ['4299999999["message-with-ack"]', '4399999999[]'],
  ])('%s is acknowledged under its id', async (packet, answer) => {
    raw.send(packet);
    expect(await raw.next()).toBe(answer);
  });

  test('with binary is acknowledged with binary', async () => {
    raw.send(`452-789["message-with-ack",${TWO}]`, Uint8Array.from([1, 2, 3]), Uint8Array.from([4, 5, 6]));
    expect([await raw.next(), await raw.next(), await raw.next()]).toEqual([
      `462-789[${TWO}]`,
      Buffer.from([1, 2, 3]),
      Buffer.from([4, 5, 6]),
    ]);
  });

  test('keeps its order among others', async () => {
    raw.send(...Array.from({ length: 50 }, (_, i) => `42${i}["message-with-ack",${i}]`));
    for (let i = 0; i < 50; i += 1) expect(await raw.next()).toBe(`43${i}[${i}]`);
  });

  test('that asks for no acknowledgement, of whom one is expected, harms nothing', async () => {
    raw.send('42["message-with-ack","x"]', '42["nobody listens",1]', '435["nobody asked"]', '42["message","x"]');
    expect(await raw.next()).toBe('42["message-back","x"]');
  });

  test('over polling is heard, binary in base64', async () => {
    const session = await Polling.open(server.url, PATH);
    await session.send('40');
    expect(await session.hear()).toHaveLength(2);
    await session.send('42["message","x"]', '451-["message",{"_placeholder":true,"num":0}]', 'bAQID');
    expect(await session.hear()).toEqual([
      '42["message-back","x"]',
      '451-["message-back",{"_placeholder":true,"num":0}]',
      'bAQID',
    ]);
  });
});

describe('E5: what is no packet closes its connection, and nobody else’s', () => {
  const placeholder = (num: unknown) => `451-["message",{"_placeholder":true,"num":${JSON.stringify(num)}}]`;

  test.each([
    ['no kind', ['4abc']],
    ['an unknown kind', ['49']],
    ['an unknown kind beyond numbers', ['4:']],
    ['an object for a list', ['42{}']],
    ['an object for a list, with an id', ['421{}']],
    ['no event', ['42[]']],
    ['an event that is no name', ['42[{}]']],
    ['an event called null', ['42[null]']],
    ['no JSON', ['42["message",']],
    ['something after the JSON', ['42["message"]x']],
    ['an id that is no number', ['42abc["message-with-ack",1]']],
    ['an id below zero', ['42-1["message-with-ack",1]']],
    ['a broken id', ['421.5["message-with-ack",1]']],
    ['an acknowledgement that is no list', ['431{}']],
    ['a disconnect with something', ['41{}']],
    ['a connect error, which servers send', ['44{"message":"x"}']],
    ['an event of Socket.IO’s own: connect', ['42["connect"]']],
    ['an event of Socket.IO’s own: connect_error', ['42["connect_error"]']],
    ['an event of Socket.IO’s own: disconnect', ['42["disconnect"]']],
    ['an event of Socket.IO’s own: disconnecting', ['42["disconnecting"]']],
    ['an event of Node’s own: newListener', ['42["newListener"]']],
    ['an event of Node’s own: removeListener', ['42["removeListener"]']],
    ['another namespace', ['42/other,["message","x"]']],
    ['attachments that are no number', ['45x-["message"]']],
    ['attachments without a number', ['45-["message"]']],
    ['a number of attachments alone', ['451']],
    ['no attachments', ['450-["message"]']],
    ['more attachments than any event has', ['45999999-["message"]']],
    ['attachments below zero', ['45-1-["message"]']],
    ['text where an attachment should be', [placeholder(0), '42["message","x"]']],
    ['an attachment that nobody announced', [Buffer.from('x')]],
    ['a placeholder beyond the attachments', [placeholder(1), Buffer.from('x')]],
    ['a placeholder below them', [placeholder(-1), Buffer.from('x')]],
    ['a placeholder called __proto__', [placeholder('__proto__'), Buffer.from('x')]],
    ['E2: more than maxPayload bytes', [`42["message","${'x'.repeat(MAX)}"]`]],
    ['E2: more than maxPayload bytes, binary', [placeholder(0), Buffer.alloc(MAX + 1)]],
  ])('%s', async (_, frames) => {
    const other = await connected();
    raw.send(...frames);
    expect(await raw.rest()).toEqual([]);
    other.send('42["message","still here"]');
    expect(await other.next()).toBe('42["message-back","still here"]');
    other.close();
  });

  test('an attachment that never comes keeps nobody waiting but its own connection', async () => {
    raw.send(placeholder(0));
    const other = await connected();
    other.send('42["message","still here"]');
    expect(await other.next()).toBe('42["message-back","still here"]');
    other.close();
  });

  test('deep nesting within the size harms nothing', async () => {
    const deep = `${'['.repeat(450)}${']'.repeat(450)}`;
    raw.send(`42["message",${deep}]`);
    expect(await raw.next()).toBe(`42["message-back",${deep}]`);
  });

  test('keys that objects have by themselves are only keys', async () => {
    raw.send('42["message",{"__proto__":{"polluted":1},"constructor":1}]');
    expect(await raw.next()).toBe('42["message-back",{"__proto__":{"polluted":1},"constructor":1}]');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
