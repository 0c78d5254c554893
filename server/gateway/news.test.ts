import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { type Browser, type Client, itemOf, LiveChat } from './live-chat.contract.ts';

let chat: LiveChat;
let ben: Browser;
let ada: Client;

beforeEach(async () => {
  chat = await LiveChat.start();
  ben = await chat.browser({ name: 'Ben', room: 'tea' }, { name: 'Ben', room: 'cake' });
  ada = await chat.person('Ada', 'tea');
});
afterEach(() => chat.close());

const says = (client: Client, room: string, text: string, ...mentions: MemberId[]) =>
  client.granted('message', { room, items: [{ ...itemOf(text), mentions }] });
/** What was sent to it before this answer has come by then. */
const caughtUp = (client: Client) => client.granted('rooms', {});

test('T5: whoever is not in a room of theirs is told of what others say there, and whether it mentions them', async () => {
  const [inCake, nowhere] = [await chat.tab(ben), await chat.tab(ben)];
  await inCake.granted('join', { room: 'cake' });
  for (const tab of [inCake, nowhere]) await tab.granted('rooms', {});
  const told = [inCake, nowhere].map((tab) => tab.signalled());
  await says(ada, 'tea', 'hello');
  const news = { room: 'tea', kind: 'room', messages: 1, mentioned: false };
  expect(await Promise.all(told)).toEqual([news, news]);
});

test('T5: mentioned is whoever is mentioned, and nobody else', async () => {
  const cleo = await chat.tab(await chat.browser({ name: 'Cleo', room: 'tea' }));
  const tab = await chat.tab(ben);
  const { id } = (await chat.store.memberships(ben.session)).find(({ room }) => room.address === 'tea')!.member;
  for (const client of [cleo, tab]) await client.granted('rooms', {});
  const told = [tab, cleo].map((client) => client.signalled());
  await says(ada, 'tea', 'hello', id);
  expect(await Promise.all(told)).toMatchObject([{ mentioned: true }, { mentioned: false }]);
});

test('T5: in the room one hears all of it, and is told no news; out of it again, one is', async () => {
  const tab = await chat.tab(ben);
  await tab.granted('rooms', {});
  await tab.granted('join', { room: 'tea' });
  await says(ada, 'tea', 'hello');
  await tab.hears('Ada: hello');
  await caughtUp(tab);
  expect(tab.signals).toEqual([]);
  await tab.granted('leave', { room: 'tea' });
  const told = tab.signalled('room');
  await says(ada, 'tea', 'again');
  expect(await told).toMatchObject({ room: 'tea', messages: 1 });
});

test('T5: what one says oneself is no news to one’s other devices', async () => {
  const [tab, elsewhere] = [await chat.tab(ben), await chat.tab(ben)];
  await tab.granted('join', { room: 'tea' });
  await elsewhere.granted('rooms', {});
  await says(tab, 'tea', 'mine');
  await ada.hears('Ben: mine');
  await caughtUp(elsewhere);
  expect(elsewhere.signals).toEqual([]);
});

test('T5: nobody is told of a room that is not theirs, or who has not asked for their rooms', async () => {
  const [silent, stranger] = [await chat.tab(ben), await chat.person('Dora', 'cake')];
  await stranger.granted('rooms', {});
  await says(ada, 'tea', 'hello');
  await ada.hears('Ada: hello');
  await Promise.all([silent, stranger].map(caughtUp));
  expect([silent.signals, stranger.signals]).toEqual([[], []]);
});
