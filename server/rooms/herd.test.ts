import { beforeEach, expect, test } from 'vitest';
import type { Address, EntryId, MemberId, NodeId, RoomId } from '../../protocol/ids.ts';
import { catchUp } from './catch-up.ts';
import { joinRoom } from './join-room.ts';
import { type DoorStore, joining, Node, saying, type Wired } from './node.contract.ts';
import { postMessage } from './post-message.ts';
import { readHere } from './read-here.ts';

const BROWSERS = 5_000;
/** One session has five names in a room. */
const PER_SESSION = 5;

let node: Node;
let room: RoomId;
let browsers: Wired[];
let members: MemberId[];

/** How often the store was asked for each of what it can be asked. */
function countReads(store: DoorStore): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const method of ['read', 'page', 'heads', 'here', 'people', 'firstUnread', 'member', 'membersOf', 'room']) {
    const asked: unknown = Reflect.get(store, method);
    if (typeof asked !== 'function') throw new Error(`There is no ${method}.`);
    Reflect.set(store, method, (...args: unknown[]) => {
      counts.set(method, (counts.get(method) ?? 0) + 1);
      return Reflect.apply(asked, store, args) as unknown;
    });
  }
  return counts;
}

/** In the room before the restart: the server that died has left them in the presence table. */
beforeEach(async () => {
  node = await Node.start();
  browsers = [];
  members = [];
  room = (await node.store.openRoom('lobby' as Address, 'Lobby')).id;
  const dead = 'dead' as NodeId;
  await node.store.renewLease(dead, 15_000, true);
  for (let i = 0; i < BROWSERS; i += PER_SESSION) {
    const session = await node.newSession();
    for (let nth = 0; nth < PER_SESSION; nth += 1) {
      const name = `guest ${i + nth}`;
      // Names that nobody typed need no look at what they look like.
      const claimed = await node.store.claim({ room, session, name, key: name, skeleton: name });
      if (!claimed.ok) throw new Error(claimed.code);
      members.push(claimed.member.id);
      browsers.push(node.connect(session));
    }
  }
  await node.store.append(members.map((by) => ({ kind: 'arrive', room, by, node: dead })));
});

const joins = (last: readonly [number, EntryId | '']) =>
  browsers.map(({ caller }, i) => joinRoom(node.act, caller, joining('lobby', { as: members[i]!, after: [...last] })));

test('C2: 5,000 browsers that come back after a restart cost about one read of the log, and one of who is here', async () => {
  const head = (await node.store.heads([room])).get(room)!;
  const after = head.seq - 3;
  const { entries } = await node.store.read(room, after - 1, 1);
  const counts = countReads(node.store);
  const replies = await Promise.all(joins([after, entries[0]!.id]));
  expect(replies.every((reply) => !reply.reset && reply.entries.length === 3)).toBe(true);
  expect(replies.every((reply) => reply.count === BROWSERS && !reply.notices)).toBe(true);
  expect(counts.get('read')).toBe(1);
  expect(counts.get('page')).toBeUndefined();
  // Where the cursor starts, and how many are here.
  expect(counts.get('heads')).toBeLessThanOrEqual(3);
  expect(counts.get('here')).toBeUndefined();
  // What is of each alone are rows by key: the room and the member it means, and that it still is one.
  expect(counts.get('firstUnread')).toBeUndefined();
  expect(counts.get('membersOf')).toBe(BROWSERS);
  // And once for all of them, what the room is called by now.
  expect(counts.get('room')).toBe(BROWSERS + 1);
  expect(counts.get('member')).toBeLessThanOrEqual(2 * BROWSERS);
});

test('C2: while others talk it is about one read as well', async () => {
  const talker = browsers[0]!;
  await joinRoom(node.act, talker.caller, joining('lobby', { as: members[0]! }));
  const head = (await node.store.heads([room])).get(room)!;
  const counts = countReads(node.store);
  for (let i = 1; i < BROWSERS; i += 50) {
    await postMessage(node.act, talker.caller, saying('lobby', `message ${i}`));
    const some = browsers.slice(i, i + 50).map(async ({ caller }, nth) => {
      const reply = await joinRoom(
        node.act,
        caller,
        joining('lobby', { as: members[i + nth]!, after: [head.seq, head.id] }),
      );
      expect(reply.entries.at(-1)?.seq).toBe(reply.head);
      return catchUp(node.act, caller, { room: 'lobby', after: head.seq, id: head.id as EntryId });
    });
    const replies = await Promise.all(some);
    expect(replies.every(({ entries }) => entries.length === 1 + Math.floor(i / 50))).toBe(true);
  }
  expect(counts.get('read')).toBe(1);
  expect(counts.get('page')).toBeUndefined();
});

test('C2: 5,000 who have missed too much cost one read of the newest page', async () => {
  const { caller } = browsers[0]!;
  await joinRoom(node.act, caller, joining('lobby', { as: members[0]! }));
  for (let i = 0; i < 6; i += 1)
    await postMessage(node.act, caller, saying('lobby', ...Array.from({ length: 100 }, (_, nth) => `${i} ${nth}`)));
  await node.clock.pass(11_000);
  const counts = countReads(node.store);
  const replies = await Promise.all(joins([1, '']));
  expect(replies.every((reply) => reply.reset)).toBe(true);
  expect([counts.get('page'), counts.get('read')]).toEqual([1, undefined]);
});

test('P9: 5,000 who have the list of people open cost one read of each page', async () => {
  await Promise.all(joins([1, '']));
  const counts = countReads(node.store);
  const first = await Promise.all(browsers.map(({ caller }) => readHere(node.act, caller, { room: 'lobby' })));
  expect(first.every(({ here, more, count }) => here.length === 100 && more && count === BROWSERS)).toBe(true);
  const after = first[0]!.here.at(-1)!.id;
  await Promise.all(browsers.map(({ caller }) => readHere(node.act, caller, { room: 'lobby', after })));
  expect(counts.get('people')).toBe(2);
});
