import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { itemOf, LiveChat } from './live-chat.contract.ts';

let chat: LiveChat;
const room = 'lobby';

beforeEach(async () => {
  chat = await LiveChat.start();
});
afterEach(() => chat.close());

test('T1, T2: typing is told to the others in the room, and to no tab of the one who types', async () => {
  const browser = await chat.browser({ name: 'Ada', room });
  const [ada, sameAda] = [await chat.tab(browser), await chat.tab(browser)];
  const { me } = await ada.granted('join', { room });
  await sameAda.granted('join', { room });
  const ben = await chat.person('Ben', room);
  const elsewhere = await chat.person('Cleo', 'another room');
  const told = ben.signalled();
  await ada.granted('typing', { room: ' Lobby ' });
  expect(await told).toEqual({ room, kind: 'typing', by: { id: me.id, name: 'Ada' } });
  // What was sent to them before this answer has come by then.
  await Promise.all([sameAda, elsewhere].map((client) => client.granted('rooms', {})));
  for (const { signals } of [ada, sameAda, elsewhere]) expect(signals).toEqual([]);
});

test('T1: a script hears of it, and who has left the room does not', async () => {
  const ada = await chat.person('Ada', room);
  const bot = await chat.script({ name: 'Reminder', room });
  const gone = await chat.person('Gone', room);
  await gone.granted('leave', { room });
  await bot.hears('Gone disconnects');
  const told = bot.signalled();
  await ada.granted('typing', { room });
  expect(await told).toMatchObject({ kind: 'typing', by: { name: 'Ada' } });
  await gone.granted('rooms', {});
  expect(gone.signals).toEqual([{ room, kind: 'left' }]);
});

test('P10: whoever leaves is told so in each of their tabs, and nobody else is', async () => {
  const browser = await chat.browser({ name: 'Ada', room });
  const [ada, sameAda] = [await chat.tab(browser), await chat.tab(browser)];
  for (const tab of [ada, sameAda]) await tab.granted('join', { room });
  const ben = await chat.person('Ben', room);
  await ada.granted('leave', { room });
  await Promise.all([sameAda, ben].map((client) => client.granted('rooms', {})));
  expect([sameAda.signals, ben.signals]).toEqual([[{ room, kind: 'left' }], []]);
  expect(await sameAda.ask('catchUp', { room, after: 0 })).toMatchObject({ ok: false, code: 'notMember' });
});

test('T4: all tabs and devices of a session are told up to where it has read, and nobody else', async () => {
  const browser = await chat.browser({ name: 'Ada', room }, { name: 'Ada', room: 'another room' });
  const [ada, elsewhere] = [await chat.tab(browser), await chat.tab(browser)];
  await ada.granted('join', { room });
  await elsewhere.granted('join', { room: 'another room' });
  const ben = await chat.person('Ben', room);
  await ben.granted('message', { room, items: [itemOf('hello')] });
  const told = [ada, elsewhere].map((client) => client.signalled());
  await ada.granted('read', { room, seq: 3 });
  expect(await Promise.all(told)).toEqual([
    { room, kind: 'read', seq: 3 },
    { room, kind: 'read', seq: 3 },
  ]);
  await ada.granted('unread', { room: ' Lobby', seq: 3 });
  await Promise.all([elsewhere, ben].map((client) => client.granted('rooms', {})));
  expect(elsewhere.signals.at(-1)).toEqual({ room, kind: 'read', seq: 2 });
  expect(ben.signals).toEqual([]);
});

describe('a crowd', () => {
  const inCrowd = async () => {
    await chat.close();
    chat = await LiveChat.start({ crowd: { above: 2, below: 2 } });
    const [ada, ben, cleo] = [
      await chat.person('Ada', room),
      await chat.person('Ben', room),
      await chat.script({ name: 'Cleo', room }),
    ];
    await ada.hears('notices off with 3');
    return { ada, ben, cleo };
  };

  test('P7, P8: is told how many they are, and nobody who comes and goes, until there are few again', async () => {
    const { ada, ben, cleo } = await inCrowd();
    expect(ada.heard.at(-1)).toMatchObject({ kind: 'settings', notices: false, here: 3, by: { name: 'Cleo' } });
    const told = ada.signalled();
    const dora = await chat.person('Dora', room);
    expect(await told).toEqual({ room, kind: 'here', count: 4 });
    await dora.granted('leave', { room });
    cleo.socket.disconnect();
    await ben.granted('leave', { room });
    await ada.hears('notices on with 1');
    expect(ada.story).toEqual(['Ada connects', 'Ben connects', 'notices off with 3', 'notices on with 1']);
    await chat.person('Eve', room);
    await ada.hears('Eve connects');
  });

  test('P9: join says how many are here, and `here` who, by name', async () => {
    await inCrowd();
    const eve = await chat.tab(await chat.browser({ name: 'Eve', room }));
    const { count, notices, here, me } = await eve.granted('join', { room });
    expect({ count, notices, here, me }).toMatchObject({ count: 4, notices: false, here: [], me: { name: 'Eve' } });
    const page = await eve.granted('here', { room });
    expect(page).toMatchObject({ ok: true, room, count: 4, more: false });
    expect(page.here.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Cleo', 'Eve']);
    const rest = await eve.granted('here', { room, after: page.here[1]!.id });
    expect(rest.here.map(({ name }) => name)).toEqual(['Cleo', 'Eve']);
    const stranger = await chat.tab(await chat.browser({ name: 'Eve', room: 'elsewhere' }));
    expect(await stranger.ask('here', { room })).toMatchObject({ ok: false, code: 'notMember' });
  });
});
