import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, MemberId, NodeId, RoomId, SessionId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { type Outcome, type Store, StoreUnavailable, type Write } from '../store/store.ts';
import { Batches } from './batches.ts';
import { Presence } from './presence.ts';

let clock: VirtualClock;
let store: MemoryStore;
let room: RoomId;
let ada: MemberId;
let writes: number;
let fault: 'none' | 'away' | 'no writes' | 'answer lost' | 'frozen' | 'new id unanswered';
/** Left out: all of them. */
/** What nobody foresaw. */
let failures: unknown[];
let suffers: string | undefined;

beforeEach(async () => {
  failures = [];
  clock = new VirtualClock();
  let ids = 0;
  store = new MemoryStore({ clock, newId: () => `id${++ids}` });
  room = (await store.openRoom('lobby' as Address, 'Lobby')).id;
  const claimed = await store.claim({ room, session: 's' as SessionId, name: 'Ada', key: 'ada', skeleton: 'ada' });
  if (!claimed.ok) throw new Error(claimed.code);
  ada = claimed.member.id;
  [writes, fault, suffers] = [0, 'none', undefined];
});

function note(_: readonly Write[], outcomes: readonly Outcome[]) {
  writes += outcomes.length;
}

/** What the room's log says of who came and went. */
async function notices(): Promise<string[]> {
  const { entries } = await store.read(room, 0, 500);
  return entries.flatMap((entry) => (entry.kind === 'notice' ? [`${entry.type} ${entry.here}`] : []));
}

function faultOf(name: string): typeof fault {
  return suffers === undefined || suffers === name ? fault : 'none';
}

function node(name: string): Presence {
  let nth = 0;
  const reached = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
    if (faultOf(name) === 'away') throw new StoreUnavailable();
    const given = await answer();
    if (faultOf(name) === 'answer lost') throw new StoreUnavailable();
    return given;
  };
  const written = async <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
    if (faultOf(name) === 'no writes') throw new StoreUnavailable();
    return reached(answer);
  };
  const frail: Pick<Store, 'append' | 'renewLease' | 'ghosts'> = {
    append: (some) => written(() => store.append(some)),
    ghosts: (ms) => reached(() => store.ghosts(ms)),
    renewLease: async (...asked) => {
      if (faultOf(name) === 'frozen') return new Promise(() => {});
      const runs = await written(() => store.renewLease(...asked));
      if (faultOf(name) === 'new id unanswered' && asked[2]) throw new StoreUnavailable();
      return runs;
    },
  };
  const failed = (error: unknown): void => void (error instanceof StoreUnavailable || failures.push(error));
  const batches = new Batches({ store: frail, clock, committed: note, failed });
  return new Presence({
    store: frail,
    clock,
    random: () => 0.5,
    newNodeId: () => `${name}${++nth}` as NodeId,
    add: (some) => batches.add(some),
    failed,
  });
}

async function started(name: string): Promise<Presence> {
  const presence = node(name);
  await presence.start();
  return presence;
}

describe('one node', () => {
  test('P1: further connections and repeated joins of a member say nothing, and ask the store nothing', async () => {
    const presence = await started('n');
    for (let i = 0; i < 3; i += 1) await presence.came(room, ada);
    presence.went(ada);
    presence.went(ada);
    await clock.advance(60_000);
    expect(await notices()).toEqual(['connect 1']);
    expect(writes).toBe(1);
  });

  test('P3: a closed tab is told after 10 s, and one that comes back before that never', async () => {
    const presence = await started('n');
    await presence.came(room, ada);
    presence.went(ada);
    await clock.advance(9_999);
    await presence.came(room, ada);
    await clock.advance(60_000);
    expect(await notices()).toEqual(['connect 1']);
    presence.went(ada);
    await clock.advance(10_001);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
  });

  test('P3: leaving counts for all connections of the member, and is told at once', async () => {
    const presence = await started('n');
    await presence.came(room, ada);
    await presence.came(room, ada);
    await presence.left(room, ada);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
    presence.went(ada);
    await presence.came(room, ada);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0', 'connect 1']);
  });

  test('P2: a coming and going while the store is away ends with what is so', async () => {
    const presence = await started('n');
    fault = 'away';
    void presence.came(room, ada);
    await clock.advance(2_000);
    presence.went(ada, 0);
    await clock.advance(2_000);
    void presence.came(room, ada);
    await clock.advance(2_000);
    fault = 'none';
    await clock.advance(10_000);
    expect(await notices()).toEqual(['connect 1']);
  });

  test('P2: an arrival whose answer was lost is taken back when the member has gone', async () => {
    const presence = await started('n');
    fault = 'answer lost';
    void presence.came(room, ada);
    await clock.advance(3_000);
    presence.went(ada, 0);
    fault = 'none';
    await clock.advance(20_000);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
    expect(await store.here(room)).toEqual([]);
  });
});

describe('a node that starts', () => {
  test('P5: says nothing of whoever is back within 25 s, however long there was none', async () => {
    const a = await started('a');
    await a.came(room, ada);
    a.stop();
    await clock.advance(3_600_000);
    const next = await started('b');
    await clock.advance(24_900);
    await next.came(room, ada);
    await clock.advance(120_000);
    expect(await notices()).toEqual(['connect 1']);
  });

  test('P5: tells of whoever is not', async () => {
    const a = await started('a');
    await a.came(room, ada);
    a.stop();
    await clock.advance(3_600_000);
    await started('b');
    await clock.advance(25_100);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
  });
});

