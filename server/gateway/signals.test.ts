import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveChat } from './live-chat.contract.ts';

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
  expect(gone.signals).toEqual([]);
});
