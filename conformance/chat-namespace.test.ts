import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PACKET_BYTES } from '../protocol/limits.ts';
import { Polling, readHandshake } from './polling.ts';
import { RawSocket, webSocketUrl } from './raw-socket.ts';
import { startProduct, type WholeProduct } from './whole-product.contract.ts';

const PATH = '/socket.io';

let product: WholeProduct;
let raw: RawSocket;
let count = 0;

beforeAll(async () => {
  // Each test has a room of its own, and all come from one address.
  product = await startProduct({ SNUG_LIMITS: 'rooms=1000/1000' });
});
afterAll(() => product.close());
beforeEach(async () => {
  raw = new RawSocket(webSocketUrl(product.url, PATH));
  await raw.next();
});
afterEach(() => raw.close());

/** A connection of its own member in a room of its own: three events have come then. */
async function comeIn(socket: RawSocket): Promise<{ name: string; room: string }> {
  count += 1;
  const who = { name: `Script ${count}`, room: `room ${count}` };
  socket.send(`40/chat,${JSON.stringify(who)}`);
  expect(await socket.next()).toMatch(/^40\/chat,\{"sid":"[\w-]{20}"\}$/u);
  expect(eventOf(await socket.next())).toEqual(['options', expect.objectContaining({ type: 'connect' })]);
  return who;
}

function eventOf(frame: unknown): unknown {
  const text = String(frame);
  if (!text.startsWith('42/chat,[')) throw new Error(`This is no event: ${text}`);
  return JSON.parse(text.slice('42/chat,'.length));
}

function answerOf(frame: unknown, id: number): unknown {
  const [, answer] = new RegExp(`^43/chat,${id}(\\[.*\\])$`, 'su').exec(String(frame)) ?? [];
  if (answer === undefined) throw new Error(`This does not acknowledge ${id}: ${String(frame)}`);
  return (JSON.parse(answer) as unknown[])[0];
}

async function expectAlive(): Promise<void> {
  const other = new RawSocket(webSocketUrl(product.url, PATH));
  await other.next();
  await comeIn(other);
  other.send('42/chat,1["message","still here"]');
  expect(eventOf(await other.next())).toEqual(['message', expect.objectContaining({ text: 'still here' })]);
  expect(answerOf(await other.next(), 1)).toMatchObject({ ok: true });
  other.close();
}

