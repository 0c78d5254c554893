import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CUT_COSTS, LIMITS, type Limits } from '../limits/limits.ts';
import { hashKey } from '../session-token.ts';
import { type Client, itemOf, KEY, LiveChat, type LiveChatOptions } from './live-chat.contract.ts';

const room = 'lobby';
const DAY = 86_400_000;
/** What is not given back while a test runs. */
const slow = (amount: number, burst = amount) => ({ amount, perMs: DAY, burst });

let chat: LiveChat;
afterEach(() => chat.close());

async function start(limits: Partial<Limits>, more: LiveChatOptions = {}): Promise<void> {
  chat = await LiveChat.start({ ...more, limits: { ...LIMITS, ...limits } });
}

const tooFast = { ok: false, code: 'rateLimited', retryAfter: expect.any(Number) };
const saying = (...texts: string[]) => ({ room, items: texts.map((text) => itemOf(text)) });

async function codesOf(client: Client, ...texts: string[]): Promise<string[]> {
  const { results } = await client.granted('message', saying(...texts));
  return results.map((result) => ('code' in result ? result.code : 'stored'));
}

describe('R8: messages', () => {
  test('R8: cost a token an item; what there is none for is to come again, and what came before is stored', async () => {
    await start({ sends: slow(3) });
    const ada = await chat.person('Ada', room);
    const { results } = await ada.granted('message', saying('1', '2', '3', '4', '5'));
    expect(results).toMatchObject([
      { seq: 2 },
      { seq: 3 },
      { seq: 4 },
      { code: 'rateLimited' },
      { code: 'rateLimited' },
    ]);
    for (const result of results.slice(3)) expect('code' in result && result.retryAfter).toBeGreaterThan(0);
    await ada.hears('Ada: 3');
    expect(ada.story).not.toContain('Ada: 4');
    expect(await ada.ask('message', saying('6'))).toMatchObject(tooFast);
  });

  test('R4: what is refused for good before it concerns its item alone', async () => {
    await start({ sends: slow(3) });
    const ada = await chat.person('Ada', room);
    expect(await codesOf(ada, '1', '', '3', '4', '5')).toEqual([
      'stored',
      'empty',
      'stored',
      'rateLimited',
      'rateLimited',
    ]);
  });

  test('R4: what has to come again for another reason says so of all behind it', async () => {
    await start({ sends: slow(2) });
    const ada = await chat.person('Ada', room);
    chat.store.isAway = true;
    const asked = ada.granted('message', saying('1', '2', '3'));
    expect((await asked).results).toMatchObject(Array.from({ length: 3 }, () => ({ code: 'unavailable' })));
  });

  test('R8: are counted for the session, over all its connections, and not for another', async () => {
    await start({ sends: slow(4) });
    const browser = await chat.browser({ name: 'Ada', room });
    const tabs = [await chat.tab(browser), await chat.tab(browser)];
    for (const tab of tabs) await tab.granted('join', { room });
    expect(await codesOf(tabs[0]!, '1', '2', '3')).toEqual(['stored', 'stored', 'stored']);
    expect(await codesOf(tabs[1]!, '4', '5')).toEqual(['stored', 'rateLimited']);
    expect(await codesOf(await chat.person('Eve', room), '6')).toEqual(['stored']);
  });

  test('R8: of scripts without a key are counted for each alone', async () => {
    await start({ sends: slow(1) });
    for (const name of ['One', 'Two']) {
      const script = await chat.script({ name, room });
      expect(await script.ask('message', 'hello')).toMatchObject({ ok: true });
      expect(await script.ask('message', 'hello again')).toMatchObject(tooFast);
    }
  });

  test('R8: of all members together are no more than the room takes, and nobody pays for what it did not take', async () => {
    await start({ entries: slow(4), sends: slow(5) });
    const ada = await chat.person('Ada', room);
    const eve = await chat.tab(await chat.browser({ name: 'Eve', room }, { name: 'Eve', room: 'elsewhere' }));
    for (const at of [room, 'elsewhere']) await eve.granted('join', { room: at });
    expect(await codesOf(ada, '1', '2', '3')).toEqual(['stored', 'stored', 'stored']);
    expect(await codesOf(eve, '4', '5', '6')).toEqual(['stored', 'rateLimited', 'rateLimited']);
    expect(await ada.ask('edit', { room, target: 3, clientId: itemOf('').clientId, text: 'x' })).toMatchObject(tooFast);
    // One of her five was used.
    const { results } = await eve.granted('message', {
      room: 'elsewhere',
      items: ['1', '2', '3', '4'].map((text) => itemOf(text)),
    });
    expect(results.map((result) => 'seq' in result)).toEqual([true, true, true, true]);
  });

  test('R8: are stored in their order as before', async () => {
    await start({ sends: slow(10) });
    const ada = await chat.person('Ada', room);
    const sent = Array.from({ length: 15 }, (_, n) => ada.ask('message', saying(String(n))));
    const left = ada.ask('leave', { room });
    const replies = await Promise.all(sent);
    expect(replies.map(({ ok }) => ok)).toEqual(replies.map((_, n) => n < 10));
    expect(await left).toMatchObject({ ok: true });
    expect(ada.story.filter((line) => line.startsWith('Ada:'))).toEqual(
      replies.slice(0, 10).map((_, n) => `Ada: ${n}`),
    );
  });
});

