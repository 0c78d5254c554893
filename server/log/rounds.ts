import type { Cancel, Clock } from '../clock.ts';
import type { Failed } from '../surprises.ts';

export interface RoundsParts {
  readonly clock: Clock;
  /** Gives the ms until its next turn; undefined: that comes when `in` says. */
  readonly run: () => number | undefined | Promise<number | undefined>;
  /** Until the next turn after one that threw. */
  readonly afterFailureMs: number;
  readonly failed: Failed;
}

/** Work that has to be done again and again: what one turn throws is told, and the next one comes. */
export class Rounds {
  readonly #parts: RoundsParts;
  #cancel: Cancel | undefined;
  #stopped = false;

  constructor(parts: RoundsParts) {
    this.#parts = parts;
  }

  /** The next turn comes then, and no other. */
  in(ms: number): void {
    this.#cancel?.();
    if (!this.#stopped) this.#cancel = this.#parts.clock.after(ms, () => this.#turn());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  async #turn(): Promise<void> {
    const { run, afterFailureMs, failed } = this.#parts;
    let next: number | undefined = afterFailureMs;
    try {
      next = await run();
    } catch (error) {
      failed(error);
    }
    if (next !== undefined) this.in(next);
  }
}
