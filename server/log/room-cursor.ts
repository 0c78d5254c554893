// How far one room has been delivered to the connections of this node, seq by seq, and how what is missing is found.
import type { Entry } from '../../protocol/entries.ts';
import type { RoomId } from '../../protocol/ids.ts';
import { REPLY_MAX_ENTRIES } from '../../protocol/limits.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { Head, Store } from '../store/store.ts';
import type { Failed } from '../surprises.ts';
import type { Hint } from './hint.ts';

/** Hints are often reordered by a few ms: what is missing may come by itself. */
const REPAIR_AFTER_MS = 20;
/** The store did not answer: it is asked again, as often as the slowest patience bears. */
const REPAIR_AGAIN_AFTER_MS = 1_000;

/** A store that takes its time to say where a room stands must not make a node keep all that happens there meanwhile. */
const MOST_EARLY = 32;

export interface CursorParts {
  readonly store: Pick<Store, 'read' | 'heads'>;
  readonly clock: Clock;
  /** To this node's connections in the room. Entries follow each other without a hole, over all calls. */
  readonly deliver: (room: RoomId, entries: readonly Entry[]) => void;
  /** The store went back in time: what the connections in this room were shown is another history. */
  readonly rewound: (room: RoomId) => void;
  /** Some of these connections may have been told, and others not: only the log can tell them what they miss. */
  readonly undelivered: (room: RoomId) => void;
  readonly failed: Failed;
}

/** Something is said to have happened up to `to`: a hint's content, or what a commit of this node added. */
export type News = Hint;

export class RoomCursor {
  readonly room: RoomId;
  /** When something was last delivered. */
  movedAt: number;
  readonly #parts: CursorParts;
  #delivered: Head | undefined;
  /** What came before the first head was read: MOST_EARLY at most. */
  #early: News[] = [];
  #target = 0;
  #reading = false;
  #stopped = false;
  #cancelRepair: Cancel | undefined;

  constructor(room: RoomId, parts: CursorParts) {
    this.room = room;
    this.#parts = parts;
    this.movedAt = parts.clock.now();
  }

  /** Reads where the room stands. Throws what the store throws; the cursor is then of no use. */
  async start(): Promise<void> {
    const heads = await this.#parts.store.heads([this.room]);
    const { seq, id } = heads.get(this.room) ?? { seq: 0, id: '' };
    this.#delivered = { seq, id };
    for (const news of this.#early.splice(0)) this.heard(news);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRepair?.();
  }

  /** Undefined until it has started. */
  get delivered(): Head | undefined {
    return this.#delivered;
  }

  /** From one's own commit or from another node's hint. */
  heard(news: News): void {
    const delivered = this.#delivered;
    if (!delivered) {
      // Of more the last is enough: what is missing before it is read from the store.
      if (this.#early.length >= MOST_EARLY) this.#early = [];
      this.#early.push(news);
      return;
    }
    if (contradicts(news, delivered)) this.check().catch(this.#parts.failed);
    else if (news.to.seq <= delivered.seq) return;
    else if (news.entries && news.from <= delivered.seq + 1) this.#deliver(news.entries);
    else this.#repairSoon(news.to.seq, REPAIR_AFTER_MS);
  }

  /** What this node added itself is new: at or below what was delivered, the store may have gone back. */
  committed(news: News): void {
    if (this.#delivered && news.to.seq <= this.#delivered.seq) this.check().catch(this.#parts.failed);
    this.heard(news);
  }

  /** Compares with the head in the store, now. */
  async check(): Promise<void> {
    // Asked and answered take time: only what had been delivered before asking can tell that the store went back.
    const before = this.#delivered;
    try {
      const heads = await this.#parts.store.heads([this.room]);
      this.compare(heads.get(this.room) ?? { seq: 0, id: '' }, before);
    } catch (error) {
      // The next check of all heads asks again.
      this.#parts.failed(error);
    }
  }

  /** `head` is the store's, read after `before` had been delivered. */
  compare(head: Head, before: Head | undefined): void {
    if (!before || !this.#delivered || this.#stopped) return;
    if (head.seq < before.seq || isOther(head, before)) this.#startAnew(head);
    else if (head.seq > this.#delivered.seq) this.#repairSoon(head.seq, 0);
  }

  #deliver(entries: readonly Entry[]): void {
    const after = this.#delivered?.seq ?? 0;
    const next = entries.filter((entry) => entry.seq > after);
    const last = next.at(-1);
    if (!last || this.#stopped) return;
    this.#delivered = { seq: last.seq, id: last.id };
    this.movedAt = this.#parts.clock.now();
    try {
      this.#parts.deliver(this.room, next);
    } catch (error) {
      this.#parts.failed(error);
      this.#parts.undelivered(this.room);
    }
  }

  #repairSoon(target: number, ms: number): void {
    this.#target = Math.max(this.#target, target);
    if (this.#cancelRepair || this.#reading || this.#stopped) return;
    this.#cancelRepair = this.#parts.clock.after(ms, () => {
      this.#cancelRepair = undefined;
      return this.#repair();
    });
  }

  /** One read for all who wait. What came by itself meanwhile is not delivered again. */
  async #repair(): Promise<void> {
    const from = this.#delivered;
    if (!from || this.#stopped || from.seq >= this.#target) return;
    this.#reading = true;
    let wait = 0;
    try {
      const since = await this.#parts.store.read(this.room, from.seq, REPLY_MAX_ENTRIES, from.id);
      if (since.reset) this.#startAnew(since.head);
      else this.#deliver(since.entries);
      if (since.head.seq < this.#target) this.#target = since.head.seq;
      // A log with a hole in it would be read for ever.
      if (this.#delivered === from) wait = REPAIR_AGAIN_AFTER_MS;
    } catch (error) {
      this.#parts.failed(error);
      wait = REPAIR_AGAIN_AFTER_MS;
    }
    this.#reading = false;
    if (this.#delivered && this.#delivered.seq < this.#target) this.#repairSoon(this.#target, wait);
  }

  #startAnew(head: Head): void {
    if (this.#stopped) return;
    this.#delivered = { seq: head.seq, id: head.id };
    this.#target = head.seq;
    this.#parts.rewound(this.room);
  }
}

/** The news tells of another entry at the place that was delivered last, or of another one before its own first. */
function contradicts(news: News, delivered: Head): boolean {
  if (isOther(news.to, delivered) || isOther({ seq: news.from - 1, id: news.after }, delivered)) return true;
  return news.entries?.some((entry) => isOther(entry, delivered)) ?? false;
}

/** The same place in two histories. */
function isOther(a: Head, b: Head): boolean {
  return a.seq === b.seq && a.id !== b.id && a.id !== '' && b.id !== '';
}
