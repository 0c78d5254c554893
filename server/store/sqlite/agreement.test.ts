// Whatever is done, in whatever order, the two engines answer alike.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Address, ClientId, NodeId } from '../../../protocol/ids.ts';
import {
  arrive,
  DAY,
  depart,
  edit,
  HOUR,
  mention,
  message,
  pin,
  react,
  remove,
  rename,
  reply,
  TestClock,
  title,
  topic,
  unpin,
  unreact,
} from '../contract/scene.contract.ts';
import { SPOKEN } from '../../../protocol/spoken.contract.ts';
import { MemoryStore } from '../memory/memory-store.ts';
import { randomIds } from '../random-ids.ts';
import { KEYLESS, type Member, type Room, type Session, type Store, type Write } from '../store.ts';
import { openSqlite } from './open-sqlite.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const clock = new TestClock();
/** Both live through all runs: what an earlier one left is forgotten by both alike. */
const memory = new MemoryStore({ clock, newId: randomIds() });
let sqlite: Store;

beforeAll(async () => {
  sqlite = await openSqlite({ folder: temporaryFolder(), clock });
});
afterAll(async () => {
  await sqlite.close();
  removeFolders();
});

const TEXTS = ['one', 'two', ...Object.values(SPOKEN).map((texts) => texts[0])];
const FILTERS = [
  'has:mention',
  'has:reaction',
  'has:pin',
  'has:link',
  'from:ada',
  'from:bob one',
  'from:Ada has:reaction',
  'has:pin has:mention',
];
const EMOJI = ['👍', '👎', '🎉'];
const NAMES = ['Ada', 'Bob', 'Cyd'];

const small = fc.nat({ max: 7 });
const writeKind = fc.constantFrom(
  'message',
  'message',
  'reply',
  'mention',
  'edit',
  'editMentions',
  'delete',
  'react',
  'unreact',
  'pin',
  'unpin',
  'title',
  'topic',
  'rename',
  'arrive',
  'depart',
  'reap',
  'leave',
);
const writeOp = fc.record({
  kind: writeKind,
  who: small,
  target: fc.nat({ max: 9 }),
  pick: small,
  id: fc.option(small),
});
const op = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constant('append' as const),
      writes: fc.array(writeOp, { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('look' as const), who: small, seq: small, pick: small }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('claim' as const), who: small, pick: small }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constantFrom('release' as const, 'signOut' as const, 'signIn' as const),
      who: small,
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('open' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('direct' as const), who: small, pick: small }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constantFrom('markRead' as const, 'markUnread' as const), who: small, seq: small }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('lease' as const), node: small, isNew: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('time' as const),
      ms: fc.constantFrom(1_000, -30_000, -90_000, HOUR, 31 * DAY),
    }),
  },
);
type WriteOp = typeof writeOp extends fc.Arbitrary<infer Value> ? Value : never;
type Op = typeof op extends fc.Arbitrary<infer Value> ? Value : never;

/** One engine, and how it calls what it made: ids are random, so both are compared by the order in which they appear. */
class World {
  readonly store: Store;
  readonly #labels = new Map<string, string>();
  readonly #run: string;
  readonly rooms: Room[] = [];
  readonly sessions: Session[] = [];
  readonly members: Member[] = [];

  constructor(store: Store, run: string) {
    this.store = store;
    this.#run = run;
  }

  async begin(): Promise<void> {
    for (const n of [0, 1]) this.rooms.push(await this.open(String(n)));
    for (const n of [0, 1]) this.sessions.push(await this.store.openSession(`${this.#run} ${n}`));
    for (const [who, name] of [
      [0, 0],
      [1, 1],
      [2, 2],
      [5, 0],
    ] as const)
      await this.claim(who, name);
    for (const node of [0, 1]) await this.store.renewLease(this.node(node), HOUR, true);
  }

  open(name: string): Promise<Room> {
    return this.store.openRoom(`${this.#run} ${name}` as Address, `Room ${name}`);
  }