describe('R8: other requests', () => {
  test('R8: changes are messages’ equals', async () => {
    await start({ sends: slow(2) });
    const ada = await chat.person('Ada', room);
    await ada.granted('message', saying('1'));
    const change = () => ({ room, target: 2, clientId: itemOf('').clientId });
    expect(await ada.ask('react', { ...change(), emoji: '👋' })).toMatchObject({ ok: true });
    expect(await ada.ask('delete', change())).toMatchObject(tooFast);
    expect(await ada.ask('rename', { room, name: 'Grace' })).toMatchObject(tooFast);
  });

  test('R8: reads have their own tokens', async () => {
    await start({ sends: slow(1), reads: slow(3) });
    const ada = await chat.person('Ada', room);
    expect(await ada.ask('history', { room })).toMatchObject({ ok: true });
    expect(await ada.ask('catchUp', { room, after: 0 })).toMatchObject({ ok: true });
    expect(await ada.ask('rooms', {})).toMatchObject({ ok: true });
    expect(await ada.ask('history', { room })).toMatchObject(tooFast);
    expect(await codesOf(ada, 'still heard')).toEqual(['stored']);
  });

  test('T3: a connection says once a second that somebody types', async () => {
    await start({ typing: slow(1) });
    const ada = await chat.person('Ada', room);
    expect(await ada.ask('typing', { room })).toMatchObject({ ok: true });
    expect(await ada.ask('typing', { room })).toMatchObject(tooFast);
  });

  test('R8: coming back is free; coming to rooms that one is not in is not, and says nothing of them', async () => {
    await start({ joins: slow(2), reads: slow(20) });
    const browser = await chat.browser({ name: 'Ada', room });
    await chat.person('Eve', 'secret');
    for (let n = 0; n < 5; n += 1) {
      const tab = await chat.tab(browser);
      await tab.granted('join', { room });
      tab.socket.disconnect();
    }
    const ada = await chat.tab(browser);
    // The first was taken by coming in.
    expect(await ada.ask('join', { room: 'nowhere' })).toMatchObject({ code: 'notMember' });
    for (const hidden of ['secret', 'nowhere', 'a/b']) {
      expect(await ada.ask('join', { room: hidden })).toMatchObject(tooFast);
    }
    await ada.granted('join', { room });
  });

  test('R8: joining the same room over and over is not, and costs no reads', async () => {
    await start({ returns: slow(3) });
    const ada = await chat.person('Ada', room);
    for (let n = 0; n < 2; n += 1) await ada.granted('join', { room });
    expect(await ada.ask('join', { room })).toMatchObject(tooFast);
    expect(await ada.ask('history', { room })).toMatchObject({ ok: true });
  });
});

