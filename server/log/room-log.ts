// The log of every room as this node knows it: adding to it, following it, catching up with it, and who is here.
import type { Entry } from '../../protocol/entries.ts';
import type { EntryId, MemberId, NodeId, RoomId, Seq, SessionId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/signals.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock, Random } from '../clock.ts';
import {
  type Outcome,
  type Page,
  type People,
  type Since,
  type Store,
  StorageFull,
  StoreUnavailable,
  type Write,
} from '../store/store.ts';
import type { Failed } from '../surprises.ts';
import { Batches } from './batches.ts';
import { CatchUp, type Here } from './catch-up.ts';
import { Cursors } from './cursors.ts';
import { encodeSignal } from './hint.ts';
import { Presence, type PresenceTimes } from './presence.ts';
import type { Tally } from './room-tally.ts';

/** The connections of this node, seen from the log. */
export interface Audience {
  /** Entries follow each other without a hole over all calls for a room. */
  deliver(room: RoomId, entries: readonly Entry[]): void;
  /** To all in the room but those of the member it tells of, where it tells of one; `to`: to those of one session, wherever they are. */
  signal(room: RoomId, signal: Signal, to?: SessionId): void;
  /** T5: to those that watch the room and are not in it. */
  news(room: RoomId, tally: Tally): void;
  /** What the room's connections were shown is another history, or lacks something: they are to be closed, with jitter. */
  rewound(room: RoomId): void;
}

export interface RoomLogParts {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly random: Random;
  readonly newNodeId: () => NodeId;
  readonly audience: Audience;
  readonly times?: PresenceTimes | undefined;
  /** Is told of what it goes on without. */
  readonly failed: Failed;
}

export class RoomLog {
  readonly #parts: RoomLogParts;
  readonly #batches: Batches;
  readonly #cursors: Cursors;
  readonly #catchUp: CatchUp;
  readonly #presence: Presence;

  constructor(parts: RoomLogParts) {
    const { store, clock, audience } = parts;
    // That the store is away or full for now is foreseen: whatever needs it asks again.
    const failed: Failed = (error) => {
      if (!(error instanceof StoreUnavailable || error instanceof StorageFull)) parts.failed(error);
    };
    this.#parts = parts;
    this.#batches = new Batches({
      store,
      clock,
      committed: (writes, outcomes) => this.#committed(writes, outcomes),
      failed,
    });
    this.#catchUp = new CatchUp({ ...parts, failed });
    this.#presence = new Presence({ ...parts, failed, add: (writes) => this.#batches.add(writes) });
    this.#cursors = new Cursors({
      ...parts,
      failed,
      node: () => this.#presence.node,
      deliver: (room, entries) => {
        this.#catchUp.delivered(room, entries);
        audience.deliver(room, entries);
      },
      signalled: (room, signal, to) => audience.signal(room, signal, to),
      told: (room, tally) => audience.news(room, tally),
      rewound: (room) => {
        this.#startOver(room);
        this.#presence.startAnew().catch(failed);
      },
      undelivered: (room) => this.#startOver(room),
    });
  }

  /** Resolves when the node may say who is here, or the store could not be asked; it is asked again then. */
  async start(): Promise<void> {
    this.#cursors.start();
    await this.#presence.start();
  }

  /** Resolves when all that was added has been answered. Nothing may be added after it. */
  async stop(): Promise<void> {
    this.#presence.stop();
    await this.#batches.idle();
    this.#cursors.stop();
  }

  /** As Batches.add. */
  add(writes: readonly Write[]): Promise<readonly Outcome[]> {
    return this.#batches.add(writes);
  }

  /** As Audience.signal, and to the other nodes that follow the room. Nothing keeps it: it may be lost on the way. */
  signal(room: RoomId, signal: Signal, to?: SessionId): void {
    this.#parts.audience.signal(room, signal, to);
    this.#parts.bus.publish(room, encodeSignal(signal, to));
  }

  /** Writes that have not been taken into a batch yet. */
  get waitingItems(): number {
    return this.#batches.waitingItems;
  }

  /** As Cursors.enter: what comes after it reaches the audience. */
  enter(room: RoomId): Promise<void> {
    return this.#cursors.enter(room);
  }

  leave(room: RoomId): void {
    this.#cursors.leave(room);
  }

  /** As Cursors.watch: what is said there from then on is told as news. */
  watch(room: RoomId): Promise<void> {
    return this.#cursors.watch(room);
  }

  unwatch(room: RoomId): void {
    this.#cursors.unwatch(room);
  }

  /** For a connection that has entered and is subscribed. Throws StoreUnavailable. */
  since(room: RoomId, after: Seq, id: EntryId | ''): Promise<Since> {
    return this.#catchUp.since(room, after, id, this.#cursors.delivered(room));
  }

  newest(room: RoomId): Promise<Page> {
    return this.#catchUp.newest(room, this.#cursors.delivered(room));
  }

  /** The seq up to which this node's connections in the room have been told. */
  told(room: RoomId): Seq {
    return this.#cursors.delivered(room);
  }

  /** As CatchUp.here and .people. */
  here(room: RoomId, head: Seq): Promise<Here> {
    return this.#catchUp.here(room, head);
  }

  people(room: RoomId, after: MemberId | undefined): Promise<People & { readonly count: number }> {
    return this.#catchUp.people(room, after);
  }

  /** As Presence.came, .went and .left. */
  came(room: RoomId, member: MemberId): Promise<void> {
    return this.#presence.came(room, member);
  }

  went(member: MemberId, graceMs?: number): void {
    this.#presence.went(member, graceMs);
  }

  left(room: RoomId, member: MemberId): Promise<void> {
    return this.#presence.left(room, member);
  }

  /** C10: whoever is in the room comes back, and is told what the log says. */
  #startOver(room: RoomId): void {
    this.#catchUp.forget(room);
    this.#parts.audience.rewound(room);
  }

  #committed(writes: readonly Write[], outcomes: readonly Outcome[]): void {
    outcomes.forEach((outcome, i) => {
      const room = writes[i]?.room;
      if (outcome.result === 'untold' && room) this.#catchUp.counted(room, outcome.here);
    });
    this.#cursors.committed(writes, outcomes);
  }
}
