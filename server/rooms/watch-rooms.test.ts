import { beforeEach, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import { KEYLESS, type Member, StoreUnavailable } from '../store/store.ts';
import { giveUpName } from './give-up-name.ts';
import { joinRoom } from './join-room.ts';
import { listRooms } from './list-rooms.ts';
import { joining, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';

let node: Node;
let session: SessionId;
let ben: Wired;
let inTea: Member;
let inCake: Member;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  inTea = await node.newMember(session, 'Ben', 'tea');
  inCake = await node.newMember(session, 'Ben', 'cake');
  ben = node.connect(session);
});

/** What was said in tea, as far as somebody was told. */
async function newsOfTea(): Promise<number> {
  const ada = node.connect((await node.newMember(await node.newSession(), `Ada ${Math.random()}`, 'tea')).session);
  await joinRoom(node.act, ada.caller, joining('tea'));
  const before = node.signals.length;
  await postMessage(node.act, ada.caller, saying('tea', 'hello'));
  await node.clock.pass(1_000);
  return node.signals.slice(before).filter((signal) => signal === `1 said in ${inTea.room}`).length;
}

test('T5: whoever asks for its rooms watches them, and nobody does before', async () => {
  expect(await newsOfTea()).toBe(0);
  await listRooms(node.act, ben.caller);
  const both = [inTea, inCake].map(({ room, id }) => [room, [id]] as const);
  expect(ben.caller.watched).toEqual(new Map(both));
  expect(await newsOfTea()).toBe(1);
  ben.hangUp();
  expect(ben.caller.watched.size).toBe(0);
  expect(await newsOfTea()).toBe(0);
});

test('T5: all names of the session in a room are one watcher, and a new room is watched when it asks again', async () => {
  await listRooms(node.act, ben.caller);
  const other = await node.newMember(session, 'Benjamin', 'tea');
  const hall = await node.newMember(session, 'Ben', 'hall');
  await listRooms(node.act, ben.caller);
  expect(new Set(ben.caller.watched.get(inTea.room))).toEqual(new Set([inTea.id, other.id]));
  expect(ben.caller.watched.get(hall.room)).toEqual([hall.id]);
});

test('T5: two questions at once count once', async () => {
  await Promise.all([listRooms(node.act, ben.caller), listRooms(node.act, ben.caller)]);
  expect(await newsOfTea()).toBe(1);
  ben.hangUp();
  expect(await newsOfTea()).toBe(0);
});

test('T5: whoever closes while the rooms are being followed watches nothing', async () => {
  const open = node.store.shut('heads');
  const asked = listRooms(node.act, ben.caller);
  await node.clock.pass(0);
  ben.hangUp();
  open();
  await asked;
  expect(ben.caller.watched.size).toBe(0);
  expect(await newsOfTea()).toBe(0);
});

test('T5: a name that is given up watches its room no more, and its session’s other name does', async () => {
  const other = await node.newMember(session, 'Benjamin', 'tea');
  await listRooms(node.act, ben.caller);
  const room = (await node.store.room('tea' as never))!;
  await giveUpName(node.act, node.connections, { room, member: inTea.id });
  expect(ben.caller.watched.get(inTea.room)).toEqual([other.id]);
  expect(await newsOfTea()).toBe(1);
  await giveUpName(node.act, node.connections, { room, member: other.id });
  expect([...ben.caller.watched.keys()]).toEqual([inCake.room]);
  expect(await newsOfTea()).toBe(0);
});

test('T5: a room that the session has no name in any more is watched no more', async () => {
  await listRooms(node.act, ben.caller);
  // On another server, which could not tell this one.
  await node.store.release(inTea.id);
  await listRooms(node.act, ben.caller);
  expect([...ben.caller.watched.keys()]).toEqual([inCake.room]);
  expect(await newsOfTea()).toBe(0);
});

test('T5: while the store is away nothing is watched, and nothing is left half done', async () => {
  node.store.isAway = true;
  await expect(listRooms(node.act, ben.caller)).rejects.toThrow(StoreUnavailable);
  node.store.isAway = false;
  expect(ben.caller.watched.size).toBe(0);
  await listRooms(node.act, ben.caller);
  expect(ben.caller.watched.size).toBe(2);
});

test('H5: a script without a key watches nothing: all of them are of one session', async () => {
  const member = await node.newMember(KEYLESS, 'Robot', 'tea');
  const robot = node.connect(KEYLESS, { room: (await node.store.room('tea' as never))!, member });
  await listRooms(node.act, robot.caller);
  expect(robot.caller.watched.size).toBe(0);
});
