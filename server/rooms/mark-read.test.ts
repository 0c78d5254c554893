import { beforeEach, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/ids.ts';
import { KEYLESS } from '../store/store.ts';
import { joinRoom } from './join-room.ts';
import { markRead, markUnread } from './mark-read.ts';
import { joining, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';

let node: Node;
let session: SessionId;
let ada: Wired;
let ben: Wired;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  await node.newMember(session, 'Ada', 'lobby');
  await node.newMember(await node.newSession(), 'Ben', 'lobby');
  ada = node.connect(session);
  ben = node.connect((await node.newMember(await node.newSession(), 'Cleo', 'lobby')).session);
});

const place = (seq: number) => ({ room: 'LOBBY', seq });

test('T4: where a session has read to is told to that session, by reading and by marking as unread', async () => {
  await joinRoom(node.act, ada.caller, joining('lobby'));
  await joinRoom(node.act, ben.caller, joining('lobby'));
  await postMessage(node.act, ben.caller, saying('lobby', 'one', 'two'));
  const { id } = (await node.store.room('lobby' as never))!;
  await markRead(node.act, ada.caller, place(99));
  await markUnread(node.act, ada.caller, place(4));
  await markUnread(node.act, ada.caller, place(9));
  await markRead(node.act, ada.caller, place(2));
  const told = (seq: number) => `${session} has read ${id} up to ${seq}`;
  expect(node.signals).toEqual([told(4), told(3), told(3), told(3)]);
});

test('T4: what one has sent oneself is read, and said to be so', async () => {
  await joinRoom(node.act, ada.caller, joining('lobby'));
  await postMessage(node.act, ada.caller, saying('lobby', 'one'));
  await markRead(node.act, ada.caller, place(2));
  expect(node.signals).toEqual([expect.stringContaining('up to 2')]);
});

test('L12: only whoever is in the room marks it', async () => {
  await expect(markRead(node.act, ada.caller, place(1))).rejects.toMatchObject({ answer: { code: 'notMember' } });
  await expect(markUnread(node.act, ada.caller, place(1))).rejects.toMatchObject({ answer: { code: 'notMember' } });
});

test('H5: what a script without a key has read is told to nobody: all of them are of one session', async () => {
  const member = await node.newMember(KEYLESS, 'Robot', 'lobby');
  const robot = node.connect(KEYLESS, { room: (await node.store.room('lobby' as never))!, member });
  await joinRoom(node.act, robot.caller, joining('lobby'));
  await markRead(node.act, robot.caller, place(1));
  await markUnread(node.act, robot.caller, place(1));
  expect(node.signals).toEqual([]);
});
