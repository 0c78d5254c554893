import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, ClientId, MemberId, NodeId, RoomId, SessionId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import type { Bus, BusListener } from '../bus/bus.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import { Cursors } from './cursors.ts';
import { encodeSignal } from './hint.ts';

let clock: VirtualClock;
let store: MemoryStore;
let room: RoomId;
let ada: MemberId;
let headsAsked: number;
let isAway: boolean;
const nodes: { bus: WireBus; cursors: Cursors; shown: number[]; signals: string[]; rewinds: number }[] = [];

/** Between the nodes of one test. Hints can be cut, digests silenced. */
class WireBus implements Bus {
  listener: BusListener | undefined;
  rooms = new Set<RoomId>();
  isCut = false;
  #others = () => nodes.map(({ bus }) => bus).filter((bus) => bus !== this && !bus.isCut && !this.isCut);
  publish(to: RoomId, hint: Uint8Array): void {
    for (const bus of this.#others()) if (bus.rooms.has(to)) bus.listener?.hint(to, hint);
  }
  announce(digest: Uint8Array): void {
    if (!this.isCut) this.listener?.digest(digest);
    for (const bus of this.#others()) bus.listener?.digest(digest);
  }
  async subscribe(to: RoomId): Promise<void> {
    this.rooms.add(to);
  }
  async unsubscribe(to: RoomId): Promise<void> {
    this.rooms.delete(to);
  }
  listen(listener: BusListener): void {
    this.listener = listener;
  }
  async close(): Promise<void> {}
}

function addNode() {
  const bus = new WireBus();
  const name = `n${nodes.length}` as NodeId;
  const node = { bus, shown: [] as number[], signals: [] as string[], rewinds: 0 };
  const heads: Store['heads'] = (rooms) => {
    headsAsked += 1;
    return isAway ? Promise.reject(new Error('away')) : store.heads(rooms);
  };
  const cursors = new Cursors({
    bus,
    clock,
    random: () => 0.5,
    node: () => name,
    store: { heads, read: (...asked) => store.read(...asked) },
    deliver: (_, entries) => node.shown.push(...entries.map((entry) => entry.seq)),
    signalled: (_, signal, to) =>
      node.signals.push(signal.kind === 'typing' ? `${signal.by.name} typing` : JSON.stringify({ ...signal, to })),
    told: (_, tally) => node.signals.push(`${tally.messages} said`),
    rewound: () => (node.rewinds += 1),
    undelivered: () => undefined,
    failed: () => undefined,
  });
  cursors.start();
  const whole = Object.assign(node, { cursors });
  nodes.push(whole);
  return whole;
}

let said = 0;
async function say(by: Cursors, clientId = `c${++said}`) {
  const writes = [{ kind: 'message', room, by: ada, clientId: clientId as ClientId, text: 'x' }] as const;
  by.committed(writes, await store.append(writes));
}

beforeEach(async () => {
  clock = new VirtualClock();
  nodes.length = 0;
  [headsAsked, isAway] = [0, false];
  let ids = 0;
  store = new MemoryStore({ clock, newId: () => `id${++ids}` });
  room = (await store.openRoom('lobby' as Address, 'Lobby')).id;
  const claimed = await store.claim({ room, session: 's' as SessionId, name: 'Ada', key: 'ada', skeleton: 'ada' });
  if (!claimed.ok) throw new Error(claimed.code);
  ada = claimed.member.id;
});

describe('C9: two nodes', () => {
  test('C9: show what either stores, at once', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.enter(room), b.cursors.enter(room)]);
    await say(a.cursors);
    await say(b.cursors);
    expect([a.shown, b.shown]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('find a lost last hint by the digest, within 2 s', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.enter(room), b.cursors.enter(room)]);
    b.bus.isCut = true;
    await say(a.cursors);
    b.bus.isCut = false;
    await clock.advance(2_100);
    expect(b.shown).toEqual([1]);
    expect(headsAsked).toBe(2);
  });

  test('find it without any bus by comparing heads: within 4 s, once the silence is noticed', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.enter(room), b.cursors.enter(room)]);
    b.bus.isCut = true;
    await clock.advance(5_000);
    await say(a.cursors);
    await clock.advance(1_100);
    expect(b.shown).toEqual([1]);
  });

  test('ask for all heads when the bus was away', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.enter(room), b.cursors.enter(room)]);
    b.bus.isCut = true;
    await say(a.cursors);
    b.bus.listener?.gap();
    await clock.advance(10);
    expect(b.shown).toEqual([1]);
  });

  test('are told by a duplicate what a node that died had stored', async () => {
    const b = addNode();
    await b.cursors.enter(room);
    await store.append([{ kind: 'message', room, by: ada, clientId: 'lost' as ClientId, text: 'x' }]);
    const a = addNode();
    await say(a.cursors, 'lost');
    await clock.advance(50);
    expect(b.shown).toEqual([1]);
  });

  test('take nothing from a stranger on the bus', async () => {
    const a = addNode();
    await a.cursors.enter(room);
    for (const text of ['', '{', 'null', '{"from":1}', '{"from":1,"to":3}', '[]']) {
      a.bus.listener?.hint(room, new TextEncoder().encode(text));
      a.bus.listener?.digest(new TextEncoder().encode(text));
    }
    await say(a.cursors);
    expect(a.shown).toEqual([1]);
  });
});

