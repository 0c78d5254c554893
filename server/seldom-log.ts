import type { Clock } from './clock.ts';

/** A line for each would let whoever causes it fill the disk. */
export const TOLD_EVERY_MS = 60_000;

type Tell = (fields: object, message: string) => void;

export interface Lines {
  readonly error: Tell;
  readonly warn: Tell;
  readonly debug: Tell;
}

/**
 * For what a client can cause: each kind is told at once, then once a minute, with how many `times` it was since. A kind is
 * its message, or what is given beside it: nothing that comes from outside, or there would be as many as somebody likes.
 */
export class SeldomLog {
  readonly #lines: Lines;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #told = new Map<string, { at: number; since: number }>();

  constructor(lines: Lines, clock: Pick<Clock, 'now'>) {
    this.#lines = lines;
    this.#clock = clock;
  }

  error(fields: object, message: string, kind: string = message): void {
    this.#tell('error', fields, message, kind);
  }

  warn(fields: object, message: string, kind: string = message): void {
    this.#tell('warn', fields, message, kind);
  }

  debug(fields: object, message: string, kind: string = message): void {
    this.#tell('debug', fields, message, kind);
  }

  #tell(level: keyof Lines, fields: object, message: string, kind: string): void {
    const now = this.#clock.now();
    const told = this.#told.get(kind);
    if (told && Math.abs(now - told.at) < TOLD_EVERY_MS) {
      told.since += 1;
      return;
    }
    this.#told.set(kind, { at: now, since: 0 });
    this.#lines[level]({ ...fields, times: 1 + (told?.since ?? 0) }, message);
  }
}
