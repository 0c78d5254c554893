import type { Clock } from '../clock.ts';
import type { Reached } from './limits.ts';

/** A line for each refusal would let whoever is refused fill the disk. */
export const TOLD_EVERY_MS = 60_000;

export interface LimitLogger {
  warn(fields: object, message: string): void;
}

/** Says that a limit was reached: at once, then once a minute, with how often it was since. */
export class LimitLog {
  readonly #logger: LimitLogger;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #told = new Map<Reached, { at: number; since: number }>();

  constructor(logger: LimitLogger, clock: Pick<Clock, 'now'>) {
    this.#logger = logger;
    this.#clock = clock;
  }

  readonly reached = (limit: Reached): void => {
    const now = this.#clock.now();
    const told = this.#told.get(limit);
    if (told && Math.abs(now - told.at) < TOLD_EVERY_MS) {
      told.since += 1;
      return;
    }
    this.#told.set(limit, { at: now, since: 0 });
    this.#logger.warn({ limit, times: 1 + (told?.since ?? 0) }, 'A limit was reached.');
  };
}
