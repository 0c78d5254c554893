import type { Cancel, Clock } from '../clock.ts';

export interface SeldomParts {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly run: () => void;
}

/** Does what is wanted often: at once, and then not again before some time has passed. */
export class Seldom {
  readonly #parts: SeldomParts;
  #ranAt: number | undefined;
  #cancel: Cancel | undefined;

  constructor(parts: SeldomParts) {
    this.#parts = parts;
  }

  /** Runs now, or when it may: once for all that wanted it meanwhile. */
  want(): void {
    if (this.#cancel) return;
    const { clock, everyMs } = this.#parts;
    const since = this.#ranAt === undefined ? everyMs : clock.now() - this.#ranAt;
    // A clock that was set back must not keep it from running.
    if (since >= everyMs || since < 0) this.#run();
    else this.#cancel = clock.after(everyMs - since, () => this.#run());
  }

  /** What was wanted is not wanted any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #run(): void {
    this.#cancel = undefined;
    this.#ranAt = this.#parts.clock.now();
    this.#parts.run();
  }
}