describe('E1: the namespace of the chat', () => {
  test('D1: says in its handshake what it takes, and how often it asks', async () => {
    const other = new RawSocket(webSocketUrl(product.url, PATH));
    const { maxPayload, pingInterval, pingTimeout } = readHandshake(String(await other.next()));
    expect({ maxPayload, pingInterval, pingTimeout }).toEqual({
      maxPayload: MAX_PACKET_BYTES,
      pingInterval: 20_000,
      pingTimeout: 15_000,
    });
    other.close();
  });

  test('lets a script in, brings events to it, and acknowledges what it asks', async () => {
    const { name } = await comeIn(raw);
    raw.send('42/chat,17["message","hello"]');
    const said = expect.objectContaining({ text: 'hello', by: expect.objectContaining({ name }) });
    expect(eventOf(await raw.next())).toEqual(['message', said]);
    expect(answerOf(await raw.next(), 17)).toMatchObject({ ok: true, results: [{ duplicate: false }] });
  });

  test('does so over polling', async () => {
    const session = await Polling.open(product.url, PATH);
    await session.send('40/chat,{"name":"Slow","room":"polling"}');
    const heard = [...(await session.hear())];
    while (heard.length < 2) heard.push(...(await session.hear()));
    expect(heard[0]).toMatch(/^40\/chat,/u);
    await session.send('42/chat,0["message","slowly"]');
    const answers = [...(await session.hear())];
    while (answers.length < 2) answers.push(...(await session.hear()));
    expect(eventOf(answers[0])).toEqual(['message', expect.objectContaining({ text: 'slowly' })]);
    expect(answerOf(answers[1], 0)).toMatchObject({ ok: true });
  });

  test('goes on over a WebSocket when it is upgraded', async () => {
    const session = await Polling.open(product.url, PATH);
    await session.send('40/chat,{"name":"Quick","room":"upgraded"}');
    const heard = [...(await session.hear())];
    while (heard.length < 2) heard.push(...(await session.hear()));
    const upgraded = new RawSocket(webSocketUrl(product.url, PATH, session.sid));
    await upgraded.opened;
    upgraded.send('2probe');
    expect(await upgraded.next()).toBe('3probe');
    upgraded.send('5', '42/chat,1["message","quickly"]');
    expect(eventOf(await upgraded.next())).toEqual(['message', expect.objectContaining({ text: 'quickly' })]);
    upgraded.close();
  });

  test.each([
    ['{"name":"Admin","room":"x"}', 'nameReserved'],
    ['{"name":"One"}', 'invalid'],
    ['{"name":"One","room":"x","admin":true}', 'invalid'],
    ['', 'signInAgain'],
    ['{}', 'signInAgain'],
  ])('refuses auth %s with a code, and stays', async (auth, code) => {
    raw.send(`40/chat,${auth}`);
    const frame = String(await raw.next());
    expect(frame.startsWith('44/chat,{')).toBe(true);
    expect(JSON.parse(frame.slice('44/chat,'.length))).toEqual({
      message: expect.any(String),
      data: { code, message: expect.any(String) },
    });
    await comeIn(raw);
  });

  test('D2: is the only one there is', async () => {
    for (const namespace of ['/', '/other', '/chat/', '/CHAT']) {
      raw.send(`40${namespace},`);
      const prefix = namespace === '/' ? '44' : `44${namespace},`;
      expect(await raw.next()).toBe(`${prefix}{"message":"Invalid namespace"}`);
    }
    await comeIn(raw);
  });

  test('D3: is asked for once at a time', async () => {
    raw.send('40/chat,{"name":"Twin one","room":"twins"}', '40/chat,{"name":"Twin two","room":"twins"}');
    await raw.closed;
    await expectAlive();
  });

  test('D14: gives nothing to restore a connection with, and takes nothing', async () => {
    const { name, room } = await comeIn(raw);
    raw.send('41/chat,', '40/,');
    expect(await raw.next()).toBe('44{"message":"Invalid namespace"}');
    raw.send(`40/chat,${JSON.stringify({ name, room, pid: 'x', offset: 'y' })}`);
    expect(await raw.next()).toMatch(/^44\/chat,\{.*"code":"invalid"/u);
  });

  test('is left by a disconnect, and can be come to again', async () => {
    const { name, room } = await comeIn(raw);
    raw.send('41/chat,', '40/,');
    expect(await raw.next()).toBe('44{"message":"Invalid namespace"}');
    raw.send(`40/chat,${JSON.stringify({ name, room })}`);
    expect(await raw.next()).toMatch(/^40\/chat,/u);
  });
});

describe('R1, R2: what it cannot take', () => {
  const invalid = expect.objectContaining({ ok: false, code: 'invalid' });

  test('D4: binary is refused, in events and in their arguments, and the connection stays', async () => {
    await comeIn(raw);
    raw.send('451-/chat,1["message",{"_placeholder":true,"num":0}]', Buffer.from('x'));
    expect(answerOf(await raw.next(), 1)).toEqual(invalid);
    raw.send('451-/chat,2["join",{"room":{"_placeholder":true,"num":0}}]', Buffer.from('x'));
    expect(answerOf(await raw.next(), 2)).toEqual(invalid);
  });

  test.each([
    ['an unknown event', '["nobody listens",{}]'],
    ['a numbered event', '[7,{}]'],
    ['no argument', '["join"]'],
    ['an argument too many', '["join",{"room":"x"},1]'],
    ['another argument', '["join","x"]'],
    ['an unknown key', '["join",{"room":"x","more":1}]'],
    ['__proto__', '["join",{"room":"x","__proto__":{"admin":true}}]'],
    ['deep nesting', '["join",{"room":[[[[[["x"]]]]]]}]'],
  ])('D12: %s is refused, and the connection stays', async (_, packet) => {
    await comeIn(raw);
    raw.send(`42/chat,${packet}`, `42/chat,5${packet}`);
    expect(answerOf(await raw.next(), 5)).toEqual(invalid);
  });

  test.each([
    ['no JSON', '42/chat,{'],
    ['no event', '42/chat,["disconnect"]'],
    ['another namespace', '42/other,["message","x"]'],
    ['attachments that never end', '4599-/chat,["message"]'],
    ['what only servers send', '44/chat,{"message":"x"}'],
    ['a handshake again', '40/chat,{}'],
    ['E2: more than 64 kB', `42/chat,["message","${'x'.repeat(MAX_PACKET_BYTES)}"]`],
  ])('E5: %s closes the connection alone', async (_, packet) => {
    await comeIn(raw);
    raw.send(packet);
    await raw.closed;
    await expectAlive();
  });
});
