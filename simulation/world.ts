import type { Cancel, Clock } from '../server/clock.ts';

interface Event {
  readonly at: number;
  readonly nth: number;
  readonly run: () => void;
  isOff: boolean;
}

/** Saturday, so that nothing depends on beginning at 0. */
const START = Date.UTC(2026, 0, 3);
/** An ordinary run has a tenth of that: more is two parts that call each other for ever. */
const MOST_EVENTS = 100_000;

/** Virtual time: what is to happen, in the order of its time, each with all the promises that it settles. */
export class World implements Clock {
  #now = START;
  #nth = 0;
  #ran = 0;
  readonly #heap: Event[] = [];

  now(): number {
    return this.#now;
  }

  /** Milliseconds since the world began. */
  get age(): number {
    return this.#now - START;
  }

  get eventsRun(): number {
    return this.#ran;
  }

  after(ms: number, run: () => void): Cancel {
    const event: Event = { at: this.#now + Math.max(0, Math.round(ms)), nth: this.#nth, run, isOff: false };
    this.#nth += 1;
    this.#push(event);
    return () => {
      event.isOff = true;
    };
  }

  /** Throws when the parts do not come to rest. */
  runFor(ms: number): Promise<void> {
    const end = this.#now + ms;
    return new Promise((resolve, reject) => {
      const next = () => {
        try {
          if (this.#runNext(end)) whenSettled(next);
          else resolve();
        } catch (error) {
          reject(error);
        }
      };
      whenSettled(next);
    });
  }

  /** False: there is nothing more to run until then. */
  #runNext(end: number): boolean {
    for (let event = this.#heap[0]; event && event.at <= end; event = this.#heap[0]) {
      this.#pop();
      if (event.isOff) continue;
      this.#now = event.at;
      this.#ran += 1;
      if (this.#ran > MOST_EVENTS) throw new Error(`More than ${MOST_EVENTS} events: something calls itself for ever.`);
      event.run();
      return true;
    }
    this.#now = end;
    return false;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (!parent || !isBefore(event, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!child || !isBefore(child, last)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.nth < b.nth);
}

const NOW = Promise.resolve();

/**
 * When every promise that can be settled by now is: Node runs ticks only once there are no microtasks left. Neither awaited
 * nor by queueMicrotask, which makes a resource for async_hooks: it happens thousands of times in a storm.
 */
function whenSettled(act: () => void): void {
  void NOW.then(() => process.nextTick(act));
}
