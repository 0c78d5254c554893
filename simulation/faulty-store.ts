// The one store, as a node reaches it: late, now and then not at all, and sometimes without hearing what became of it.
import type { MemoryStore } from '../server/store/memory/memory-store.ts';
import {
  type Outcome,
  type Presence,
  StorageFull,
  type Store,
  StoreUnavailable,
  Unstorable,
  type Write,
} from '../server/store/store.ts';
import type { Dice } from './dice.ts';
import type { Host } from './host.ts';
import type { Ledger } from './ledger.ts';
import { SLOW_MS, type Weather } from './weather.ts';

/** A text that no engine takes, as a broken row of a batch. */
export const POISON = 'poison';
/** How long one waits before one knows that a store is away. */
const AWAY_AFTER_MS = 400;

/** Of the disk below the store; reads go on whatever it says. */
export type Disk = 'well' | 'full' | 'failing';

export type AppendFate = 'as it is' | 'fails' | 'rolled back' | 'answer is lost' | 'no space';

export interface FaultyStoreParts {
  readonly store: MemoryStore;
  readonly host: Host;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly ledger: Ledger;
  readonly disk: () => Disk;
  /** Somebody was told of as gone, in the place of a server that is taken for dead. */
  readonly reaped: (write: Presence) => Promise<void>;
}

export class FaultyStore implements Store {
  readonly #parts: FaultyStoreParts;
  readonly #store: MemoryStore;
  /** Why it cannot be reached just now. */
  readonly #reasons = new Set<object>();
  #backSince = -Infinity;

  constructor(parts: FaultyStoreParts) {
    this.#parts = parts;
    this.#store = parts.store;
  }

  /** For scripted cases: what becomes of the next appends, of the next new lease, and what is read but not answered. */
  readonly script: {
    appends: AppendFate[];
    isNewLeaseUnanswered: boolean;
    isLeaseAway: boolean;
    pageAnswers: Promise<void> | undefined;
    headAnswers: Promise<void> | undefined;
  } = {
    appends: [],
    isNewLeaseUnanswered: false,
    isLeaseAway: false,
    pageAnswers: undefined,
    headAnswers: undefined,
  };

