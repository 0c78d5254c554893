import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { MessageEntry } from '../../protocol/entries.ts';
import { NAMESPACE } from '../../protocol/wire.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { wallClock } from '../clock.ts';
import { aMoment } from '../rooms/node.contract.ts';
import { type Client, itemOf, KEY, LiveChat } from './live-chat.contract.ts';
import { MAX_WAITING_PACKETS } from './waiting.ts';

let chat: LiveChat;
const room = 'lobby';

beforeEach(async () => {
  chat = await LiveChat.start({ graceMs: 50 });
});
afterEach(() => chat.close());

/** Whatever was to happen at once has happened. */
async function timersBeforeThis(): Promise<void> {
  await new Promise<void>((resolve) => void wallClock.after(0, resolve));
  await aMoment();
}

const backSoon = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 10 };

describe('going', () => {
  test('P3: leaving is told at once, and heard by oneself before one hears nothing more', async () => {
    const [ada, eve] = [await chat.person('Ada', room), await chat.person('Eve', room)];
    await ada.granted('leave', { room });
    await eve.granted('message', { room, items: [itemOf('gone?')] });
    await eve.hears('Eve: gone?');
    expect(await ada.ask('catchUp', { room, after: 0 })).toMatchObject({ ok: false, code: 'notMember' });
    expect(ada.story).toEqual(['Ada connects', 'Eve connects', 'Ada disconnects']);
    expect(eve.story).toEqual(['Eve connects', 'Ada disconnects', 'Eve: gone?']);
  });

  test('P3: a closed connection is told of after its grace', async () => {
    const [ada, eve] = [await chat.person('Ada', room), await chat.person('Eve', room)];
    ada.socket.disconnect();
    expect(await eve.hears('Ada disconnects')).toMatchObject({ here: 1 });
  });

  test('P1: closing one of two tabs says nothing', async () => {
    const eve = await chat.person('Eve', room);
    const browser = await chat.browser({ name: 'Ada', room });
    const tabs = [await chat.tab(browser), await chat.tab(browser)];
    for (const tab of tabs) await tab.granted('join', { room });
    for (const tab of tabs) {
      tab.socket.disconnect();
      // By the time that Zoe has gone, whoever had gone before would have been told of.
      const zoe = await chat.person(tab === tabs[0] ? 'Zoe' : 'Zak', room);
      zoe.socket.disconnect();
      await eve.hears(tab === tabs[0] ? 'Zoe disconnects' : 'Zak disconnects');
    }
    await eve.hears('Ada disconnects');
    const [zoe, ada] = [eve.story.indexOf('Zoe disconnects'), eve.story.indexOf('Ada disconnects')];
    expect(ada).toBeGreaterThan(zoe);
    expect(eve.story.filter((line) => line.startsWith('Ada'))).toEqual(['Ada connects', 'Ada disconnects']);
  });

  test('H7: a session that ends closes all its connections, and they are not let in again', async () => {
    const browser = await chat.browser({ name: 'Ada', room });
    const tabs = [await chat.tab(browser, backSoon), await chat.tab(browser, backSoon)];
    const eve = await chat.person('Eve', room);
    await chat.store.endSession(browser.session);
    const all = tabs.map(async (tab) => {
      const closed = tab.closed();
      const refused = closed.then(() => tab.refusal());
      return { reason: await closed, refused: await refused };
    });
    chat.gateway.closeSession(browser.session);
    for (const one of await Promise.all(all)) {
      expect(one).toMatchObject({ reason: 'transport close', refused: { code: 'signInAgain' } });
    }
    expect(eve.socket.connected).toBe(true);
  });
});

describe('C10: a store that went back', () => {
  test('C10: closes the room’s connections, which hear nothing of the other history, and come back by themselves', async () => {
    const browser = await chat.browser({ name: 'Ada', room });
    const ada = await chat.tab(browser, backSoon);
    const { head, headId } = await ada.granted('join', { room });
    const zoe = await chat.person('Zoe', 'elsewhere');
    const id = (await chat.store.room('lobby' as never))?.id;
    const closed = ada.closed();
    chat.gateway.rewound(id!);
    chat.gateway.deliver(id!, ada.heard);
    expect(await closed).toBe('transport close');
    await ada.connected();
    expect(ada.story).toEqual(['Ada connects']);
    expect(await ada.granted('join', { room, after: [head, headId] })).toMatchObject({ reset: false });
    expect(zoe.socket.connected).toBe(true);
  });
});

describe('stopping', () => {
  test('answers what was asked, stores what was acknowledged, then closes so that browsers come back', async () => {
    const ada = await chat.person('Ada', room);
    const open = chat.store.shut('append');
    const asked = ada.ask('message', { room, items: [itemOf('last words')] });
    const closed = ada.closed();
    await aMoment();
    await ada.granted('rooms', {});
    const drained = chat.gateway.drain(0);
    await timersBeforeThis();
    expect(chat.gateway.size).toBe(1);
    open();
    expect(await asked).toMatchObject({ ok: true, results: [{ seq: 2 }] });
    expect(await closed).toBe('transport close');
    await drained;
    expect(ada.story).toEqual(['Ada connects', 'Ada: last words']);
    expect(chat.gateway.size).toBe(0);
  });

  test('P5: tells no room that anybody went, not even a script without a key', async () => {
    await chat.person('Ada', room);
    await chat.script({ name: 'One', room });
    await chat.script({ name: 'Two', room, key: KEY });
    await chat.gateway.drain(0);
    // Without a key there is no grace.
    await timersBeforeThis();
    await chat.log.stop();
    const id = (await chat.store.room('lobby' as never))?.id;
    expect((await chat.store.here(id!)).map(({ name }) => name).sort()).toEqual(['Ada', 'One', 'Two']);
  });
});