describe('R9: connections', () => {
  /** Of the first request of a connection. */
  async function firstAnswer(transport: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const upgrade = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const all = { ...(transport === 'websocket' ? upgrade : {}), ...headers };
    const asked = httpRequest(`${chat.url}/socket.io/?EIO=4&transport=${transport}`, { headers: all });
    asked.end();
    asked.once('upgrade', (_, socket: Socket) => socket.destroy());
    const opened = once(asked, 'upgrade') as Promise<[IncomingMessage]>;
    opened.catch(() => undefined);
    const [response] = await Promise.race([once(asked, 'response') as Promise<[IncomingMessage]>, opened]);
    response.resume();
    return response;
  }

  test.each(['polling', 'websocket'])(
    'R9: an address makes no more than so many; 429 says when to try again (%s)',
    async (transport) => {
      await start({ handshakes: slow(2) });
      for (let n = 0; n < 2; n += 1) expect((await firstAnswer(transport)).statusCode).not.toBe(429);
      const refused = await firstAnswer(transport);
      expect(refused.statusCode).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.headers['content-security-policy']).toContain("default-src 'none'");
      expect(chat.reached).toEqual(['handshakes']);
    },
  );

  test('R9: a foreign page cannot use up what its visitor’s address has', async () => {
    await start({ handshakes: slow(1) });
    for (let n = 0; n < 5; n += 1)
      expect((await firstAnswer('polling', { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await firstAnswer('polling')).statusCode).toBe(200);
  });

  test('R9: behind a proxy of ours each client is counted alone, and by whom the proxy heard it from', async () => {
    await start({ handshakes: slow(1) }, { proxies: ['127.0.0.1'] });
    const ask = async (from: string) => (await firstAnswer('polling', { 'x-forwarded-for': from })).statusCode;
    expect(await ask('203.0.113.1')).toBe(200);
    expect(await ask('203.0.113.2')).toBe(200);
    expect(await ask('6.6.6.6, 203.0.113.2')).toBe(429);
    expect(await ask('2001:db8:1:2::1')).toBe(200);
    expect(await ask('2001:db8:1:2:ffff::9')).toBe(429);
    expect(await ask('::ffff:203.0.113.1')).toBe(429);
  });

  test('R9: without a proxy of ours nobody is somebody else', async () => {
    await start({ handshakes: slow(1) });
    expect((await firstAnswer('polling', { 'x-forwarded-for': '203.0.113.1' })).statusCode).toBe(200);
    expect((await firstAnswer('polling', { 'x-forwarded-for': '203.0.113.2' })).statusCode).toBe(429);
  });

  test('R9: an address has no more than so many open; one that closes makes room', async () => {
    await start({ connectionsOfAddress: 2 });
    const [one] = [await chat.script({ name: 'One', room }), await chat.script({ name: 'Two', room })];
    expect((await firstAnswer('websocket')).statusCode).toBe(429);
    const eve = (await chat.store.room(room as never))!;
    one.socket.disconnect();
    while ((await chat.store.here(eve.id)).length > 1) await new Promise((resolve) => setImmediate(resolve));
    await chat.script({ name: 'Three', room });
    expect(chat.reached).toEqual(['connectionsOfAddress']);
  });

  test('R9: a server has no more open than it has memory for, whatever its limits; one that closes makes room', async () => {
    chat = await LiveChat.start({ mostConnections: 2 });
    const [one] = [await chat.script({ name: 'One', room }), await chat.script({ name: 'Two', room })];
    for (const transport of ['websocket', 'polling'] as const) {
      const { statusCode, headers } = await firstAnswer(transport);
      expect([statusCode, headers['retry-after']]).toEqual([429, '5']);
    }
    one.socket.disconnect();
    while ((await firstAnswer('polling')).statusCode !== 200) await new Promise((resolve) => setImmediate(resolve));
    expect(new Set(chat.reached)).toEqual(new Set(['memory']));
  });

  test('R9: a session has no more than so many open; one more comes back by itself, and is let in when one has closed', async () => {
    await start({ connectionsOfSession: 2 });
    const browser = await chat.browser({ name: 'Ada', room });
    const tabs = [await chat.tab(browser), await chat.tab(browser)];
    const backSoon = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 10 };
    const headers = { cookie: browser.cookie, origin: chat.url };
    const third = chat.client({ extraHeaders: headers, ...backSoon });
    await new Promise<void>((resolve) => third.socket.io.once('reconnect_attempt', () => resolve()));
    expect(third.socket.connected).toBe(false);
    tabs[0]?.socket.disconnect();
    await third.connected();
    expect((await third.granted('join', { room })).me.name).toBe('Ada');
    expect(chat.reached[0]).toBe('connectionsOfSession');
    // All scripts without a key are one session, and none of them is another's.
    for (const name of ['One', 'Two', 'Three']) await chat.script({ name, room });
  });

  test('R9: whoever was cut pays for coming again so soon', async () => {
    await start({ packets: slow(20), handshakes: slow(2 + CUT_COSTS) });
    const bad = await chat.script({ name: 'Bad', room });
    const closed = bad.closed();
    for (let n = 0; n < 25; n += 1) bad.socket.emit('rooms', {});
    await closed;
    expect((await firstAnswer('polling')).statusCode).toBe(200);
    expect((await firstAnswer('polling')).statusCode).toBe(429);
  });

  test.each(['messages', 'pings'])(
    'R9: one that sends more %s than its packets is cut, and nobody else',
    async (what) => {
      await start({ packets: slow(20) });
      const eve = await chat.person('Eve', room);
      const bad = await chat.tab(await chat.browser({ name: 'Bad', room }));
      const closed = bad.closed();
      const { ws } = (bad.socket.io.engine as unknown as { transport: { ws: { ping(): void } } }).transport;
      for (let n = 0; n < 25; n += 1) {
        if (what === 'pings') ws.ping();
        else bad.socket.emit('rooms', {});
      }
      await closed;
      expect(chat.reached).toEqual(['packets']);
      await eve.granted('message', { room, items: [itemOf('still here')] });
    },
  );

  test('R9: pings count also after the connection has become a WebSocket', async () => {
    await start({ packets: slow(40) });
    const bad = chat.client({ auth: { name: 'Bad', room }, transports: ['polling', 'websocket'] });
    const { engine } = bad.socket.io;
    const upgraded = new Promise((resolve) => engine.once('upgrade', resolve));
    await bad.connected();
    await upgraded;
    const closed = bad.closed();
    const { ws } = (engine as unknown as { transport: { ws: { ping(): void } } }).transport;
    for (let n = 0; n < 45; n += 1) ws.ping();
    await closed;
    expect(chat.reached).toEqual(['packets']);
  });

  test('R9: large packets cost as much as many small ones, and are not read first', async () => {
    await start({ packets: slow(20) });
    const bad = await chat.script({ name: 'Bad', room });
    const closed = bad.closed();
    const large = 'x'.repeat(15 * 1024);
    for (let n = 0; n < 6; n += 1) bad.socket.emit('message', `${n} ${large}`);
    await closed;
    const known = (await chat.store.room(room as never))!;
    const { entries } = await chat.store.page(known.id, undefined, 10);
    expect(entries.length).toBeLessThan(5);
    expect(chat.reached).toEqual(['packets']);
  });

  test('R9: packets in one answer of polling are counted one by one', async () => {
    await start({ packets: slow(20) });
    const address = `${chat.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1)) as { sid: string };
    await fetch(`${address}&sid=${sid}`, {
      method: 'POST',
      body: Array.from({ length: 25 }, () => '40/x,').join('\x1e'),
    });
    expect(chat.reached).toEqual(['packets']);
    expect((await fetch(`${address}&sid=${sid}`)).status).toBe(400);
  });
});

describe('R9: coming in', () => {
  test('R9: a script’s first handshake makes a member; coming back with its key is free', async () => {
    await start({ members: slow(2) });
    for (let n = 0; n < 4; n += 1) await chat.script({ name: 'One', room, key: KEY });
    await chat.script({ name: 'Two', room, key: `${KEY} two` });
    const third = chat.client({ auth: { name: 'Three', room, key: `${KEY} three` } });
    // Not refused, which would be for good.
    expect(await third.closed()).toBe('transport close');
    expect(chat.reached).toEqual(['members']);
    expect(await chat.store.session(hashKey(`${KEY} three`))).toBeUndefined();
    await chat.script({ name: 'One', room, key: KEY });
  });

  test('R9: a script that comes to many rooms is counted for its session, and for the rooms that it makes', async () => {
    await start({ joins: slow(2), rooms: slow(4) });
    // The session begins with the first room.
    for (const at of ['a', 'b', 'c']) await chat.script({ name: 'One', room: at, key: KEY });
    expect(await chat.client({ auth: { name: 'One', room: 'd', key: KEY } }).closed()).toBe('transport close');
    await chat.script({ name: 'Two', room: 'd' });
    expect(await chat.client({ auth: { name: 'Two', room: 'e' } }).closed()).toBe('transport close');
    await chat.script({ name: 'Two', room: 'a' });
    expect(chat.reached).toEqual(['joins', 'rooms']);
    expect(await chat.store.room('e' as never)).toBeUndefined();
  });
});

describe('R8: searches', () => {
  test('R8: cost tokens of their own', async () => {
    await start({ searches: slow(2), reads: slow(3) });
    const ada = await chat.person('Ada', room);
    const search = () => ada.ask('search', { text: 'tea' });
    expect([await search(), await search(), await search()]).toMatchObject([{ ok: true }, { ok: true }, tooFast]);
    expect(await ada.ask('rooms', {})).toMatchObject({ ok: true });
    expect(await ada.ask('mentions', {})).toMatchObject({ ok: true });
  });
});