describe('T1: a signal', () => {
  const typing = encodeSignal({ room: 'lobby' as Address, kind: 'typing', by: { id: 'm1' as MemberId, name: 'Ada' } });

  test('T1: is passed on where the room is followed, and moves nothing', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.enter(room), b.cursors.enter(room)]);
    a.bus.publish(room, typing);
    expect([a.signals, b.signals]).toEqual([[], ['Ada typing']]);
    await say(a.cursors);
    expect(b.shown).toEqual([1]);
  });

  test('T4: for one session says so on other servers too', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.enter(room), b.cursors.enter(room)]);
    const read = { room: 'lobby' as Address, kind: 'read', seq: 7 } as const;
    a.bus.publish(room, encodeSignal(read, 's1' as SessionId));
    expect(b.signals).toEqual([JSON.stringify({ ...read, to: 's1' })]);
  });

  test('T1: is nothing to a node without connections there, and nothing when it is not one of ours', async () => {
    const a = addNode();
    a.bus.listener?.hint(room, typing);
    await a.cursors.enter(room);
    for (const signal of [
      null,
      'typing',
      { kind: 'typing' },
      { room: 'lobby', kind: 'shout', by: { id: '1', name: '' } },
    ]) {
      a.bus.listener?.hint(room, new TextEncoder().encode(JSON.stringify({ signal })));
    }
    expect(a.signals).toEqual([]);
  });
});

describe('T5: a room that is watched', () => {
  test('T5: is followed, and what is said there is told, from whichever server it comes', async () => {
    const [a, b] = [addNode(), addNode()];
    await Promise.all([a.cursors.watch(room), b.cursors.enter(room)]);
    await say(b.cursors);
    await say(a.cursors);
    expect([a.signals, b.signals]).toEqual([['1 said'], []]);
    await clock.advance(1_000);
    expect(a.signals).toEqual(['1 said', '1 said']);
  });

  test('T5: is told of nothing from before it was, and of nothing afterwards', async () => {
    const a = addNode();
    await a.cursors.enter(room);
    await say(a.cursors);
    await a.cursors.watch(room);
    await a.cursors.watch(room);
    a.cursors.unwatch(room);
    await say(a.cursors);
    await say(a.cursors);
    a.cursors.unwatch(room);
    await clock.advance(5_000);
    await say(a.cursors);
    await clock.advance(5_000);
    expect(a.signals).toEqual(['1 said']);
    expect(a.shown).toEqual([1, 2, 3, 4]);
  });

  test('T5: is forgotten a minute after nobody watches it and nobody is in it', async () => {
    const a = addNode();
    await a.cursors.watch(room);
    await a.cursors.enter(room);
    a.cursors.unwatch(room);
    await clock.advance(120_000);
    expect(a.bus.rooms.has(room)).toBe(true);
    a.cursors.leave(room);
    await clock.advance(60_001);
    expect(a.bus.rooms.has(room)).toBe(false);
  });

  test('many that are watched at once cost the store one question', async () => {
    const a = addNode();
    const rooms = [room];
    for (let i = 0; i < 50; i += 1) rooms.push((await store.openRoom(`room ${i}` as Address, '')).id);
    await Promise.all(rooms.map((one) => a.cursors.watch(one)));
    expect(headsAsked).toBe(1);
  });
});

describe('a room without connections here', () => {
  test('is forgotten after a minute, and not before', async () => {
    const a = addNode();
    await a.cursors.enter(room);
    await a.cursors.enter(room);
    a.cursors.leave(room);
    await clock.advance(120_000);
    expect(a.bus.rooms.has(room)).toBe(true);
    a.cursors.leave(room);
    await clock.advance(59_000);
    await a.cursors.enter(room);
    await clock.advance(60_000);
    expect(a.bus.rooms.has(room)).toBe(true);
    a.cursors.leave(room);
    await clock.advance(60_001);
    expect(a.bus.rooms.has(room)).toBe(false);
    expect(a.cursors.delivered(room)).toBe(0);
  });

  test('cannot be entered while the store is away, and can afterwards', async () => {
    const a = addNode();
    isAway = true;
    await expect(a.cursors.enter(room)).rejects.toThrow('away');
    isAway = false;
    await a.cursors.enter(room);
    await say(a.cursors);
    expect(a.shown).toEqual([1]);
  });
});