describe('several nodes', () => {
  test('P2: moving from one to another says nothing', async () => {
    const [a, b] = [await started('a'), await started('b')];
    await a.came(room, ada);
    await b.came(room, ada);
    a.went(ada, 0);
    await clock.advance(60_000);
    expect(await notices()).toEqual(['connect 1']);
  });

  test('P4: the members of a dead one are told of by another, once, 10 s after its lease ran out', async () => {
    const [a] = [await started('a'), await started('b'), await started('c')];
    await a.came(room, ada);
    a.stop();
    await clock.advance(24_000);
    expect(await notices()).toEqual(['connect 1']);
    await clock.advance(12_000);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
  });

  test('P4: one that was frozen until its lease ran out takes a new id and says again who is here', async () => {
    const [a] = [await started('a'), await started('b')];
    await a.came(room, ada);
    const before = a.node;
    fault = 'away';
    await clock.advance(40_000);
    fault = 'none';
    await clock.advance(30_000);
    expect(a.node).not.toBe(before);
    expect((await store.here(room)).map((member) => member.id)).toEqual([ada]);
    expect((await notices()).at(-1) ?? 'connect 1').toBe('connect 1');
  });

  test('P4: a new id whose first lease went unanswered says again who is here, once it is answered', async () => {
    const a = await started('a');
    await a.came(room, ada);
    fault = 'away';
    await clock.advance(16_000);
    fault = 'new id unanswered';
    await clock.advance(2_000);
    fault = 'none';
    await clock.advance(60_000);
    expect((await store.here(room)).map((member) => member.id)).toEqual([ada]);
    expect(await notices()).toEqual(['connect 1']);
  });

  test('C10: after the store went back, a node says under a new id who is here, and who is not', async () => {
    const a = await started('a');
    const ben = await store.claim({ room, session: 's' as SessionId, name: 'Ben', key: 'ben', skeleton: 'ben' });
    if (!ben.ok) throw new Error(ben.code);
    await a.came(room, ben.member.id);
    const saved = store.snapshot();
    await a.left(room, ben.member.id);
    await a.came(room, ada);
    store.rewindTo(saved);
    await a.startAnew();
    await clock.advance(60_000);
    expect((await store.here(room)).map((member) => member.name)).toEqual(['Ada']);
    expect(await notices()).toEqual(['connect 1', 'connect 2', 'disconnect 1']);
  });

  test('P4: one whose lease ran out without its knowing writes nothing under the old id', async () => {
    const a = await started('a');
    clock.set(clock.now() + 60_000);
    await a.came(room, ada);
    await clock.advance(5_000);
    expect(a.node).toBe('a2');
    expect(await notices()).toEqual(['connect 1']);
    await started('b');
    await clock.advance(60_000);
    expect(await notices()).toEqual(['connect 1']);
  });

  test('P3: leaving right after a restart is told at once, whether its connection is back or not', async () => {
    const a = await started('a');
    await a.came(room, ada);
    a.stop();
    // As a store does that lets one server in at a time: it knows that the last one is dead.
    await clock.advance(15_001);
    const next = await started('b');
    await next.left(room, ada);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
    await next.came(room, ada);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0', 'connect 1']);
  });

  test('P5: a restart within the time of a lease says nothing', async () => {
    const a = await started('a');
    await a.came(room, ada);
    a.stop();
    a.went(ada);
    await clock.advance(5_000);
    const next = await started('b');
    await clock.advance(3_000);
    await next.came(room, ada);
    await clock.advance(120_000);
    expect(await notices()).toEqual(['connect 1']);
  });
});

describe('a store that takes no writes for longer than a lease, and then does', () => {
  // In the later ones a batch with all departures would be tried just then.
  test.each([
    { servers: 1, ms: 40_000 },
    { servers: 1, ms: 42_600 },
    { servers: 1, ms: 48_800 },
    { servers: 2, ms: 42_600 },
    { servers: 2, ms: 48_800 },
  ])('P5: nobody is told to have gone from one of $servers servers, after $ms ms', async ({ servers, ms }) => {
    const [a] = await Promise.all(['a', 'b'].slice(0, servers).map(started));
    await a?.came(room, ada);
    fault = 'no writes';
    await clock.advance(ms);
    fault = 'none';
    await clock.advance(60_000);
    expect(await notices()).toEqual(['connect 1']);
    expect((await store.here(room)).map((member) => member.id)).toEqual([ada]);
    expect(await store.ghosts(0)).toEqual([]);
  });

  test('P5: one that has its lease again before the others gives them 10 s', async () => {
    const [a] = [await started('a'), await started('b')];
    await a.came(room, ada);
    fault = 'no writes';
    await clock.advance(40_000);
    suffers = 'a';
    await clock.advance(7_000);
    fault = 'none';
    await clock.advance(60_000);
    expect(await notices()).toEqual(['connect 1']);
  });

  test('P4: whom one left behind that died meanwhile is told of once, when the others had 10 s', async () => {
    const [a] = [await started('a'), await started('b'), await started('c')];
    await a.came(room, ada);
    fault = 'no writes';
    await clock.advance(20_000);
    a.stop();
    await clock.advance(20_000);
    fault = 'none';
    await clock.advance(10_000);
    expect(await notices()).toEqual(['connect 1']);
    await clock.advance(10_000);
    expect(await notices()).toEqual(['connect 1', 'disconnect 0']);
  });
});

test('a store that never answers a renewal is not asked twice at a time', async () => {
  const presence = await started('n');
  fault = 'frozen';
  await clock.advance(10_000);
  await Promise.all([presence.came(room, ada), clock.advance(1_000)]);
  expect(await notices()).toEqual(['connect 1']);
});
