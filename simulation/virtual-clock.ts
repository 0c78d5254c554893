import type { Cancel, Clock } from '../server/clock.ts';

interface Timer {
  readonly at: number;
  readonly nth: number;
  readonly run: () => void;
}

/** Time that passes only when it is told to. Timers of the same moment run in the order in which they were set. */
export class VirtualClock implements Clock {
  #now: number;
  #nth = 0;
  readonly #timers = new Set<Timer>();

  constructor(startsAt = 1_000_000) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Cancel {
    const timer: Timer = { at: this.#now + Math.max(0, ms), nth: this.#nth, run };
    this.#nth += 1;
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Everything that needs no time: promises, one behind the other. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = next.at;
      next.run();
      await this.settle();
    }
    this.#now = end;
  }

  /** A clock that is set back or ahead; timers stay where they are. */
  set(now: number): void {
    this.#now = now;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (!next || timer.at < next.at || (timer.at === next.at && timer.nth < next.nth)) next = timer;
    }
    return next;
  }
}
