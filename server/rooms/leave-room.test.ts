import { beforeEach, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import type { Member } from '../store/store.ts';
import { comeInAsScript } from './come-in-as-script.ts';
import { enterRoom } from './enter-room.ts';
import { joinRoom } from './join-room.ts';
import { leave, leaveRoom } from './leave-room.ts';
import { aMoment, FREE, inShort, joining, Node, saying } from './node.contract.ts';
import { postMessage } from './post-message.ts';

let node: Node;
let session: SessionId;
let ada: Member;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  ada = await node.newMember(session, 'Ada', 'Lobby');
});

async function joined(of: SessionId = session) {
  const wired = node.connect(of);
  await joinRoom(node.act, wired.caller, joining('lobby'));
  return wired;
}

test('P3: leaving counts for all tabs, is told at once, and they hear nothing after it', async () => {
  const eve = await node.newSession();
  await node.newMember(eve, 'Eve', 'lobby');
  const [one, two, other] = [await joined(), await joined(), await joined(eve)];
  expect(await leaveRoom(node.act, one.caller, { room: 'Lobby' })).toEqual({ ok: true });
  await postMessage(node.act, other.caller, saying('lobby', 'gone?'));
  const story = ['Ada connects', 'Eve connects', 'Ada disconnects', 'Eve: gone?'];
  expect(await node.story('lobby')).toEqual(story);
  expect(other.heard.map(inShort)).toEqual(story.slice(1));
  for (const { caller, heard } of [one, two]) {
    expect(heard.map(inShort).slice(-2)).toEqual(story.slice(1, 3));
    const reply = await postMessage(node.act, caller, saying('lobby', 'still here?'));
    expect(reply.results).toMatchObject([{ code: 'notMember' }]);
  }
});

test('P3: a tab that comes back while the room is being told stays', async () => {
  const [one, two] = [await joined(), await joined()];
  const open = node.store.shut('append');
  const left = leaveRoom(node.act, one.caller, { room: 'lobby' });
  const back = joinRoom(node.act, two.caller, joining('lobby'));
  await aMoment();
  open();
  await Promise.all([left, back]);
  expect(await node.hereIn(ada.room)).toEqual(['Ada']);
  await postMessage(node.act, two.caller, saying('lobby', 'back'));
  expect(two.heard.map(inShort).at(-1)).toBe('Ada: back');
  expect(one.heard.map(inShort)).not.toContain('Ada: back');
  two.hangUp();
  await node.clock.pass(10_000);
  expect(await node.hereIn(ada.room)).toEqual([]);
});

test('P3: a tab that closes while the room is being told is told of once', async () => {
  const [one, two] = [await joined(), await joined()];
  const open = node.store.shut('append');
  const left = leaveRoom(node.act, one.caller, { room: 'lobby' });
  await aMoment();
  two.hangUp();
  one.hangUp();
  open();
  await left;
  await node.clock.pass(20_000);
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada disconnects']);
});

test('leaving keeps the name, and one may come in again', async () => {
  const { caller } = await joined();
  await leaveRoom(node.act, caller, { room: 'lobby' });
  const reply = await joinRoom(node.act, caller, joining('lobby'));
  expect(reply.me.id).toBe(ada.id);
});

test('leaving where one is not is refused', async () => {
  const { caller } = node.connect(session);
  await expect(leaveRoom(node.act, caller, { room: 'lobby' })).rejects.toMatchObject({ answer: { code: 'notMember' } });
});

test('a member without a connection here can leave too', async () => {
  const room = await node.store.room('lobby' as never);
  if (room) await leave(node.act, node.connections, { room, member: ada.id });
  expect(await node.story('lobby')).toEqual([]);
});

test('H5: of several scripts that are one keyless member each leaves alone, and the room is told of the last', async () => {
  const robot = async () => {
    const { session: keyless, home } = await comeInAsScript(node.act, { name: 'Robot', room: 'lobby' }, FREE);
    const wired = node.connect(keyless, home);
    await enterRoom(node.act, wired.caller, home.room, home.member);
    return wired;
  };
  const [one, two, three] = [await robot(), await robot(), await robot()];
  await leaveRoom(node.act, one.caller, { room: 'lobby' });
  await expect(leaveRoom(node.act, one.caller, { room: 'lobby' })).rejects.toMatchObject({
    answer: { code: 'notMember' },
  });
  await postMessage(node.act, two.caller, saying('lobby', 'still here'));
  two.hangUp();
  one.hangUp();
  await node.clock.pass(0);
  const story = ['Robot connects', 'Robot: still here'];
  expect(await node.story('lobby')).toEqual(story);
  expect(three.heard.map(inShort)).toEqual(story.slice(1));
  expect(one.heard.map(inShort)).toEqual(['Robot connects']);
  await leaveRoom(node.act, three.caller, { room: 'lobby' });
  expect(await node.story('lobby')).toEqual([...story, 'Robot disconnects']);
  expect(await node.hereIn(ada.room)).toEqual([]);
});