  node(n: number): NodeId {
    return `${this.#run} ${n % 3}` as NodeId;
  }

  async claim(who: number, pick: number): Promise<unknown> {
    const name = NAMES[pick % 3]!;
    const session = who % 3 === 2 ? KEYLESS : this.sessions[who % 3]!.id;
    const skeleton = pick > 5 ? 'ada' : name.toLowerCase();
    const at = who >> 2;
    // As whoever comes in does: it may have been forgotten.
    const { id: room } = (this.rooms[at] = await this.open(String(at)));
    const claimed = await this.store.claim({ room, session, name, key: name.toLowerCase(), skeleton });
    if (claimed.ok) this.members.push(claimed.member);
    return claimed;
  }

  /** Who is there may be asked for in turn, and writes there. */
  async openDirect(by: Member, pick: number): Promise<unknown> {
    const other = this.members[pick % this.members.length]!;
    const opened = await this.store.openDirect(by.id, other.id);
    if (opened.ok) {
      const own = await this.store.membersOf(by.session, opened.room.id);
      this.members.push(...own.filter(({ id }) => !this.members.some((member) => member.id === id)));
    }
    return [opened, await this.store.direct(other.id, by.id), await this.store.otherOf(by.id)];
  }

  write({ kind, who, target, pick, id }: WriteOp, fresh: ClientId): Write {
    const by = this.members[who % this.members.length]!;
    const clientId = id === null ? fresh : (`${this.#run} ${id}` as ClientId);
    const at = target > 7 ? (`${this.#run} ${pick}` as ClientId) : target;
    switch (kind) {
      case 'message':
        return message(by, TEXTS[(pick + target) % TEXTS.length]!, clientId);
      case 'reply':
        return reply(by, at, TEXTS[pick]!, clientId);
      case 'mention':
        return mention(by, this.some(pick), TEXTS[pick]!, clientId);
      case 'editMentions':
        return { ...edit(by, at, TEXTS[pick % 2]!, clientId), mentions: this.some(target).map((member) => member.id) };
      case 'edit':
        return edit(by, at, TEXTS[pick % 2]!, clientId);
      case 'delete':
        return remove(by, at, clientId);
      case 'react':
        return react(by, at, EMOJI[pick % 3]!, clientId);
      case 'unreact':
        return unreact(by, at, EMOJI[pick % 3]!, clientId);
      case 'pin':
        return pin(by, at, clientId);
      case 'unpin':
        return unpin(by, at, clientId);
      case 'title':
        return title(by, NAMES[pick % 3]!, clientId);
      case 'topic':
        return topic(by, pick > 5 ? '' : TEXTS[pick % 3]!, clientId);
      case 'rename':
        return rename(by, NAMES[pick % 3]!, NAMES[pick % 3]!.toLowerCase(), clientId);
      case 'arrive':
        return arrive(by, this.node(pick));
      case 'depart':
        return depart(by, this.node(pick));
      case 'reap':
        return { ...depart(by, this.node(pick)), reaper: this.node(pick + 1) };
      case 'leave':
        return { ...depart(by, this.node(pick)), withDead: true };
    }
  }

  /** Members of whatever room. */
  some(pick: number): Member[] {
    return this.members.filter((_, i) => (i + pick) % 3 === 0);
  }

  /** A plain value in which every id is replaced by the order of its first appearance. */
  plain(value: unknown): string {
    return JSON.stringify(value, (_, part: unknown) => {
      if (part instanceof Map) return [...part];
      return typeof part === 'string' && /^~?[a-z2-7]{26}$/.test(part) ? this.#label(part) : part;
    });
  }

