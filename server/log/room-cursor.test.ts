import { beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, RoomId, SessionId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import type { Member } from '../store/store.ts';
import { RoomCursor } from './room-cursor.ts';

let clock: VirtualClock;
let store: MemoryStore;
let reads: number;
let isAway: boolean;
let isLost: boolean;
let room: RoomId;
let ada: Member;
let shown: Entry[];
let rewinds: number;
let undelivered: number;
let surprise: Error | undefined;
let failures: unknown[];
let cursor: RoomCursor;
let lastId: EntryId | '';

beforeEach(async () => {
  clock = new VirtualClock();
  let ids = 0;
  store = new MemoryStore({ clock, newId: () => `id${++ids}` });
  room = (await store.openRoom('lobby' as Address, 'Lobby')).id;
  const claimed = await store.claim({ room, session: 's' as SessionId, name: 'Ada', key: 'ada', skeleton: 'ada' });
  if (!claimed.ok) throw new Error(claimed.code);
  ada = claimed.member;
  [shown, reads, rewinds, isAway, isLost, lastId] = [[], 0, 0, false, false, ''];
  [undelivered, surprise, failures] = [0, undefined, []];
  const whenHere = <Answer>(answer: () => Promise<Answer>) => (isAway ? Promise.reject(new Error('away')) : answer());
  cursor = new RoomCursor(room, {
    clock,
    store: {
      heads: (rooms) => whenHere(() => store.heads(rooms)),
      read: async (...asked) => {
        const since = await whenHere(() => store.read(...asked)).finally(() => (reads += 1));
        return isLost ? { ...since, entries: [] } : since;
      },
    },
    deliver: (_, entries) => {
      if (surprise) throw surprise;
      shown.push(...entries);
    },
    rewound: () => (rewinds += 1),
    undelivered: () => (undelivered += 1),
    failed: (error) => failures.push(error),
  });
});

/** Stores messages, as some node does; their hint is returned, not told. */
async function say(...texts: string[]) {
  const clientIds = texts.map((text) => `client ${text}` as ClientId);
  const writes = texts.map(
    (text, i) => ({ kind: 'message', room, by: ada.id, clientId: clientIds[i] as ClientId, text }) as const,
  );
  const entries = (await store.append(writes)).flatMap((outcome) =>
    outcome.result === 'stored' ? [outcome.entry] : [],
  );
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new Error('nothing stored');
  const hint = { from: first.seq, after: lastId, to: { seq: last.seq, id: last.id }, entries };
  lastId = last.id;
  return hint;
}
const seqs = () => shown.map((entry) => entry.seq);

test('C9: what was there before it started is not shown, what comes then is', async () => {
  await say('a', 'b');
  await cursor.start();
  cursor.heard(await say('c'));
  expect(seqs()).toEqual([3]);
});

test('C9: a hint heard before the first head was read is kept and applied after it', async () => {
  const first = await say('a');
  const started = cursor.start();
  cursor.heard(first);
  cursor.heard(await say('b'));
  await started;
  expect(seqs()).toEqual([2]);
});

test('C9: repeated, overlapping and reordered hints show every seq once, in order', async () => {
  await cursor.start();
  const [one, two, three] = [await say('a', 'b'), await say('c'), await say('d')];
  for (const hint of [one, one, three, two, one, three]) cursor.heard(hint);
  await clock.advance(100);
  expect(seqs()).toEqual([1, 2, 3, 4]);
});

test('C9: a hole is read from the store, once for all who tell of it', async () => {
  await cursor.start();
  await say('a');
  for (const hint of [await say('b'), await say('c')]) cursor.heard(hint);
  await clock.advance(100);
  expect(seqs()).toEqual([1, 2, 3]);
  expect(reads).toBe(1);
});

test('C9: a hint without entries is enough', async () => {
  await cursor.start();
  const { entries: _, ...hint } = await say('a', 'b');
  cursor.heard(hint);
  await clock.advance(100);
  expect(seqs()).toEqual([1, 2]);
});

test('C9: a lost last hint is found by comparing heads', async () => {
  await cursor.start();
  await say('a');
  await cursor.check();
  await clock.advance(100);
  expect(seqs()).toEqual([1]);
});

test('C9: a hint that promises more than there is ends with what there is', async () => {
  await cursor.start();
  await say('a');
  cursor.heard({ from: 99, after: '', to: { seq: 99, id: 'x' as EntryId } });
  await clock.advance(10_000);
  expect(seqs()).toEqual([1]);
  expect(reads).toBe(1);
});

test('C9: while the store is away it asks once a second, and shows all when it is back', async () => {
  await cursor.start();
  await say('a');
  isAway = true;
  cursor.heard(await say('b'));
  await clock.advance(5_000);
  isAway = false;
  await clock.advance(1_000);
  expect(seqs()).toEqual([1, 2]);
  expect(reads).toBeLessThanOrEqual(7);
});

test('C10: a store that went back is noticed by its head, and what is said then is shown', async () => {
  const before = store.snapshot();
  await cursor.start();
  cursor.heard(await say('a'));
  store.rewindTo(before);
  await cursor.check();
  expect(rewinds).toBe(1);
  lastId = '';
  cursor.heard(await say('b'));
  expect(shown.map((entry) => 'text' in entry && entry.text)).toEqual(['a', 'b']);
});

test('C10: a store that went back and grew to the same length is noticed by the id', async () => {
  const before = store.snapshot();
  await cursor.start();
  cursor.heard(await say('a'));
  store.rewindTo(before);
  cursor.heard(await say('b'));
  await clock.advance(100);
  expect(rewinds).toBe(1);
});

test('C10: a store that went back and grew beyond is noticed by the entry before the news', async () => {
  const before = store.snapshot();
  await cursor.start();
  cursor.heard(await say('a'));
  store.rewindTo(before);
  lastId = '';
  await say('b');
  cursor.heard(await say('c'));
  await clock.advance(100);
  expect(rewinds).toBe(1);
  expect(seqs()).toEqual([1]);
});

test('C10: what this node itself stores at a seq that was shown says that the store went back', async () => {
  const before = store.snapshot();
  await cursor.start();
  cursor.heard(await say('a', 'b'));
  store.rewindTo(before);
  lastId = '';
  cursor.committed(await say('c'));
  await clock.advance(100);
  expect(rewinds).toBe(1);
});

test('C10: a head read before the last entry came is no sign of a store that went back', async () => {
  await cursor.start();
  const asked = cursor.check();
  cursor.heard(await say('a'));
  await asked;
  await clock.advance(100);
  expect(rewinds).toBe(0);
  expect(seqs()).toEqual([1]);
});

test('nothing is shown after it was stopped', async () => {
  await cursor.start();
  const hint = await say('a');
  cursor.heard({ ...hint, from: 9, to: { seq: 9, id: hint.to.id } });
  cursor.stop();
  await clock.advance(10_000);
  cursor.heard(hint);
  expect(seqs()).toEqual([]);
});

test('C9: a log that has lost what it should hold is read again once a second, not for ever at once', async () => {
  await cursor.start();
  isLost = true;
  await say('a');
  const { from, after, to } = await say('b');
  cursor.heard({ from, after, to });
  await clock.advance(5_000);
  expect(reads).toBe(5);
  isLost = false;
  await clock.advance(1_000);
  expect(seqs()).toEqual([1, 2]);
});

test('C9: what could not be delivered is told, the room’s connections are to ask the log, and what follows comes', async () => {
  await cursor.start();
  surprise = new TypeError('x');
  cursor.heard(await say('a'));
  expect(failures).toEqual([surprise]);
  expect([undelivered, rewinds]).toEqual([1, 0]);
  surprise = undefined;
  cursor.heard(await say('b'));
  expect(seqs()).toEqual([2]);
  expect(undelivered).toBe(1);
});

test('C9: so is what was read to fill a gap, and it is not read for ever', async () => {
  await cursor.start();
  await say('a');
  surprise = new TypeError('x');
  const late = await say('b');
  cursor.heard({ ...late, after: late.after });
  await clock.advance(10_000);
  expect([undelivered, reads]).toEqual([1, 1]);
});
