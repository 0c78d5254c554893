import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, ClientId, EntryId, RoomId, SessionId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import type { Member } from '../store/store.ts';
import { CatchUp } from './catch-up.ts';

let clock: VirtualClock;
let store: MemoryStore;
let reads: number;
let room: RoomId;
let ada: Member;
let catchUp: CatchUp;
const idOf = new Map<number, EntryId>();

beforeEach(async () => {
  clock = new VirtualClock();
  let ids = 0;
  store = new MemoryStore({ clock, newId: () => `id${++ids}` });
  room = (await store.openRoom('lobby' as Address, 'Lobby')).id;
  const claimed = await store.claim({ room, session: 's' as SessionId, name: 'Ada', key: 'ada', skeleton: 'ada' });
  if (!claimed.ok) throw new Error(claimed.code);
  ada = claimed.member;
  reads = 0;
  catchUp = new CatchUp({
    clock,
    store: {
      read: (...asked) => store.read(...asked).finally(() => (reads += 1)),
      page: (...asked) => store.page(...asked).finally(() => (reads += 1)),
    },
  });
  await say('a', 'b', 'c', 'd');
});

async function say(...texts: string[]) {
  for (const text of texts) {
    const [outcome] = await store.append([
      { kind: 'message', room, by: ada.id, clientId: `c${text}` as ClientId, text },
    ]);
    if (outcome?.result === 'stored') idOf.set(outcome.entry.seq, outcome.entry.id);
  }
}
const since = async (after: number, told: number) =>
  (await catchUp.since(room, after, idOf.get(after) ?? '', told)).entries.map((entry) => entry.seq);

describe('a herd', () => {
  test('of a thousand that miss the same costs one read', async () => {
    const all = await Promise.all(Array.from({ length: 1_000 }, () => since(2, 4)));
    expect(all.every((seqs) => seqs.join() === '3,4')).toBe(true);
    expect(reads).toBe(1);
  });

  test('that misses less than the first of it is served from the same read', async () => {
    expect(await Promise.all([since(1, 4), since(2, 4), since(4, 4)])).toEqual([[2, 3, 4], [3, 4], []]);
    expect(reads).toBe(1);
  });

  test('that comes without any entry costs one read of the newest page', async () => {
    await Promise.all(Array.from({ length: 100 }, () => catchUp.newest(room, 4)));
    expect(reads).toBe(1);
  });
});

test('C1: an answer read before the asker was subscribed is not used when more has been told since', async () => {
  await since(2, 4);
  await catchUp.newest(room, 4);
  await say('e');
  expect(await since(2, 5)).toEqual([3, 4, 5]);
  expect((await catchUp.newest(room, 5)).head.seq).toBe(5);
});

test('C4: another id at `after` is not served from what was read for others', async () => {
  await since(1, 4);
  expect((await catchUp.since(room, 2, 'other' as EntryId, 4)).reset).toBe(true);
  expect((await catchUp.since(room, 1, 'other' as EntryId, 4)).reset).toBe(true);
  expect((await catchUp.since(room, 9, 'other' as EntryId, 4)).reset).toBe(true);
});

test('C10: nothing of another history is served after it was forgotten', async () => {
  const before = store.snapshot();
  await say('e');
  await catchUp.newest(room, 5);
  store.rewindTo(before);
  catchUp.forget(room);
  expect((await catchUp.newest(room, 0)).head.seq).toBe(4);
});

test('a read that failed is nobody else’s', async () => {
  let isAway = true;
  const read = async () => (isAway ? Promise.reject(new Error('away')) : store.read(room, 0, 500));
  const frail = new CatchUp({ clock, store: { read, page: store.page.bind(store) } });
  await expect(frail.since(room, 0, '', 0)).rejects.toThrow('away');
  isAway = false;
  expect((await frail.since(room, 0, '', 0)).entries).toHaveLength(4);
});

test('what was read is kept for some seconds only', async () => {
  await since(2, 4);
  await clock.advance(10_001);
  await since(2, 4);
  expect(reads).toBe(2);
});
