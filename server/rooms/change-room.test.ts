import { beforeEach, expect, test } from 'vitest';
import { ROOM_NAME_MAX_GRAPHEMES, TOPIC_MAX_BYTES, TOPIC_MAX_GRAPHEMES } from '../../protocol/limits.ts';
import { nameProblemText } from '../../protocol/names.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import { titleRoom, topicRoom } from './change-room.ts';
import { joinRoom } from './join-room.ts';
import { listRooms } from './list-rooms.ts';
import { joining, newClientId, Node, type Wired } from './node.contract.ts';

let node: Node;
let ada: Wired;

beforeEach(async () => {
  node = await Node.start();
  ada = await comes('Ada');
  await joinRoom(node.act, ada.caller, joining('lobby'));
});

async function comes(name: string): Promise<Wired> {
  const session = await node.newSession();
  await node.newMember(session, name, 'Lobby');
  return node.connect(session);
}

const calls = (title: string, { caller } = ada, clientId = newClientId()) =>
  titleRoom(node.act, caller, { room: 'LOBBY', title, clientId });
const tells = (topic: string, { caller } = ada) =>
  topicRoom(node.act, caller, { room: 'lobby', topic, clientId: newClientId() });
const refusing = (code: string) => ({ answer: { code } });

test('L17: everybody is told what the room is called and is about, and whoever comes in is', async () => {
  const ben = await comes('Ben');
  const first = await joinRoom(node.act, ben.caller, joining('lobby'));
  expect(first).toMatchObject({ title: 'Lobby', topic: '' });
  expect(await calls('  The   Lobby ')).toEqual({ ok: true, seq: 3 });
  expect(await tells(' Coats\n and hats')).toEqual({ ok: true, seq: 4 });
  expect(ben.heard.slice(-2)).toMatchObject([
    { kind: 'title', title: 'The Lobby', by: { name: 'Ada' }, room: 'lobby' },
    { kind: 'topic', topic: 'Coats and hats' },
  ]);
  const again = await joinRoom(node.act, ben.caller, joining('lobby'));
  expect(REQUESTS.join.reply.parse(again)).toEqual(again);
  expect(again).toMatchObject({ room: 'lobby', title: 'The Lobby', topic: 'Coats and hats' });
  const listed = await listRooms(node.act, ben.caller);
  expect(REQUESTS.rooms.reply.parse(listed)).toEqual(listed);
  expect(listed.rooms).toMatchObject([{ room: 'lobby', title: 'The Lobby', topic: 'Coats and hats' }]);
});

test('L17: whoever comes in while it changes is told what the log that it gets does not say', async () => {
  const ben = await comes('Ben');
  // When Ben's room is looked up the title is on its way, and it is stored before his coming is.
  const open = node.store.shut('append');
  const called = calls('Cloakroom');
  await node.clock.pass(0);
  const joined = joinRoom(node.act, ben.caller, joining('lobby'));
  await node.clock.pass(0);
  open();
  expect(await called).toEqual({ ok: true, seq: 2 });
  const { head, title } = await joined;
  expect({ head, title }).toEqual({ head: 3, title: 'Cloakroom' });
});

test('L6: what it is already is answered with the entry that made it so, or with none', async () => {
  expect(await calls('Lobby')).toEqual({ ok: true, seq: 0 });
  expect(await tells(' \u200b ')).toEqual({ ok: true, seq: 0 });
  expect(await calls('Tea')).toEqual({ ok: true, seq: 2 });
  expect(await calls('Tea')).toEqual({ ok: true, seq: 2 });
  expect(REQUESTS.title.reply.parse({ ok: true, seq: 0 })).toEqual({ ok: true, seq: 0 });
});

test('L4: a title that was stored is answered as the duplicate it is, also when it would be refused now', async () => {
  const clientId = newClientId();
  await calls('Tea', ada, clientId);
  expect(await calls('a/b', ada, clientId)).toEqual({ ok: true, seq: 2 });
});

test('N5: a title is of the alphabet of names of rooms, and what is wrong with it is said in words', async () => {
  for (const [title, problem] of [
    ['a/b', 'path'],
    ['~tea', 'path'],
    ['', 'empty'],
    [' \u200b', 'invisible'],
    ['a\u0000b', 'invisible'],
    ['\ud800', 'invisible'],
    ['x\u202ey', 'invisible'],
    ['x'.repeat(ROOM_NAME_MAX_GRAPHEMES + 1), 'tooLong'],
    ['x'.repeat(60_000), 'tooLong'],
  ] as const) {
    const message = nameProblemText(problem, 'room name');
    await expect(calls(title), title.slice(0, 9)).rejects.toMatchObject({ answer: { code: 'nameInvalid', message } });
  }
  expect(await node.story('lobby')).toEqual(['Ada connects']);
});

test('L17: a topic has at most 250 graphemes and 1 kB, and nothing that cannot be stored', async () => {
  await expect(tells('a\u0000')).rejects.toMatchObject(refusing('unreadable'));
  await expect(tells('\udfff')).rejects.toMatchObject(refusing('unreadable'));
  await expect(tells('x'.repeat(TOPIC_MAX_GRAPHEMES + 1))).rejects.toMatchObject(refusing('tooLong'));
  await expect(tells(`${'👨‍👩‍👧‍👦'.repeat(Math.ceil(TOPIC_MAX_BYTES / 25))}`)).rejects.toMatchObject(
    refusing('tooLong'),
  );
  await expect(tells('x'.repeat(60_000))).rejects.toMatchObject(refusing('tooLong'));
  expect(await tells('語'.repeat(TOPIC_MAX_GRAPHEMES))).toEqual({ ok: true, seq: 2 });
});

test('L17: only whoever is in the room says so, and nobody without a key (H5)', async () => {
  const ben = await comes('Ben');
  await expect(calls('Tea', ben)).rejects.toMatchObject(refusing('notMember'));
  await expect(tells('Tea', ben)).rejects.toMatchObject(refusing('notMember'));
  const member = await node.newMember(KEYLESS, 'Robot', 'lobby');
  const robot = node.connect(KEYLESS, { room: (await node.store.room('lobby' as never))!, member });
  await joinRoom(node.act, robot.caller, joining('lobby'));
  await expect(calls('Tea', robot)).rejects.toMatchObject(refusing('forbidden'));
  await expect(tells('Tea', robot)).rejects.toMatchObject(refusing('forbidden'));
});
