// The cursors of all rooms that have connections on this node, and what keeps them from falling behind unnoticed.
import type { Entry } from '../../protocol/entries.ts';
import type { NodeId, RoomId, Seq, SessionId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/signals.ts';
import type { Bus } from '../bus/bus.ts';
import type { Cancel, Random } from '../clock.ts';
import type { Outcome, Write } from '../store/store.ts';
import { attempt } from '../surprises.ts';
import { decodeDigest, decodeHint, decodeSignal, encodeDigest, encodeHint, type Hint } from './hint.ts';
import { HeadsTogether } from './heads-together.ts';
import { HereCount } from './here-count.ts';
import { type CursorParts, RoomCursor } from './room-cursor.ts';
import { RoomTally, type Tally } from './room-tally.ts';
import { Rounds } from './rounds.ts';

const DIGEST_EVERY_MS = 2_000;
/** A digest names the rooms in which something was delivered since the one before the last: each is said twice. */
const DIGEST_TELLS_OF_MS = 2 * DIGEST_EVERY_MS;
const CHECK_EVERY_MS = 10_000;
const CHECK_WHEN_SUSPECT_MS = 1_000;
/** A node that has not heard its own digest for so long does not hear the others either. */
const SILENT_AFTER_MS = 3_000;
/** Who leaves often comes back: a reload, a change of network. */
const FORGET_AFTER_MS = 60_000;
/** One statement's worth of rooms. */
const HEADS_AT_ONCE = 500;

export interface CursorsParts extends CursorParts {
  readonly bus: Bus;
  readonly random: Random;
  readonly node: () => NodeId;
  /** Another node has said so, or the store; `to`: to the connections of one session alone. */
  readonly signalled: (room: RoomId, signal: Signal, to?: SessionId) => void;
  /** To this node's connections that watch the room. */
  readonly told: (room: RoomId, tally: Tally) => void;
}

interface Followed {
  readonly cursor: RoomCursor;
  readonly count: HereCount;
  readonly started: Promise<void>;
  /** Connections that are in the room, and those that watch it. */
  connections: number;
  watchers: number;
  /** While there are watchers. */
  tally?: RoomTally | undefined;
  cancelForget?: Cancel | undefined;
}

export class Cursors {
  readonly #parts: CursorsParts;
  readonly #rooms = new Map<RoomId, Followed>();
  readonly #together: HeadsTogether;
  #heardOwnAt = 0;
  #isSuspect = false;
  #stopped = false;
  readonly #digests: Rounds;
  readonly #checks: Rounds;

  constructor(parts: CursorsParts) {
    this.#parts = parts;
    this.#together = new HeadsTogether(parts.store);
    this.#digests = new Rounds({ ...parts, run: () => this.#announce(), afterFailureMs: DIGEST_EVERY_MS });
    this.#checks = new Rounds({ ...parts, run: () => this.#checkAgain(), afterFailureMs: CHECK_WHEN_SUSPECT_MS });
  }

  start(): void {
    const { bus, clock, failed } = this.#parts;
    this.#heardOwnAt = clock.now();
    bus.listen({
      hint: (room, bytes) => this.#hinted(room, bytes),
      digest: (bytes) => this.#digested(bytes),
      gap: () => void this.#checkAll().catch(failed),
      suspect: () => this.#suspect(),
    });
    this.#digests.in(DIGEST_EVERY_MS);
    this.#checks.in(this.#untilNextCheck());
  }

  stop(): void {
    this.#stopped = true;
    this.#digests.stop();
    this.#checks.stop();
    for (const followed of this.#rooms.values()) this.#drop(followed);
  }

  /** One more connection is in the room: resolves once its cursor runs. Throws StoreUnavailable; then it does not count. */
  async enter(room: RoomId): Promise<void> {
    const followed = this.#rooms.get(room) ?? this.#follow(room);
    followed.connections += 1;
    followed.cancelForget?.();
    followed.cancelForget = undefined;
    try {
      await followed.started;
    } catch (error) {
      this.leave(room);
      throw error;
    }
  }

  /** One connection less. */
  leave(room: RoomId): void {
    const followed = this.#rooms.get(room);
    if (!followed) return;
    followed.connections -= 1;
    if (followed.connections > 0 || followed.cancelForget) return;
    followed.cancelForget = this.#parts.clock.after(FORGET_AFTER_MS, () => this.#drop(followed));
  }

  /** T5: one more connection watches the room, in it or not. As `enter`. */
  async watch(room: RoomId): Promise<void> {
    await this.enter(room);
    const followed = this.#rooms.get(room);
    if (!followed) return;
    followed.watchers += 1;
    const { clock, told } = this.#parts;
    followed.tally ??= new RoomTally({ clock, tell: (tally) => told(room, tally) });
  }

  unwatch(room: RoomId): void {
    const followed = this.#rooms.get(room);
    if (!followed) return;
    followed.watchers -= 1;
    if (followed.watchers === 0) {
      followed.tally?.stop();
      followed.tally = undefined;
    }
    this.leave(room);
  }

  /** The seq up to which this node's connections in the room have been told; 0 for a room without. */
  delivered(room: RoomId): Seq {
    return this.#rooms.get(room)?.cursor.delivered?.seq ?? 0;
  }

  /** Shows to the connections here what a commit of this node added, and hints it to the other nodes. */
  committed(writes: readonly Write[], outcomes: readonly Outcome[]): void {
    outcomes.forEach((outcome, i) => {
      const room = writes[i]?.room;
      if (outcome.result !== 'untold' || !room) return;
      this.#rooms.get(room)?.count.seen({ address: outcome.room, here: outcome.here, notices: false });
    });
    for (const [room, news] of newsByRoom(writes, outcomes)) {
      this.#rooms.get(room)?.cursor.committed(news);
      this.#parts.bus.publish(room, encodeHint(news));
    }
    for (const [room, head] of duplicatesByRoom(writes, outcomes)) {
      // Committed by a node that died before it told anyone, perhaps.
      const news: Hint = { from: head.seq, after: '', to: head };
      this.#rooms.get(room)?.cursor.heard(news);
      this.#parts.bus.publish(room, encodeHint(news));
    }
  }

  #follow(room: RoomId): Followed {
    const { clock, signalled, deliver, failed } = this.#parts;
    const count = new HereCount({ clock, tell: (signal) => signalled(room, signal) });
    const delivered = (entries: readonly Entry[]): void => {
      deliver(room, entries);
      // Signals may be lost: nobody is to come back because of one.
      attempt(() => count.delivered(entries), undefined, failed);
      attempt(() => this.#rooms.get(room)?.tally?.said(entries), undefined, failed);
    };
    const store = {
      read: this.#parts.store.read.bind(this.#parts.store),
      heads: (rooms: RoomId[]) => this.#together.heads(rooms),
    };
    const cursor = new RoomCursor(room, { ...this.#parts, store, deliver: (_, entries) => delivered(entries) });
    // Subscribed first, then read: what is committed between the two is hinted.
    const started = this.#parts.bus.subscribe(room).then(() => cursor.start());
    const followed: Followed = { cursor, count, started, connections: 0, watchers: 0 };
    this.#rooms.set(room, followed);
    started.catch(() => this.#drop(followed)).catch(failed);
    return followed;
  }

  #drop(followed: Followed): void {
    followed.cursor.stop();
    followed.count.stop();
    followed.tally?.stop();
    followed.cancelForget?.();
    const { room } = followed.cursor;
    if (this.#rooms.get(room) !== followed) return;
    this.#rooms.delete(room);
    this.#parts.bus
      .unsubscribe(room)
      .catch(() => this.#suspect())
      .catch(this.#parts.failed);
  }

  #hinted(room: RoomId, bytes: Uint8Array): void {
    const hint = decodeHint(bytes);
    if (hint) return this.#rooms.get(room)?.cursor.heard(hint);
    const said = decodeSignal(bytes);
    if (said && this.#rooms.has(room)) this.#parts.signalled(room, said.signal, said.to);
  }

  #digested(bytes: Uint8Array): void {
    const digest = decodeDigest(bytes);
    if (!digest) return;
    if (digest.node === this.#parts.node()) {
      this.#heardOwnAt = this.#parts.clock.now();
      this.#isSuspect = false;
      return;
    }
    for (const [room, seq, id] of digest.heads) {
      this.#rooms.get(room)?.cursor.heard({ from: seq, after: '', to: { seq, id } });
    }
  }

  #suspect(): void {
    if (this.#isSuspect || this.#stopped) return;
    this.#isSuspect = true;
    this.#checks.in(this.#untilNextCheck());
  }

  #announce(): number {
    const { bus, clock, node } = this.#parts;
    const heads = [...this.#rooms.values()].flatMap(({ cursor }) => {
      const isNews = clock.now() - cursor.movedAt <= DIGEST_TELLS_OF_MS;
      return isNews && cursor.delivered ? [[cursor.room, cursor.delivered.seq, cursor.delivered.id] as const] : [];
    });
    bus.announce(encodeDigest({ node: node(), heads }));
    if (clock.now() - this.#heardOwnAt > SILENT_AFTER_MS) this.#suspect();
    return DIGEST_EVERY_MS;
  }

  #untilNextCheck(): number {
    // Jitter keeps the nodes from asking the store all at once.
    return this.#isSuspect ? CHECK_WHEN_SUSPECT_MS : CHECK_EVERY_MS * (0.75 + this.#parts.random() / 2);
  }

  async #checkAgain(): Promise<number> {
    await this.#checkAll();
    return this.#untilNextCheck();
  }

  /** Finds what no hint told of, and a store that went back. */
  async #checkAll(): Promise<void> {
    const asked = [...this.#rooms.values()].map(({ cursor, count }) => ({ cursor, count, before: cursor.delivered }));
    for (let i = 0; i < asked.length; i += HEADS_AT_ONCE) {
      const some = asked.slice(i, i + HEADS_AT_ONCE);
      try {
        const heads = await this.#parts.store.heads(some.map(({ cursor }) => cursor.room));
        for (const { cursor, count, before } of some) {
          const now = heads.get(cursor.room);
          cursor.compare(heads.get(cursor.room) ?? { seq: 0, id: '' }, before);
          if (now) count.seen(now);
        }
      } catch (error) {
        // The next check comes.
        this.#parts.failed(error);
        return;
      }
    }
  }
}

function newsByRoom(writes: readonly Write[], outcomes: readonly Outcome[]): Map<RoomId, Hint> {
  const byRoom = new Map<RoomId, { after: Hint['after']; entries: Entry[] }>();
  outcomes.forEach((outcome, i) => {
    const room = writes[i]?.room;
    if (outcome.result !== 'stored' || !room) return;
    const news = byRoom.get(room);
    if (news) news.entries.push(outcome.entry);
    else byRoom.set(room, { after: outcome.after, entries: [outcome.entry] });
  });
  const hints = new Map<RoomId, Hint>();
  for (const [room, { after, entries }] of byRoom) {
    const [first, last] = [entries[0], entries.at(-1)];
    if (first && last) hints.set(room, { from: first.seq, after, to: { seq: last.seq, id: last.id }, entries });
  }
  return hints;
}

function duplicatesByRoom(writes: readonly Write[], outcomes: readonly Outcome[]): Map<RoomId, Hint['to']> {
  const byRoom = new Map<RoomId, Hint['to']>();
  outcomes.forEach((outcome, i) => {
    const room = writes[i]?.room;
    if (outcome.result !== 'duplicate' || !room || (byRoom.get(room)?.seq ?? 0) >= outcome.seq) return;
    byRoom.set(room, { seq: outcome.seq, id: outcome.id });
  });
  return byRoom;
}
