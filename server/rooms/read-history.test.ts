import { beforeEach, expect, test } from 'vitest';
import { REQUESTS } from '../../protocol/requests.ts';
import { joinRoom } from './join-room.ts';
import { joining, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { readHistory } from './read-history.ts';

const DAY = 86_400_000;

let node: Node;
let ada: Wired;

beforeEach(async () => {
  node = await Node.start();
  const session = await node.newSession();
  await node.newMember(session, 'Ada', 'lobby');
  ada = node.connect(session);
});

const read = (asked: object) =>
  readHistory(node.act, ada.caller, REQUESTS.history.request.parse({ room: 'Lobby', ...asked }));
const seqs = ({ entries }: Awaited<ReturnType<typeof read>>) => entries.map(({ seq }) => seq);

test('C12: history is read before or around a message, and around a day', async () => {
  await joinRoom(node.act, ada.caller, joining('lobby'));
  await postMessage(node.act, ada.caller, saying('lobby', 'one', 'two', 'three'));
  const nextDay = node.clock.now() + DAY;
  await node.clock.pass(DAY);
  await postMessage(node.act, ada.caller, saying('lobby', 'four', 'five'));
  const around = await read({ around: 3, limit: 3 });
  expect(REQUESTS.history.reply.parse(around)).toEqual(around);
  // 1 is the notice of her coming.
  expect([seqs(around), around.atStart, around.atEnd, around.anchor]).toEqual([[2, 3, 4], true, false, 3]);
  const day = await read({ date: nextDay, limit: 2 });
  expect([seqs(day), day.anchor, day.head]).toEqual([[4, 5], 5, 6]);
  const future = await read({ date: nextDay + DAY, limit: 2 });
  expect([seqs(future), future.atEnd]).toEqual([[5, 6], true]);
  expect(future).not.toHaveProperty('anchor');
  const before = await read({ before: 4, limit: 1 });
  expect([seqs(before), before.atStart, before.atEnd]).toEqual([[3], false, false]);
  expect(before).not.toHaveProperty('anchor');
  expect([seqs(await read({})), (await read({})).atEnd]).toEqual([[2, 3, 4, 5, 6], true]);
});

test('C12: one place is asked for, and no other', () => {
  const takes = (asked: object) => REQUESTS.history.request.safeParse({ room: 'lobby', ...asked }).success;
  expect([{}, { before: 1 }, { around: 1 }, { date: -1 }, { date: 1, limit: 100 }].map(takes)).not.toContain(false);
  const wrong = [
    { before: 1, around: 1 },
    { around: 1, date: 1 },
    { before: 1, date: 1 },
    { around: 0 },
    { date: 1.5 },
    { date: '2026-01-31' },
    { date: Number.MAX_VALUE },
    { around: 1, limit: 101 },
    { around: 1, limit: 0 },
  ];
  expect(wrong.map(takes)).not.toContain(true);
});

test('C12: only of a room that one is in', async () => {
  await expect(read({ around: 1 })).rejects.toMatchObject({ answer: { code: 'notMember' } });
  await expect(read({ date: 1 })).rejects.toMatchObject({ answer: { code: 'notMember' } });
});
