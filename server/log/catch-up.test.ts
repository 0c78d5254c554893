import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, ClientId, EntryId, NodeId, RoomId, SessionId } from '../../protocol/ids.ts';
import { PAGE_ENTRIES, REPLY_MAX_BYTES } from '../../protocol/limits.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import type { Member } from '../store/store.ts';
import { CatchUp, type CatchUpParts } from './catch-up.ts';

let clock: VirtualClock;
let store: MemoryStore;
let reads: number;
let failures: unknown[];
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
  [reads, failures] = [0, []];
  catchUp = new CatchUp({
    clock,
    store: counting(store),
    failed: (error) => failures.push(error),
  });
  await say('a', 'b', 'c', 'd');
});

/** The reads that a herd could make. */
function counting(from: MemoryStore): CatchUpParts['store'] {
  const once = <Answer>(answer: Promise<Answer>) => {
    reads += 1;
    return answer;
  };
  return {
    read: (...asked) => once(from.read(...asked)),
    page: (...asked) => once(from.page(...asked)),
    heads: (...asked) => from.heads(...asked),
    here: (...asked) => once(from.here(...asked)),
    people: (...asked) => once(from.people(...asked)),
    room: (...asked) => from.room(...asked),
  };
}

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

test('C10: nothing that was read ahead of what was delivered grows when the store goes back to between the two', async () => {
  await store.renewLease('n' as NodeId, 60_000, true);
  const arrive = () => store.append([{ kind: 'arrive', room, by: ada.id, node: 'n' as NodeId }]);
  const before = store.snapshot();
  await arrive();
  const kept = await Promise.all([
    catchUp.newest(room, 4),
    catchUp.since(room, 4, idOf.get(4)!, 4),
    catchUp.here(room, 4),
  ]);
  expect(kept[2].members).toHaveLength(1);
  store.rewindTo(before);
  await say('e', 'f');
  for (const entry of (await store.read(room, 4, 10)).entries) catchUp.delivered(room, [entry]);
  expect((await catchUp.newest(room, 6)).entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await since(4, 6)).toEqual([5, 6]);
  expect((await catchUp.here(room, 6)).members).toEqual([]);
});

test('a read that failed is nobody else’s', async () => {
  let isAway = true;
  const read = async () => (isAway ? Promise.reject(new Error('away')) : store.read(room, 0, 500));
  const frail = new CatchUp({
    clock,
    store: { ...counting(store), read },
    failed: (error) => failures.push(error),
  });
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

describe('a room in which much is said', () => {
  /** Everything in the log behind `after`, delivered as the cursor does. */
  async function deliver(after: number): Promise<void> {
    catchUp.delivered(room, (await store.read(room, after, 500)).entries);
  }
  const texts = async (told: number) =>
    (await catchUp.newest(room, told)).entries.map((entry) => (entry.kind === 'message' ? entry.text : ''));

  test('costs whoever comes back no read as long as what is said is delivered', async () => {
    await since(1, 4);
    await catchUp.newest(room, 4);
    for (let seq = 5; seq <= 30; seq += 1) {
      await say(String(seq));
      await deliver(seq - 1);
      const { entries, head } = await catchUp.since(room, 2, idOf.get(2)!, seq);
      expect([entries.length, head.id]).toEqual([seq - 2, idOf.get(seq)]);
      expect(entries).toEqual((await store.read(room, 2, 500)).entries);
      expect(await catchUp.newest(room, seq)).toEqual(await store.page(room, undefined, PAGE_ENTRIES));
    }
    expect(reads).toBe(2);
  });

  test('keeps no more of it than one reply has room for (R7)', async () => {
    await since(4, 4);
    await catchUp.newest(room, 4);
    for (let seq = 5; seq <= 60; seq += 1) {
      await say(`${seq} ${'語'.repeat(3_900)}`);
      await deliver(seq - 1);
    }
    const { entries, head } = await catchUp.since(room, 4, idOf.get(4)!, 60);
    expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThanOrEqual(REPLY_MAX_BYTES);
    // What is missing is asked for next: the answer says that there is more.
    expect([entries[0]?.seq, head.seq]).toEqual([5, 60]);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => 5 + i));
    const page = await catchUp.newest(room, 60);
    expect(Buffer.byteLength(JSON.stringify(page.entries))).toBeLessThanOrEqual(REPLY_MAX_BYTES);
    expect([page.entries.at(-1)?.seq, page.atStart]).toEqual([60, false]);
    expect(reads).toBe(2);
  });

  test('L7: gives nobody what was deleted meanwhile', async () => {
    await since(1, 4);
    expect(await texts(4)).toContain('d');
    await store.append([{ kind: 'delete', room, by: ada.id, clientId: 'x' as ClientId, target: 4 }]);
    await deliver(4);
    expect(await texts(5)).not.toContain('d');
    const { entries } = await catchUp.since(room, 1, idOf.get(1)!, 5);
    expect(entries.find(({ seq }) => seq === 4)).toMatchObject({ text: '', deleted: true });
    expect(reads).toBe(4);
  });

  test('C9: is read anew where what is delivered does not follow what was read', async () => {
    await since(1, 4);
    await say('e', 'f');
    await deliver(5);
    expect(await since(1, 4)).toEqual([2, 3, 4, 5, 6]);
  });
});