describe('many at once', () => {
  /** Two in the room, whose turns come a quarter and three quarters into the time there is. */
  async function inTurn(): Promise<{ own: LiveChat; clock: VirtualClock; both: readonly Client[] }> {
    const clock = new VirtualClock();
    const turns = [0.25, 0.75];
    const own = await LiveChat.start({ clock, random: () => turns.shift() ?? 1 });
    onTestFinished(() => own.close());
    return { own, clock, both: [await own.person('Ada', room), await own.person('Eve', room)] };
  }

  async function expectTurns(clock: VirtualClock, [ada, eve]: readonly Client[], ms: number): Promise<void> {
    const [first, second] = [ada!.closed(), eve!.closed()];
    await clock.advance(ms / 4 - 1);
    for (const one of [ada!, eve!]) expect(await one.granted('rooms', {})).toMatchObject({ ok: true });
    await clock.advance(1);
    expect(await first).toBe('transport close');
    await clock.advance(ms / 2 - 1);
    expect(await eve!.granted('rooms', {})).toMatchObject({ ok: true });
    await clock.advance(1);
    expect(await second).toBe('transport close');
  }

  test('C10: the connections of a room whose store went back are closed at moments of their own, over 2 s', async () => {
    const { own, clock, both } = await inTurn();
    const zoe = await own.person('Zoe', 'elsewhere');
    own.gateway.rewound((await own.store.room('lobby' as never))!.id);
    await expectTurns(clock, both, 2_000);
    expect(zoe.socket.connected).toBe(true);
  });

  test('the connections of a server that stops are closed at moments of their own, over the time it has', async () => {
    const { own, clock, both } = await inTurn();
    const drained = own.gateway.drain(8_000);
    await expectTurns(clock, both, 8_000);
    await drained;
    expect(own.gateway.size).toBe(0);
  });
});

test('a connection that does not read is cut, and the others hear everything', async () => {
  const accepted = once(chat.http, 'upgrade') as Promise<[IncomingMessage]>;
  const slow = await chat.person('Slow', room);
  const [{ socket }] = await accepted;
  const destroyed = once(socket, 'close');
  const eve = await chat.person('Eve', room);
  const slowIn = (await chat.store.room('lobby' as never))!.id;
  // What is under its WebSocket no longer reads.
  const { transport } = slow.socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void } } } };
  transport.ws._socket.pause();
  await eve.granted('message', { room, items: [itemOf('x')] });
  const [message] = (await chat.store.page(slowIn, undefined, 1)).entries;
  const long = { ...message, text: 'x'.repeat(200_000) } as MessageEntry;
  // The kernel takes some megabytes before anything waits here.
  for (let i = 0; !isCut() && i < 1_000; i += 1) {
    const heard = new Promise((resolve) => eve.socket.once('message', resolve));
    chat.gateway.deliver(slowIn, [long]);
    await heard;
  }
  expect(isCut()).toBe(true);
  await destroyed;
  await eve.granted('message', { room, items: [itemOf('the end')] });
  await eve.hears('Eve: the end');
  expect(chat.gateway.size).toBe(1);
});

const isCut = () => chat.logged.some(({ message }) => message.includes('does not read'));

test('a connection that reads none of its refusals is cut before it is in our namespace', async () => {
  const address = `${chat.url}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1)) as { sid: string };
  const asks = Array.from({ length: MAX_WAITING_PACKETS + 1 }, () => '40/x,').join('\x1e');
  await fetch(`${address}&sid=${sid}`, { method: 'POST', body: asks });
  expect(isCut()).toBe(true);
  expect((await fetch(`${address}&sid=${sid}`)).status).toBe(400);
});

test('what goes wrong in an act is answered, logged without texts, and ends nothing', async () => {
  const ada: Client = await chat.person('Ada', room);
  const known = chat.store.known.bind(chat.store);
  chat.store.known = () => Promise.reject(new Error('a secret text'));
  expect(await ada.ask('message', { room, items: [itemOf('')] })).toMatchObject({ ok: false, code: 'unavailable' });
  chat.store.known = known;
  expect(await ada.ask('message', { room, items: [itemOf('')] })).toMatchObject({
    ok: true,
    results: [{ code: 'empty' }],
  });
  expect(chat.logged).toHaveLength(1);
  expect(chat.logged[0]).toMatchObject({
    message: 'A request failed.',
    fields: { request: 'message', error: 'Error' },
  });
  expect(JSON.stringify(chat.logged)).not.toContain('secret');
});

test('a client that leaves its namespace has gone', async () => {
  const [ada, eve] = [await chat.person('Ada', room), await chat.person('Eve', room)];
  ada.socket.io.engine.write(`1${NAMESPACE},`);
  await eve.hears('Ada disconnects');
});
