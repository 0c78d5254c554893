import { beforeEach, expect, test } from 'vitest';
import type { Address, ClientId, MemberId, NodeId, RoomId, SessionId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { LocalBus } from '../bus/local-bus.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { StorageFull, StoreUnavailable } from '../store/store.ts';
import { type Audience, RoomLog } from './room-log.ts';

const surprise = new TypeError('x');
const fail = (): never => {
  throw surprise;
};

let clock: VirtualClock;
let store: MemoryStore;
let bus: LocalBus;
let log: RoomLog;
let room: RoomId;
let ada: MemberId;
let failures: unknown[];
let shown: number[];
let audience: { -readonly [Name in keyof Audience]: Audience[Name] };
let closed: number;

beforeEach(async () => {
  clock = new VirtualClock();
  let ids = 0;
  store = new MemoryStore({ clock, newId: () => `id${++ids}` });
  bus = new LocalBus();
  room = (await store.openRoom('lobby' as Address, 'Lobby')).id;
  const claimed = await store.claim({ room, session: 's' as SessionId, name: 'Ada', key: 'ada', skeleton: 'ada' });
  if (!claimed.ok) throw new Error(claimed.code);
  ada = claimed.member.id;
  [failures, shown, closed] = [[], [], 0];
  audience = {
    deliver: (_, entries) => void shown.push(...entries.map(({ seq }) => seq)),
    signal: () => undefined,
    news: () => undefined,
    rewound: () => void (closed += 1),
  };
  const newNodeId = () => `n${++ids}` as NodeId;
  const failed = (error: unknown): void => void failures.push(error);
  log = new RoomLog({ store, bus, clock, random: () => 0.5, newNodeId, audience, failed });
  await log.start();
  await log.enter(room);
});

const messageOf = (text: string) => ({ kind: 'message', room, by: ada, clientId: text as ClientId, text }) as const;
const say = async (text: string) => (await log.add([messageOf(text)]))[0]?.result;

/** Of one object alone, until it is given back. */
function failing(whole: object, name: string, how: () => unknown = fail): () => void {
  Reflect.set(whole, name, how);
  return () => Reflect.deleteProperty(whole, name);
}

test('C10: what could not be delivered is stored, and whoever may have missed it is to come back', async () => {
  const { deliver } = audience;
  audience.deliver = fail;
  expect(await say('a')).toBe('stored');
  expect(failures).toEqual([surprise]);
  expect(closed).toBe(1);
  audience.deliver = deliver;
  expect(await say('b')).toBe('stored');
  expect([shown, closed]).toEqual([[2], 1]);
});

test('C9: a digest that fails is told of, and the next one comes', async () => {
  const giveBack = failing(bus, 'announce');
  await clock.advance(2_000);
  giveBack();
  let digests = 0;
  failing(bus, 'announce', () => (digests += 1));
  await clock.advance(2_000);
  expect([failures, digests]).toEqual([[surprise], 1]);
});

test('C9: a check of heads that fails is told of, and the next one finds what it would have found', async () => {
  await store.append([messageOf('of another node')]);
  const giveBack = failing(store, 'heads');
  await clock.advance(10_000);
  giveBack();
  expect([failures, shown]).toEqual([[surprise], []]);
  await clock.advance(10_000);
  expect([failures, shown]).toEqual([[surprise], [1]]);
});

test('P4: a renewal that fails is told of, and the lease is asked for again before it runs out', async () => {
  const giveBack = failing(store, 'renewLease', () => Promise.reject(surprise));
  await clock.advance(3_100);
  giveBack();
  expect(failures).toEqual([surprise]);
  await clock.advance(60_000);
  await log.came(room, ada);
  expect((await store.read(room, 0, 10)).entries).toMatchObject([{ kind: 'notice', here: 1 }]);
});

test('P4: a round that fails to find the dead is told of, and the next one comes', async () => {
  const giveBack = failing(store, 'ghosts');
  await clock.advance(40_000);
  const before = failures.length;
  expect(before).toBeGreaterThan(1);
  giveBack();
  await clock.advance(40_000);
  expect(failures).toHaveLength(before);
});

test('T5: news that could not be told makes nobody come back who is in the room', async () => {
  await log.watch(room);
  audience.news = fail;
  expect(await say('a')).toBe('stored');
  expect([failures, shown, closed]).toEqual([[surprise], [1], 0]);
});

test('that the store is away, or full, is no surprise', async () => {
  for (const foreseen of [new StoreUnavailable(), new StorageFull()]) {
    failing(store, 'renewLease', () => Promise.reject(foreseen));
    failing(store, 'heads', () => Promise.reject(foreseen));
    await clock.advance(30_000);
  }
  expect(failures).toEqual([]);
});
