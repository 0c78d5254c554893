// Group commit: while one batch commits, the next collects. No timer, so an idle room waits for nothing.
import type { Code } from '../../protocol/refusals.ts';
import type { Clock } from '../clock.ts';
import { type Outcome, StorageFull, type Store, StoreUnavailable, Unstorable, type Write } from '../store/store.ts';
import { attempt, type Failed } from '../surprises.ts';

export const BATCH_MAX_ITEMS = 500;
export const BATCH_MAX_BYTES = 1024 * 1024;
/** Ten batches: more would wait longer than the 10 s that a client gives a request. */
export const WAITING_MAX_ITEMS = 5_000;
export const WAITING_MAX_BYTES = 4 * 1024 * 1024;
/** Nobody knows whether a commit that failed was stored; the same batch again tells, for it is stored once. */
const TRIES = 3;
const TRY_WITHIN_MS = 5_000;
const TRY_AGAIN_AFTER_MS = 200;
const BUSY_RETRY_MS = 1_000;
const UNAVAILABLE_RETRY_MS = 2_000;
const STORAGE_FULL_RETRY_MS = 10_000;
/** What a write weighs beside its text, roughly: ids, names of fields. */
const WRITE_OVERHEAD_BYTES = 200;

/** An id and a name. */
const MENTION_BYTES = 100;

interface Group {
  readonly writes: readonly Write[];
  readonly bytes: number;
  readonly answer: (outcomes: readonly Outcome[]) => void;
  readonly fail: (error: unknown) => void;
}

export interface BatchesParts {
  readonly store: Pick<Store, 'append'>;
  readonly clock: Clock;
  /** Called once after each commit, before anyone who added is answered. */
  readonly committed: (writes: readonly Write[], outcomes: readonly Outcome[]) => void;
  readonly failed: Failed;
}

export class Batches {
  readonly #parts: BatchesParts;
  #waiting: Group[] = [];
  #waitingItems = 0;
  #waitingBytes = 0;
  #committing = false;
  #whenIdle: (() => void)[] = [];

  constructor(parts: BatchesParts) {
    this.#parts = parts;
  }

  /**
   * Adds a group that is stored in its order, all in one batch, and answers with an outcome for each. What could not be
   * stored is refused with `busy`, `unavailable` or `storageFull`, and then so is all behind it in its group. Rejects with
   * what nobody foresaw alone.
   */
  add(writes: readonly Write[]): Promise<readonly Outcome[]> {
    const bytes = writes.reduce((sum, write) => sum + weight(write), 0);
    const isFull =
      this.#waitingItems + writes.length > WAITING_MAX_ITEMS || this.#waitingBytes + bytes > WAITING_MAX_BYTES;
    if (isFull) return Promise.resolve(refuseAll(writes, 'busy', BUSY_RETRY_MS));
    return new Promise((answer, fail) => {
      this.#waiting.push({ writes, bytes, answer, fail });
      this.#waitingItems += writes.length;
      this.#waitingBytes += bytes;
      if (!this.#committing) this.#commitWhatWaits().catch((error) => this.#failAll(error));
    });
  }

  get waitingItems(): number {
    return this.#waitingItems;
  }

  /** Resolves when everything added until then has been answered. */
  idle(): Promise<void> {
    if (!this.#committing) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  async #commitWhatWaits(): Promise<void> {
    this.#committing = true;
    // One turn later, so that what arrives together commits together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const groups = this.#takeBatch();
      await this.#commit(groups).catch((error) => groups.forEach(({ fail }) => fail(error)));
    }
    this.#rest();
  }

  #rest(): void {
    this.#committing = false;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** No batch can be made of what waits: whoever comes next finds place, and none of them in the way. */
  #failAll(error: unknown): void {
    for (const { fail } of this.#waiting.splice(0)) fail(error);
    this.#waitingItems = 0;
    this.#waitingBytes = 0;
    this.#rest();
  }

  #takeBatch(): readonly Group[] {
    let items = 0;
    let bytes = 0;
    let count = 0;
    for (const group of this.#waiting) {
      items += group.writes.length;
      bytes += group.bytes;
      if (count > 0 && (items > BATCH_MAX_ITEMS || bytes > BATCH_MAX_BYTES)) break;
      count += 1;
      this.#waitingItems -= group.writes.length;
      this.#waitingBytes -= group.bytes;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(groups: readonly Group[]): Promise<void> {
    const outcomes = await this.#store(groups.flatMap((group) => group.writes));
    let from = 0;
    for (const group of groups) {
      group.answer(outcomes.slice(from, from + group.writes.length));
      from += group.writes.length;
    }
  }

  /** Never rejects; as many outcomes as writes. */
  async #store(writes: readonly Write[]): Promise<readonly Outcome[]> {
    let outcomes: readonly Outcome[];
    try {
      outcomes = await this.#tryAgain(writes);
    } catch (error) {
      if (error instanceof Unstorable) return this.#storeHalves(writes);
      if (error instanceof StorageFull) return refuseAll(writes, 'storageFull', STORAGE_FULL_RETRY_MS);
      this.#parts.failed(error);
      return refuseAll(writes, 'unavailable', UNAVAILABLE_RETRY_MS);
    }
    // It is stored, and whoever was not told of it here finds it by the head that the next check reads (C8).
    attempt(() => this.#parts.committed(writes, outcomes), undefined, this.#parts.failed);
    return outcomes;
  }

  /** One item can never be stored: halving finds it in a few tries, and the others are stored in their order. */
  async #storeHalves(writes: readonly Write[]): Promise<readonly Outcome[]> {
    if (writes.length === 1) return refuseAll(writes, 'invalid');
    const middle = Math.ceil(writes.length / 2);
    const first = await this.#store(writes.slice(0, middle));
    const stopped = first.find((outcome) => outcome.result === 'refused' && outcome.retryAfter !== undefined);
    const rest = writes.slice(middle);
    // Storing the rest before what has to come again would change the order of one sender's messages.
    return [...first, ...(stopped ? rest.map(() => stopped) : await this.#store(rest))];
  }

  async #tryAgain(writes: readonly Write[]): Promise<readonly Outcome[]> {
    const { clock, store } = this.#parts;
    const started = clock.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await store.append(writes);
      } catch (error) {
        const wait = TRY_AGAIN_AFTER_MS * 2 ** tries;
        const isLast = tries === TRIES || clock.now() + wait - started > TRY_WITHIN_MS;
        if (!(error instanceof StoreUnavailable) || isLast) throw error;
        await new Promise<void>((resolve) => clock.after(wait, resolve));
      }
    }
  }
}

function weight(write: Write): number {
  // A character has at most three bytes in UTF-8; an exact count is not worth its time here.
  if (!('text' in write)) return WRITE_OVERHEAD_BYTES;
  return WRITE_OVERHEAD_BYTES + write.text.length * 3 + (write.mentions?.length ?? 0) * MENTION_BYTES;
}

function refuseAll(writes: readonly Write[], code: Code, retryAfter?: number): readonly Outcome[] {
  const outcome: Outcome =
    retryAfter === undefined ? { result: 'refused', code } : { result: 'refused', code, retryAfter };
  return writes.map(() => outcome);
}
