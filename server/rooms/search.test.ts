import { beforeEach, expect, test } from 'vitest';
import type { Address, SessionId } from '../../protocol/ids.ts';
import { HITS_MAX, SEARCH_MAX_BYTES } from '../../protocol/limits.ts';
import { REQUESTS } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import { titleRoom } from './change-room.ts';
import { joinRoom } from './join-room.ts';
import { joining, newClientId, Node, saying, type Wired } from './node.contract.ts';
import { openDirect } from './open-direct.ts';
import { postMessage } from './post-message.ts';
import { search } from './search.ts';

let node: Node;
let session: SessionId;
let ada: Wired;
let ben: Wired;

beforeEach(async () => {
  node = await Node.start();
  session = await node.newSession();
  const other = await node.newSession();
  for (const room of ['tea', 'cake']) {
    await node.newMember(session, 'Ada', room);
    await node.newMember(other, 'Ben', room);
  }
  await node.newMember(other, 'Ben', 'secret');
  [ada, ben] = [node.connect(session), node.connect(other)];
  for (const room of ['tea', 'cake', 'secret']) {
    await joinRoom(node.act, ben.caller, joining(room));
    await postMessage(node.act, ben.caller, saying(room, `sesame in ${room}`));
  }
});

const finds = (asked: object, { caller } = ada) => search(node.act, caller, REQUESTS.search.request.parse(asked));
const texts = async (asked: object, wired = ada) =>
  (await finds(asked, wired)).hits.map(({ entry }) => (entry.kind === 'message' ? entry.text : entry.kind));
const refusing = (code: string) => ({ answer: { code } });

test('Q1: looks in all rooms of the session, joined or not, and in no other; the one stored last first', async () => {
  await joinRoom(node.act, ben.caller, joining('tea'));
  await titleRoom(node.act, ben.caller, { room: 'tea', title: 'Tea Time', clientId: newClientId() });
  const reply = await finds({ text: 'sesame' });
  expect(REQUESTS.search.reply.parse(reply)).toEqual(reply);
  expect(reply).toMatchObject({
    more: false,
    hits: [
      { room: 'cake', title: 'cake', entry: { text: 'sesame in cake', by: { name: 'Ben' } } },
      { room: 'tea', title: 'Tea Time', entry: { text: 'sesame in tea' } },
    ],
  });
  expect(await texts({ text: 'sesame' }, ben)).toEqual(['sesame in secret', 'sesame in cake', 'sesame in tea']);
});

test('Q1: looks in one room, in whatever spelling, of which the session is a member', async () => {
  expect(await texts({ room: ' TEA ', text: 'sesame' })).toEqual(['sesame in tea']);
  for (const room of ['secret', 'nowhere', '/', `~${'a'.repeat(26)}`])
    await expect(finds({ room, text: 'sesame' })).rejects.toMatchObject(refusing('notMember'));
});

test('Q1: page by page, over rooms, and no page begins in a room that is not one’s own', async () => {
  const first = await finds({ text: 'sesame', limit: 1 });
  expect(first).toMatchObject({ more: true, next: ['cake', 2], hits: [{ room: 'cake' }] });
  expect(await texts({ text: 'sesame', before: first.next })).toEqual(['sesame in tea']);
  const elsewhere = finds({ text: 'sesame', before: ['secret', 2] });
  await expect(elsewhere).rejects.toMatchObject(refusing('notMember'));
  // Nor in one that is, but is not looked in.
  await expect(finds({ room: 'tea', text: 'sesame', before: ['cake', 2] })).rejects.toMatchObject(
    refusing('notMember'),
  );
});

test('D2: what two have said to each other they find, and nobody else does', async () => {
  const [member] = await node.store.membersOf(session, (await node.store.room('tea' as Address))!.id);
  await joinRoom(node.act, ben.caller, joining('tea'));
  const free = () => Promise.resolve();
  const { room } = await openDirect(node.act, ben.caller, { room: 'tea', member: member!.id }, free);
  await joinRoom(node.act, ben.caller, joining(room));
  await postMessage(node.act, ben.caller, saying(room, 'sesame between us'));
  expect(await texts({ text: 'sesame us' })).toEqual(['sesame between us']);
  expect(await texts({ room, text: 'sesame' })).toEqual(['sesame between us']);
  const cleo = node.connect((await node.newMember(await node.newSession(), 'Cleo', 'tea')).session);
  expect(await texts({ text: 'sesame us' }, cleo)).toEqual([]);
  await expect(finds({ room, text: 'sesame' }, cleo)).rejects.toMatchObject(refusing('notMember'));
});

test('H5: a script without a key looks in its own room, and in no other script’s', async () => {
  const member = await node.newMember(KEYLESS, 'Robot', 'tea');
  await node.newMember(KEYLESS, 'Other', 'secret');
  const robot = node.connect(KEYLESS, { room: (await node.store.room('tea' as Address))!, member });
  expect(await texts({ text: 'sesame' }, robot)).toEqual(['sesame in tea']);
  expect(await texts({ room: 'tea', text: 'sesame' }, robot)).toEqual(['sesame in tea']);
  await expect(finds({ room: 'secret', text: 'sesame' }, robot)).rejects.toMatchObject(refusing('notMember'));
});

test('Q2: what cannot be looked for is refused in words', async () => {
  await expect(finds({ text: 'a\u0000b' })).rejects.toMatchObject(refusing('unreadable'));
  await expect(finds({ text: 'a\ud800' })).rejects.toMatchObject(refusing('unreadable'));
  await expect(finds({ text: 'x'.repeat(SEARCH_MAX_BYTES + 1) })).rejects.toMatchObject(refusing('tooLong'));
  await expect(finds({ text: '語'.repeat(SEARCH_MAX_BYTES / 3 + 1) })).rejects.toMatchObject(refusing('tooLong'));
  for (const text of ['', ' ', '!?'])
    await expect(finds({ text })).rejects.toMatchObject({
      answer: { code: 'empty', message: 'There is no word in it to look for.' },
    });
  expect(await texts({ text: 'x'.repeat(SEARCH_MAX_BYTES) })).toEqual([]);
});

test('R2: a page has at least one hit and at most fifty, and begins at a message', () => {
  const takes = (asked: object) => REQUESTS.search.request.safeParse({ text: 'a', ...asked }).success;
  expect([{}, { limit: 1 }, { limit: HITS_MAX }, { before: ['tea', 1] }].map(takes)).not.toContain(false);
  const wrong = [
    { limit: 0 },
    { limit: HITS_MAX + 1 },
    { before: ['tea'] },
    { before: ['tea', 0] },
    { before: 7 },
    { in: 'tea' },
  ];
  expect(wrong.map(takes)).not.toContain(true);
});
