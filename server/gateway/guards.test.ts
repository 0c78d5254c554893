import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PACKET_BYTES } from '../../protocol/limits.ts';
import { type Browser, type Client, itemOf, LiveChat } from './live-chat.contract.ts';

let chat: LiveChat;
let browser: Browser;

beforeEach(async () => {
  chat = await LiveChat.start();
  browser = await chat.browser({ name: 'Ada', room: 'lobby' });
});
afterEach(() => chat.close());

const FOREIGN = [
  'https://evil.example',
  'null',
  'http://localhost',
  'http://localhost:1',
  'https://chat.example.org.evil.example',
  'file://',
];

const UPGRADE = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Of the first request of a connection; no client lets one choose its Host. */
async function statusOf(headers: Record<string, string>): Promise<number | undefined> {
  const transport = 'upgrade' in headers ? 'websocket' : 'polling';
  const asked = request(`${chat.url}/socket.io/?EIO=4&transport=${transport}`, { headers });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

/** Whether the connection came to be, over one transport alone. */
async function connects(
  transport: 'polling' | 'websocket',
  extraHeaders: Record<string, string>,
  auth = {},
): Promise<boolean> {
  const client = chat.client({ transports: [transport], extraHeaders, auth });
  const refusal = await client.refusal();
  return refusal === undefined;
}

describe.each(['polling', 'websocket'] as const)('H6: over %s', (transport) => {
  test.each(FOREIGN)('H6: a page at %s cannot connect', async (origin) => {
    expect(await connects(transport, { origin, cookie: browser.cookie })).toBe(false);
    expect(await connects(transport, { origin }, { name: 'One', room: 'lobby' })).toBe(false);
  });

  test('H6: a page of ours can, under each of our names', async () => {
    const { port } = chat;
    for (const origin of [`http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`]) {
      expect(await connects(transport, { origin, cookie: browser.cookie }), origin).toBe(true);
    }
    const proxied = { host: 'chat.example.org', origin: 'https://chat.example.org' };
    expect(await connects(transport, { ...proxied, cookie: browser.cookie.replace('snug', '__Host-snug') })).toBe(true);
  });

  test('H6: without an Origin only a script without a cookie can', async () => {
    expect(await connects(transport, { cookie: browser.cookie })).toBe(false);
    expect(await connects(transport, {}, { name: 'One', room: 'lobby' })).toBe(true);
  });
});

describe('H6: the first request', () => {
  test.each(['evil.example', 'evil.example:5000', '127.0.0.1', 'localhost:1'])(
    'H6: under the foreign Host %j is refused on both transports',
    async (host) => {
      const headers = { host, origin: chat.url, cookie: browser.cookie };
      expect(await statusOf(headers)).toBe(403);
      // Engine.IO answers every upgrade that it does not want so.
      expect(await statusOf({ ...headers, ...UPGRADE })).toBe(400);
    },
  );

  test('H6: of polling is a GET that has no Origin: there the Referer says which page asks', async () => {
    const { cookie } = browser;
    expect(await statusOf({ referer: `${chat.url}/chat/lobby`, cookie })).toBe(200);
    expect(await statusOf({ referer: 'https://evil.example/', cookie })).toBe(403);
    expect(await statusOf({ referer: 'nonsense', cookie })).toBe(403);
    expect(await statusOf({ origin: 'null', referer: chat.url, cookie })).toBe(403);
    expect(await statusOf({ cookie })).toBe(403);
    expect(await statusOf({})).toBe(200);
  });
});

describe('an id of a connection is no credential', () => {
  test.each(['GET', 'POST'])('H6: a foreign page cannot use it (%s)', async (method) => {
    const opened = await fetch(`${chat.url}/socket.io/?EIO=4&transport=polling`);
    const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
    const address = `${chat.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    const body = method === 'POST' ? { body: '40/chat,{"name":"Evil","room":"lobby"}' } : {};
    const asked = await fetch(address, { method, ...body, headers: { origin: 'https://evil.example' } });
    expect(asked.status).toBe(400);
    const own = await fetch(address, { method: 'POST', body: '40/chat,{"name":"Own","room":"lobby"}' });
    expect(own.status).toBe(200);
  });
});

describe('what no client of ours would send closes the connection, and nothing else', () => {
  const tooLong = 'x'.repeat(MAX_PACKET_BYTES);
  test.each([
    ['no JSON', '2/chat,{'],
    ['no array', '2/chat,{"a":1}'],
    ['an unknown kind', '9/chat'],
    ['a reserved event', '2/chat,["disconnect"]'],
    ['attachments that never end', '5999999-/chat,["message"]'],
    ['a second handshake', '0/chat,{}'],
    ['another namespace', '2/other,["message","x"]'],
    ['an error of the server’s', '4/chat,{"message":"x"}'],
    ['a packet of more than 64 kB', `2/chat,1["message","${tooLong}"]`],
  ])('%s', async (_, packet) => {
    const [bad, good] = [await chat.tab(browser), await chat.person('Eve', 'lobby')];
    const closed = bad.closed();
    bad.socket.io.engine.write(packet);
    await closed;
    expect(await good.granted('message', { room: 'lobby', items: [itemOf('still here')] })).toBeDefined();
  });

  test('deep nesting is no way in', async () => {
    const tab = await chat.tab(browser);
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const closed = tab.closed();
    tab.socket.io.engine.write(`51-/chat,1["join",${deep}]`);
    tab.socket.io.engine.write(Buffer.from('x'));
    tab.socket.io.engine.write('2/chat,["no packet may come between"]');
    await Promise.race([closed, tab.ask('rooms', {})]);
    await chat.person('Eve', 'lobby');
  });
});

test('nothing of the client is served, and no other version of the protocol is spoken', async () => {
  expect((await fetch(`${chat.url}/socket.io/socket.io.js`)).status).toBe(400);
  expect((await fetch(`${chat.url}/socket.io/?EIO=3&transport=polling`)).status).toBe(400);
});

describe('before a server is open, and while it stops', () => {
  test('it takes no connection', async () => {
    await chat.gateway.drain(0);
    expect(await connects('websocket', {}, { name: 'One', room: 'lobby' })).toBe(false);
    expect(await connects('polling', {}, { name: 'One', room: 'lobby' })).toBe(false);
  });
});

test('polling works as WebSocket does', async () => {
  const client: Client = await chat.tab(browser, { transports: ['polling'] });
  await client.granted('join', { room: 'lobby' });
  await client.granted('message', { room: 'lobby', items: [itemOf('slowly')] });
  await client.hears('Ada: slowly');
});
