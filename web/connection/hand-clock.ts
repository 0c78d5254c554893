import type { Cancel, Clock } from './clock.ts';

/** A clock that stands still until it is moved: for tests. */
export class HandClock implements Clock {
  #now = 1_000_000;
  #waiting: readonly { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { at: this.#now + ms, run };
    this.#waiting = [...this.#waiting, timer].toSorted((one, other) => one.at - other.at);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== timer);
    };
  }

  /** Runs what falls due on the way, in order, and after each whatever promises that settles. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let timer = this.#waiting[0]; timer && timer.at <= end; timer = this.#waiting[0]) {
      this.#waiting = this.#waiting.slice(1);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
      await settle();
    }
    this.#now = end;
  }
}

/** Everything that waits for promises alone has gone as far as it can. 100 turns are more than our longest chain has. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
}
