import { beforeEach, expect, test } from 'vitest';
import { MAX_MENTIONS } from '../../protocol/limits.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import { joinRoom } from './join-room.ts';
import { listMentions } from './list-mentions.ts';
import { listRooms } from './list-rooms.ts';
import { joining, newClientId, Node, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';

let node: Node;
let ada: Wired;
let ben: Wired;
let benIn: { tea: string; cake: string };

beforeEach(async () => {
  node = await Node.start();
  const [sessionA, sessionB] = [await node.newSession(), await node.newSession()];
  benIn = { tea: '', cake: '' };
  for (const room of ['tea', 'cake'] as const) {
    await node.newMember(sessionA, 'Ada', room);
    benIn[room] = (await node.newMember(sessionB, 'Ben', room)).id;
  }
  ada = node.connect(sessionA);
  ben = node.connect(sessionB);
  for (const room of ['tea', 'cake']) await joinRoom(node.act, ada.caller, joining(room));
});

async function says(room: 'tea' | 'cake', text: string): Promise<void> {
  const items = [{ clientId: newClientId(), text, mentions: [benIn[room]] }];
  await postMessage(node.act, ada.caller, REQUESTS.message.request.parse({ room, items }));
}

test('L14: whoever was mentioned finds it, in every room, without having joined one', async () => {
  await says('tea', 'one');
  await says('cake', 'two');
  const reply = await listMentions(node.act, ben.caller, {});
  expect(REQUESTS.mentions.reply.parse(reply)).toEqual(reply);
  expect(reply).toMatchObject({
    more: false,
    hits: [
      { room: 'cake', title: 'cake', entry: { text: 'two' } },
      { room: 'tea', title: 'tea', entry: { text: 'one' } },
    ],
  });
  expect((await listMentions(node.act, ada.caller, {})).hits).toEqual([]);
  expect((await listRooms(node.act, ben.caller)).rooms.map(({ mentioned }) => mentioned)).toEqual([true, true]);
});

test('L14: page by page, from where the page before says', async () => {
  for (const [room, text] of [
    ['tea', 'one'],
    ['cake', 'two'],
    ['tea', 'three'],
  ] as const)
    await says(room, text);
  const first = await listMentions(node.act, ben.caller, { limit: 2 });
  expect(first).toMatchObject({ more: true, hits: [{ room: 'tea' }, { room: 'cake' }], next: ['cake', 2] });
  const second = await listMentions(node.act, ben.caller, { before: first.next, limit: 2 });
  expect(second).toMatchObject({ more: false, hits: [{ entry: { text: 'one' } }] });
  expect(second).not.toHaveProperty('next');
});

test('L14: a page cannot begin in a room that one is not in, whether it is there or not', async () => {
  await node.newMember(await node.newSession(), 'Cleo', 'secret');
  for (const room of ['secret', 'nowhere', '/']) {
    const asked = listMentions(node.act, ben.caller, { before: [room, 1] });
    await expect(asked).rejects.toMatchObject({ answer: { code: 'notMember' } });
  }
});

test('H5: a script without a key finds what mentions it, and is told of it in its list of rooms', async () => {
  const bot = await node.newMember(KEYLESS, 'Robot', 'tea');
  const other = await node.newMember(KEYLESS, 'Other', 'tea');
  const room = (await node.store.room('tea' as never))!;
  const home = (member: typeof bot) => node.connect(KEYLESS, { room, member });
  const [robot, another] = [home(bot), home(other)];
  benIn.tea = bot.id;
  await says('tea', 'you');
  expect((await listMentions(node.act, robot.caller, {})).hits).toMatchObject([{ entry: { text: 'you' } }]);
  expect((await listMentions(node.act, another.caller, {})).hits).toEqual([]);
  expect((await listRooms(node.act, robot.caller)).rooms).toMatchObject([{ mentioned: true }]);
  expect((await listRooms(node.act, another.caller)).rooms).toMatchObject([{ mentioned: false }]);
});

test('R2: no more may be mentioned than there may be, and nobody of a name that no id has', () => {
  const item = (mentions: unknown) => ({ room: 'tea', items: [{ clientId: newClientId(), text: 'a', mentions }] });
  const takes = (mentions: unknown) => REQUESTS.message.request.safeParse(item(mentions)).success;
  const many = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`);
  expect([[], many(MAX_MENTIONS)].map(takes)).toEqual([true, true]);
  expect([many(MAX_MENTIONS + 1), [''], ['x'.repeat(65)], [7], 'Ben', null].map(takes)).not.toContain(true);
});