  async look(who: number, seq: number, pick: number): Promise<unknown> {
    const { store } = this;
    const room = this.rooms[who % 2]!.id;
    const member = this.members[who % this.members.length]!.id;
    const rooms = this.rooms.map(({ id }) => id);
    const ghosts = (await store.ghosts(1_000)).filter(({ node }) => node.startsWith(this.#run));
    return [
      await store.read(room, seq, 4),
      await store.page(room, pick > 5 ? undefined : seq + pick, 3),
      await store.messages(room, [seq, pick, seq + pick]),
      await store.heads(rooms),
      await store.known(
        room,
        [0, 1, 2].map((n) => `${this.#run} ${n}` as ClientId),
      ),
      await store.search(
        rooms,
        Array.from(TEXTS[pick]!)
          .slice(0, 3 + seq)
          .join(''),
        3,
        pick > 3 ? undefined : { room, seq },
      ),
      await store.search(rooms, FILTERS[pick]!, 3, seq > 3 ? undefined : { room: this.rooms[0]!.id, seq: pick }),
      await store.room(this.rooms[who % 2]!.address),
      await store.around(room, { seq: seq + pick }, 1 + (pick % 4)),
      await store.around(room, { time: clock.now() - pick * 500_000 }, 3),
      await store.pins(room),
      await store.earlier(room, seq + pick),
      await store.mentions(this.members, 3, pick > 3 ? undefined : { room, seq }),
      await store.mentions(this.some(pick), 3),
      [await store.member(member), await store.firstUnread(member), await store.here(room, 3)],
      [await store.people(room, pick > 3 ? undefined : member, 2)],
      [await store.session(`${this.#run} ${who % 2}`), await store.rooms(this.sessions[who % 2]!.id)],
      await store.membersOf(this.sessions[who % 2]!.id, room),
      ghosts.map((ghost) => this.plain(ghost)).toSorted(),
    ];
  }

  #label(id: string): string {
    const label = this.#labels.get(id) ?? `#${this.#labels.size}`;
    this.#labels.set(id, label);
    return label;
  }
}

async function perform(world: World, step: Op, run: string, n: number): Promise<unknown> {
  const { store } = world;
  const member = 'who' in step ? world.members[step.who % world.members.length]! : undefined;
  switch (step.op) {
    case 'append':
      return store.append(step.writes.map((write, i) => world.write(write, `${run} ${n}.${i}` as ClientId)));
    case 'look':
      return world.look(step.who, step.seq, step.pick);
    case 'open':
      return [await world.open(`new ${n}`), await world.open(`new ${n} too`)];
    case 'direct':
      return world.openDirect(member!, step.pick);
    case 'claim':
      return world.claim(step.who, step.pick);
    case 'release':
      return store.release(member!.id);
    case 'signOut':
      return store.endSession(world.sessions[step.who % 2]!.id);
    case 'signIn':
      world.sessions[step.who % 2] = await store.openSession(`${run} ${step.who % 2}`, {
        replaces: world.sessions[step.who % 2]!.device,
      });
      return world.sessions[step.who % 2];
    case 'markRead':
      return store.markRead(member!.id, step.seq);
    case 'markUnread':
      return store.markUnread(member!.id, step.seq + 1);
    case 'lease':
      return store.renewLease(world.node(step.node), HOUR, step.isNew);
    case 'time':
      return undefined;
  }
}

// Sixty runs of some forty steps on a real disk: on a busy machine that is more than the usual time.
test('memory and SQLite give the same outcomes, readings and pages', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 40 }), async (ops) => {
      const run = randomUUID();
      const worlds = [new World(memory, run), new World(sqlite, run)] as const;
      for (const world of worlds) await world.begin();
      const steps: Op[] = [...ops, { op: 'look', who: 0, seq: 0, pick: 7 }, { op: 'look', who: 1, seq: 0, pick: 7 }];
      for (const [n, step] of steps.entries()) {
        if (step.op === 'time') clock.move(step.ms);
        const [kept, disk] = [await perform(worlds[0], step, run, n), await perform(worlds[1], step, run, n)];
        expect(worlds[1].plain(disk), JSON.stringify(step)).toBe(worlds[0].plain(kept));
      }
    }),
    { numRuns: 60 },
  );
});
