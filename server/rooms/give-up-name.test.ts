import { beforeEach, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import { type Member, type Room, StoreUnavailable } from '../store/store.ts';
import { giveUpName } from './give-up-name.ts';
import { joinRoom } from './join-room.ts';
import { aMoment, inShort, joining, Node, saying } from './node.contract.ts';
import { postMessage } from './post-message.ts';

let node: Node;
let session: SessionId;
let ada: Member;
let room: Room;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  ada = await node.newMember(session, 'Ada', 'Lobby');
  room = (await node.store.room('lobby' as never))!;
});

async function joined(of: SessionId) {
  const wired = node.connect(of);
  await joinRoom(node.act, wired.caller, joining('lobby'));
  return wired;
}

const givenUp = () => giveUpName(node.act, node.connections, { room, member: ada.id });

test('N7: a name that is given up is somebody else’s to take at once; its member is out, and the room is told', async () => {
  const tabs = [await joined(session), await joined(session)];
  const eve = await node.newSession();
  await node.newMember(eve, 'Eve', 'lobby');
  const other = await joined(eve);
  await givenUp();
  expect(other.heard.map(inShort)).toEqual(['Eve connects', 'Ada disconnects']);
  expect(await node.hereIn(room.id)).toEqual(['Eve']);
  for (const { caller } of tabs) {
    const { results } = await postMessage(node.act, caller, saying('lobby', 'still here?'));
    expect(results).toMatchObject([{ code: 'notMember' }]);
    await expect(joinRoom(node.act, caller, joining('lobby'))).rejects.toMatchObject({ answer: { code: 'notMember' } });
  }
  const next = await node.newMember(eve, 'Ada', 'lobby');
  expect(next.id).not.toBe(ada.id);
});

test('N7: the session goes on, and so do its other names', async () => {
  const ben = await node.newMember(session, 'Ben', 'lobby');
  const tab = node.connect(session);
  await joinRoom(node.act, tab.caller, joining('lobby', { as: ben.id }));
  await givenUp();
  expect(tab.caller.isOpen).toBe(true);
  await postMessage(node.act, tab.caller, saying('lobby', 'I stay'));
  expect(await node.story('lobby')).toEqual(['Ben connects', 'Ben: I stay']);
});

test('N7: a tab that comes in while its name is being given up does not stay', async () => {
  const tab = node.connect(session);
  const open = node.store.shut('append');
  const coming = joinRoom(node.act, tab.caller, joining('lobby'));
  await aMoment();
  const giving = givenUp();
  await aMoment();
  open();
  await giving;
  await expect(coming).rejects.toMatchObject({ answer: { code: 'notMember' } });
  expect(await node.hereIn(room.id)).toEqual([]);
});

test('while the store is away nothing is given up', async () => {
  const tab = await joined(session);
  node.store.release = () => Promise.reject(new StoreUnavailable('The store is away.'));
  await expect(givenUp()).rejects.toBeInstanceOf(StoreUnavailable);
  await postMessage(node.act, tab.caller, saying('lobby', 'still me'));
  expect(await node.story('lobby')).toEqual(['Ada connects', 'Ada: still me']);
});