  /** Takes it away, until what is returned is called or everything is mended. */
  takeAway(): () => void {
    const reason = {};
    this.#reasons.add(reason);
    return () => {
      if (this.#reasons.delete(reason)) this.#backSince = this.#parts.host.world.now();
    };
  }

  mend(): void {
    if (this.#reasons.size > 0) this.#backSince = this.#parts.host.world.now();
    this.#reasons.clear();
  }

  /** Since when this node can reach it, as all others do; never while it cannot. */
  get wellSince(): number {
    return this.#reasons.size > 0 ? Infinity : this.#backSince;
  }

  append(writes: readonly Write[]): Promise<readonly Outcome[]> {
    const { dice, weather, host } = this.#parts;
    if (this.#reasons.size > 0) return this.#unreachable();
    const fate = this.script.appends.shift();
    const fails = dice.chance(weather.appendFails) || fate === 'fails';
    const answerIsLost = dice.chance(weather.appendAnswerLost) || fate === 'answer is lost';
    const commit = async () => {
      if (fails) throw new StoreUnavailable('The connection to the store was lost.');
      if (fate === 'rolled back') return this.#rollBack(writes);
      if (fate === 'no space') throw new StorageFull('There is no space.');
      const outcomes = await this.#commit(writes);
      if (answerIsLost) throw new StoreUnavailable('The connection to the store was lost.');
      return outcomes;
    };
    return host.ask(this.#latency(), commit, this.#latency());
  }

  /** All of it was decided, and then the transaction could not be committed. */
  async #rollBack(writes: readonly Write[]): Promise<never> {
    const before = this.#store.snapshot();
    await this.#store.append(writes);
    this.#store.rewindTo(before);
    throw new StoreUnavailable('The transaction was rolled back.');
  }

  async #commit(writes: readonly Write[]): Promise<readonly Outcome[]> {
    const { store, ledger, reaped } = this.#parts;
    this.#requireDisk();
    if (writes.some((write) => 'text' in write && write.text.includes(POISON)))
      throw new Unstorable('A row cannot be stored.');
    const outcomes = await store.append(writes);
    ledger.committed(writes, outcomes);
    for (const [i, write] of writes.entries()) {
      const result = outcomes[i]?.result;
      if (write.kind === 'depart') {
        if (write.reaper && (result === 'stored' || result === 'untold')) await reaped(write);
        continue;
      }
      if (result !== 'stored' || (await store.member(write.by))) continue;
      ledger.broke('L5', `${write.kind} of ${write.by}, who was a member no more, was stored`);
    }
    return outcomes;
  }

  #requireDisk(): void {
    const disk = this.#parts.disk();
    if (disk === 'full') throw new StorageFull('There is no space.');
    if (disk === 'failing') throw new StoreUnavailable('The disk takes no writes.');
  }

  read: Store['read'] = (...asked) => this.#ask(() => this.#store.read(...asked));
  page: Store['page'] = (...asked) =>
    this.#ask(() => this.#store.page(...asked)).then((page) => this.#when(page, this.script.pageAnswers));
  around: Store['around'] = (...asked) => this.#ask(() => this.#store.around(...asked));
  messages: Store['messages'] = (...asked) => this.#ask(() => this.#store.messages(...asked));
  pins: Store['pins'] = (...asked) => this.#ask(() => this.#store.pins(...asked));
  earlier: Store['earlier'] = (...asked) => this.#ask(() => this.#store.earlier(...asked));
  heads: Store['heads'] = (...asked) =>
    this.#ask(() => this.#store.heads(...asked)).then((heads) => this.#when(heads, this.script.headAnswers));
  known: Store['known'] = (...asked) => this.#ask(() => this.#store.known(...asked));
  search: Store['search'] = (...asked) => this.#ask(() => this.#store.search(...asked));
  mentions: Store['mentions'] = (...asked) => this.#ask(() => this.#store.mentions(...asked));
  room: Store['room'] = (...asked) => this.#ask(() => this.#store.room(...asked));
  openRoom: Store['openRoom'] = (...asked) => this.#ask(() => this.#store.openRoom(...asked));
  direct: Store['direct'] = (...asked) => this.#ask(() => this.#store.direct(...asked));
  openDirect: Store['openDirect'] = (...asked) => this.#ask(() => this.#store.openDirect(...asked));
  otherOf: Store['otherOf'] = (...asked) => this.#ask(() => this.#store.otherOf(...asked));
  claim: Store['claim'] = (...asked) => this.#ask(() => this.#store.claim(...asked));
  member: Store['member'] = (...asked) => this.#ask(() => this.#store.member(...asked));
  membersOf: Store['membersOf'] = (...asked) => this.#ask(() => this.#store.membersOf(...asked));
  memberships: Store['memberships'] = (...asked) => this.#ask(() => this.#store.memberships(...asked));
  release: Store['release'] = (...asked) => this.#ask(() => this.#store.release(...asked));
  markRead: Store['markRead'] = (...asked) => this.#ask(() => this.#store.markRead(...asked));
  markUnread: Store['markUnread'] = (...asked) => this.#ask(() => this.#store.markUnread(...asked));
  firstUnread: Store['firstUnread'] = (...asked) => this.#ask(() => this.#store.firstUnread(...asked));
  rooms: Store['rooms'] = (...asked) => this.#ask(() => this.#store.rooms(...asked));
  session: Store['session'] = (...asked) => this.#ask(() => this.#store.session(...asked));
  openSession: Store['openSession'] = (...asked) => this.#ask(() => this.#store.openSession(...asked));
  rememberRoom: Store['rememberRoom'] = (...asked) => this.#ask(() => this.#store.rememberRoom(...asked));
  endSession: Store['endSession'] = (...asked) => this.#ask(() => this.#store.endSession(...asked));
  readonly devices: Store['devices'] = {
    of: (...asked) => this.#ask(() => this.#store.devices.of(...asked)),
    end: (...asked) => this.#ask(() => this.#store.devices.end(...asked)),
    endOthers: (...asked) => this.#ask(() => this.#store.devices.endOthers(...asked)),
    openCode: (...asked) => this.#ask(() => this.#store.devices.openCode(...asked)),
    comeAlong: (...asked) => this.#ask(() => this.#store.devices.comeAlong(...asked)),
  };
  here: Store['here'] = (...asked) => this.#ask(() => this.#store.here(...asked));
  people: Store['people'] = (...asked) => this.#ask(() => this.#store.people(...asked));
  renewLease: Store['renewLease'] = (node, ms, isNew) => {
    if (this.script.isLeaseAway) return this.#unreachable();
    const isUnanswered = isNew && this.script.isNewLeaseUnanswered;
    if (isUnanswered) this.script.isNewLeaseUnanswered = false;
    const lost = isUnanswered ? 1 : this.#parts.weather.leaseAnswerLost;
    const renew = async () => {
      this.#requireDisk();
      return this.#store.renewLease(node, ms, isNew);
    };
    return this.#ask(renew, lost);
  };
  ghosts: Store['ghosts'] = (...asked) => this.#ask(() => this.#store.ghosts(...asked));

  problem(): string | undefined {
    return this.#store.problem();
  }

  async close(): Promise<void> {}

  #ask<Answer>(act: () => Promise<Answer>, lost = 0): Promise<Answer> {
    const { dice, weather, host } = this.#parts;
    if (this.#reasons.size > 0) return this.#unreachable();
    const fails = dice.chance(weather.readFails);
    const answerIsLost = dice.chance(lost);
    const ask = async () => {
      if (fails) throw new StoreUnavailable('The connection to the store was lost.');
      const answer = await act();
      if (answerIsLost) throw new StoreUnavailable('The connection to the store was lost.');
      return answer;
    };
    return host.ask(this.#latency(), ask, this.#latency());
  }

  async #when<Answer>(answer: Answer, time: Promise<void> | undefined): Promise<Answer> {
    await time;
    return answer;
  }

  #unreachable(): Promise<never> {
    const { host, dice } = this.#parts;
    return host.ask(
      0,
      () => Promise.reject(new StoreUnavailable('The store cannot be reached.')),
      1 + dice.below(AWAY_AFTER_MS),
    );
  }

  #latency(): number {
    const { dice, weather } = this.#parts;
    return 1 + dice.below(3) + (dice.chance(weather.storeSlow) ? dice.below(SLOW_MS) : 0);
  }
}