test('C10: a store that went back is noticed within seconds in every room', async () => {
  const before = store.snapshot();
  const a = addNode();
  await a.cursors.enter(room);
  await say(a.cursors);
  store.rewindTo(before);
  await clock.advance(13_000);
  expect(a.rewinds).toBe(1);
});

test('C10: a digest of the same seq with another id is looked into', async () => {
  const before = store.snapshot();
  const a = addNode();
  await a.cursors.enter(room);
  await say(a.cursors);
  store.rewindTo(before);
  await store.append([{ kind: 'message', room, by: ada, clientId: 'new' as ClientId, text: 'y' }]);
  const b = addNode();
  await b.cursors.enter(room);
  b.shown.length = 0;
  const digest = { node: 'n1', heads: [[room, 1, 'another']] };
  a.bus.listener?.digest(new TextEncoder().encode(JSON.stringify(digest)));
  await clock.advance(10);
  expect(a.rewinds).toBe(1);
});

test('nothing goes on after it was stopped', async () => {
  const a = addNode();
  await a.cursors.enter(room);
  a.cursors.stop();
  await clock.advance(60_000);
  expect(clock.waiting).toBe(0);
  expect(headsAsked).toBe(1);
});

describe('a room in which nobody is told who comes and goes', () => {
  const node = 'here' as NodeId;
  const counts = ({ signals }: { signals: string[] }) =>
    signals.map((signal) => (JSON.parse(signal) as { count: number }).count);

  /** Three here are a crowd. */
  async function crowd(): Promise<MemberId[]> {
    let ids = 0;
    store = new MemoryStore({ clock, newId: () => `id${++ids}`, crowd: { above: 2, below: 2 } });
    room = (await store.openRoom('lobby' as Address, 'Lobby')).id;
    await store.renewLease(node, 3_600_000, true);
    const members: MemberId[] = [];
    for (const name of ['ada', 'bob', 'cyd', 'dan']) {
      const claimed = await store.claim({ room, session: name as SessionId, name, key: name, skeleton: name });
      if (!claimed.ok) throw new Error(claimed.code);
      members.push(claimed.member.id);
    }
    return members;
  }
  async function writes(by: Cursors, kind: 'arrive' | 'depart', ...members: readonly MemberId[]) {
    const all = members.map((member) => ({ kind, room, by: member, node }) as const);
    by.committed(all, await store.append(all));
  }

  test('P8: tells its connections how many are here when that changes, and every 10 s', async () => {
    const [ada, bob, cyd, dan] = await crowd();
    const a = addNode();
    await a.cursors.enter(room);
    await writes(a.cursors, 'arrive', ada!, bob!, cyd!);
    expect(a.shown).toEqual([1, 2, 3]);
    await writes(a.cursors, 'arrive', dan!);
    expect(a.shown).toEqual([1, 2, 3]);
    await clock.advance(1_000);
    expect(counts(a)).toEqual([3, 4]);
    expect(JSON.parse(a.signals[0]!)).toEqual({ room: 'lobby', kind: 'here', count: 3 });
    await clock.advance(30_000);
    expect(counts(a)).toEqual([3, 4, 4, 4, 4]);
  });

  test('P8: a server that came later, and heard of no change, tells its own', async () => {
    const members = await crowd();
    const [a, b] = [addNode(), addNode()];
    await a.cursors.enter(room);
    await writes(a.cursors, 'arrive', ...members);
    await b.cursors.enter(room);
    await clock.advance(10_500);
    expect(counts(b)).toEqual([4]);
    await writes(a.cursors, 'depart', members[0]!);
    await clock.advance(10_000);
    expect(counts(b)).toEqual([4, 3]);
  });

  test('P8: is silent once everybody is told again', async () => {
    const [ada, bob, cyd] = await crowd();
    const a = addNode();
    await a.cursors.enter(room);
    await writes(a.cursors, 'arrive', ada!, bob!, cyd!);
    await writes(a.cursors, 'depart', ada!);
    await writes(a.cursors, 'depart', bob!);
    expect(a.shown).toEqual([1, 2, 3, 4]);
    await clock.advance(30_000);
    expect(counts(a)).toEqual([3]);
  });
});

test('C9: a store that says late where a room stands makes a node keep little of what happens meanwhile', async () => {
  const a = addNode();
  const heads = await store.heads([room]);
  let answer: ((found: typeof heads) => void) | undefined;
  store.heads = () => new Promise((resolve) => (answer = resolve));
  const read: Store['read'] = store.read.bind(store);
  let reads = 0;
  store.read = (...asked) => {
    reads += 1;
    return read(...asked);
  };
  const entered = a.cursors.enter(room);
  await clock.settle();
  for (let i = 0; i < 300; i += 1) await say(a.cursors);
  answer?.(heads);
  await entered;
  await clock.advance(100);
  // What was not kept was read, once; all of it came, once each and in order.
  expect(reads).toBe(1);
  expect(a.shown).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
});
