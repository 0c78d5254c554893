import { beforeEach, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS, type Member } from '../store/store.ts';
import { joinRoom } from './join-room.ts';
import { leaveRoom } from './leave-room.ts';
import { listRooms } from './list-rooms.ts';
import { joining, Node, saying, type Wired } from './node.contract.ts';
import { openDirect } from './open-direct.ts';
import { postMessage } from './post-message.ts';
import { readHistory } from './read-history.ts';
import { Refusal } from './refusal.ts';

let node: Node;
let ada: Wired;
let ben: Wired;
let benInLobby: Member;
let adaInLobby: Member;
const free = () => Promise.resolve();
const refusing = (code: string) => ({ answer: { code } });

beforeEach(async () => {
  node = await Node.start();
  [ada, adaInLobby] = await comes('Ada');
  [ben, benInLobby] = await comes('Ben');
});

async function comes(name: string): Promise<[Wired, Member]> {
  const session = await node.newSession();
  const member = await node.newMember(session, name, 'lobby');
  const wired = node.connect(session);
  await joinRoom(node.act, wired.caller, joining('lobby'));
  return [wired, member];
}

const opens = (by: Wired, other: Member, pay = free) =>
  openDirect(node.act, by.caller, { room: 'LOBBY', member: other.id }, pay);

test('D1: the two talk, each told who the other one is', async () => {
  const reply = await opens(ada, benInLobby);
  expect(REQUESTS.direct.reply.parse(reply)).toEqual(reply);
  const { room } = reply;
  const joined = await joinRoom(node.act, ada.caller, joining(room));
  expect(REQUESTS.join.reply.parse(joined)).toEqual(joined);
  expect(joined).toMatchObject({
    room,
    title: 'Ada & Ben',
    me: { id: reply.as, name: 'Ada' },
    direct: { name: 'Ben' },
  });
  // In whatever spelling, as any address.
  const other = await joinRoom(node.act, ben.caller, joining(` ${room.toUpperCase()} `));
  expect(other).toMatchObject({ room, me: { name: 'Ben' }, direct: { id: reply.as, name: 'Ada' } });
  await postMessage(node.act, ada.caller, saying(room, 'psst'));
  expect(ben.heard.at(-1)).toMatchObject({ room, text: 'psst' });
  expect((await readHistory(node.act, ben.caller, { room })).entries).toHaveLength(1);
  const { rooms } = await listRooms(node.act, ben.caller);
  const named = rooms.map((line) => [line.room, line.direct?.name] as const);
  expect(new Map(named)).toEqual(
    new Map<string, unknown>([
      ['lobby', undefined],
      [room, 'Ada'],
    ]),
  );
  expect((await opens(ben, adaInLobby)).room).toBe(room);
});

test('T5: both are told that they have a new conversation, and nobody is told of one they had', async () => {
  const { room } = await opens(ada, benInLobby);
  const { id } = (await node.store.room('lobby' as Address))!;
  const told = [ada, ben].map(({ caller }) => `0 new in ${id} for ${caller.session}`);
  expect(new Set(node.signals)).toEqual(new Set(told));
  expect(room).toMatch(/^~/u);
  await opens(ben, adaInLobby);
  expect(node.signals).toHaveLength(2);
});

test('D2: whoever is not one of the two finds no such room', async () => {
  const { room } = await opens(ada, benInLobby);
  const [cleo] = await comes('Cleo');
  const nowhere = `~${'a'.repeat(26)}`;
  for (const address of [room, nowhere, '~tea', '~'])
    await expect(joinRoom(node.act, cleo.caller, joining(address))).rejects.toMatchObject(refusing('notMember'));
  await expect(postMessage(node.act, cleo.caller, saying(room, 'x'))).resolves.toMatchObject({
    results: [{ code: 'notMember' }],
  });
  await expect(readHistory(node.act, cleo.caller, { room })).rejects.toMatchObject(refusing('notMember'));
});

test('D2: only whoever is in the room asks, and for somebody of it', async () => {
  const outside = await node.newMember(await node.newSession(), 'Dora', 'kitchen');
  await expect(opens(ada, outside)).rejects.toMatchObject(refusing('notFound'));
  await expect(opens(ada, adaInLobby)).rejects.toMatchObject(refusing('forbidden'));
  await leaveRoom(node.act, ada.caller, { room: 'lobby' });
  await expect(opens(ada, benInLobby)).rejects.toMatchObject(refusing('notMember'));
});

test('H5: without a key on either side there is none', async () => {
  const member = await node.newMember(KEYLESS, 'Robot', 'lobby');
  const robot = node.connect(KEYLESS, { room: (await node.store.room('lobby' as Address))!, member });
  await joinRoom(node.act, robot.caller, joining('lobby'));
  await expect(opens(robot, benInLobby)).rejects.toMatchObject(refusing('forbidden'));
  await expect(opens(ada, member)).rejects.toMatchObject(refusing('forbidden'));
});

test('R8: what is there already costs nothing; what could not be paid for is not made', async () => {
  const broke = () => Promise.reject(new Refusal('rateLimited', 5_000));
  await expect(opens(ada, benInLobby, broke)).rejects.toMatchObject(refusing('rateLimited'));
  expect(await node.store.direct(adaInLobby.id, benInLobby.id)).toBeUndefined();
  const { room } = await opens(ada, benInLobby);
  expect((await opens(ada, benInLobby, broke)).room).toBe(room);
});

test('D2: whoever leaves the room while it is paid for opens none', async () => {
  const pay = async () => void (await leaveRoom(node.act, ada.caller, { room: 'lobby' }));
  await expect(opens(ada, benInLobby, pay)).rejects.toMatchObject(refusing('notMember'));
  expect(await node.store.direct(adaInLobby.id, benInLobby.id)).toBeUndefined();
});
