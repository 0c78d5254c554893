// Answers of the store that many ask for at the same time: one reads, and the others are given what it read.
import type { Clock } from '../clock.ts';
import { attempt, type Failed } from '../surprises.ts';

/** A herd comes back within seconds; what is older is rarely asked for again. */
export const KEEP_MS = 10_000;
/** At most this many answers are kept, of 256 kB each at most (R7). */
const KEEP_ANSWERS = 64;

interface Kept<Answer> {
  readonly readAt: number;
  /** Undefined: it became none. */
  answer: Promise<Answer | undefined>;
}

export interface Asked<Answer, Result> {
  /** What an answer that was read for somebody else is to the one who asks; undefined: it has to be read anew. */
  readonly fits: (answer: Answer) => Result | undefined;
  readonly read: () => Promise<Answer>;
  /** What the answer is to the one for whom it was read. */
  readonly own: (answer: Answer) => Result;
}

export class JointReads<Key, Answer> {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #failed: Failed;
  readonly #kept = new Map<Key, Kept<Answer>>();

  constructor(clock: Pick<Clock, 'now'>, failed: Failed) {
    this.#clock = clock;
    this.#failed = failed;
  }

  /** Throws what reading throws. */
  async ask<Result>(key: Key, { fits, read, own }: Asked<Answer, Result>): Promise<Result> {
    for (let kept = this.#fresh(key); kept; kept = this.#fresh(key)) {
      const { answer } = kept;
      const known = await answer;
      const result = known === undefined ? undefined : fits(known);
      if (result !== undefined) return result;
      // Of many whom it does not fit the first reads, and the others wait for that.
      if (this.#kept.get(key)?.answer === answer) break;
    }
    return own(await this.#keep(key, read()));
  }

  /** What is kept, or on its way, becomes another answer; undefined: none. */
  change(key: Key, change: (answer: Answer) => Answer | undefined): void {
    const kept = this.#fresh(key);
    if (!kept) return;
    kept.answer = kept.answer.then((before) => {
      const next = before === undefined ? undefined : attempt(() => change(before), undefined, this.#failed);
      if (next === undefined && this.#kept.get(key) === kept) this.#kept.delete(key);
      return next;
    });
    this.#forgetFailed(key, kept);
  }

  forget(key: Key): void {
    this.#kept.delete(key);
  }

  #fresh(key: Key): Kept<Answer> | undefined {
    const kept = this.#kept.get(key);
    if (!kept || Math.abs(this.#clock.now() - kept.readAt) <= KEEP_MS) return kept;
    this.#kept.delete(key);
    return undefined;
  }

  #keep(key: Key, answer: Promise<Answer>): Promise<Answer> {
    const kept = { readAt: this.#clock.now(), answer };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    this.#forgetFailed(key, kept);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEEP_ANSWERS && !oldest.done) this.#kept.delete(oldest.value);
    return answer;
  }

  /** A failed read is of those alone who waited for it. */
  #forgetFailed(key: Key, kept: Kept<Answer>): void {
    kept.answer.catch(() => this.#kept.get(key) === kept && this.#kept.delete(key));
  }
}