test('of a thousand whom a kept answer does not fit one reads', async () => {
  await since(2, 4);
  await say('e');
  const all = await Promise.all(Array.from({ length: 1_000 }, () => since(2, 5)));
  expect(all.every((seqs) => seqs.join() === '3,4,5')).toBe(true);
  expect(reads).toBe(2);
});

test('an answer that the store cut short is shared by those who begin within it, and by nobody behind it', async () => {
  await say(...Array.from({ length: 60 }, (_, i) => `${i} ${'語'.repeat(3_900)}`));
  const first = await catchUp.since(room, 4, idOf.get(4)!, 64);
  const last = first.entries.at(-1)!.seq;
  expect(last).toBeLessThan(64);
  expect((await catchUp.since(room, 4, idOf.get(4)!, 64)).entries).toEqual(first.entries);
  expect((await since(6, 64)).at(0)).toBe(7);
  expect(reads).toBe(1);
  expect((await since(last, 64)).at(0)).toBe(last + 1);
  expect(reads).toBe(2);
});

describe('who is here', () => {
  const arrive = async (member: Member, node = 'n' as NodeId) => {
    await store.renewLease(node, 60_000, true);
    return store.append([{ kind: 'arrive', room, by: member.id, node }]);
  };
  const names = async (head: number) => (await catchUp.here(room, head)).members.map(({ name }) => name);

  test('is read once for a herd, also while others talk', async () => {
    await arrive(ada);
    await Promise.all(Array.from({ length: 100 }, () => catchUp.here(room, 5)));
    await say('e');
    catchUp.delivered(room, (await store.read(room, 5, 10)).entries);
    expect(await names(6)).toEqual(['Ada']);
    expect(reads).toBe(1);
  });

  test('P1: is read anew once somebody came', async () => {
    expect(await names(4)).toEqual([]);
    await arrive(ada);
    catchUp.delivered(room, (await store.read(room, 4, 10)).entries);
    expect(await names(5)).toEqual(['Ada']);
  });

  test('is read anew for whoever has heard of more than was read', async () => {
    expect(await names(4)).toEqual([]);
    await arrive(ada);
    expect(await names(5)).toEqual(['Ada']);
  });

  test('P9: a page of the list is read once for all who ask for it', async () => {
    await arrive(ada);
    const pages = await Promise.all(Array.from({ length: 1_000 }, () => catchUp.people(room, undefined)));
    expect(pages.every(({ members, count }) => members[0]?.name === 'Ada' && count === 1)).toBe(true);
    expect(reads).toBe(1);
  });
});
