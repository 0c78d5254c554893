import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limits, Rate } from './limits.ts';

/** A key costs the engine a kilobyte and two timers. Whoever is forgotten too early has paid nothing yet. */
export const MOST_KEYS = 5_000;

/** What costs an address or a session a token, wherever it comes from. Counted by an engine that can span nodes. */
export type Costly = 'handshakes' | 'members' | 'rooms' | 'joins' | 'codes';

export class Tolls {
  readonly #tolls: { readonly [What in Costly]: Toll } | undefined;

  readonly #reached: (what: Costly) => void;

  /** Without limits everything is free. `reached` is told of each refusal. */
  constructor(limits: Limits | undefined, reached: (what: Costly) => void = () => undefined, mostKeys?: number) {
    this.#reached = reached;
    this.#tolls = limits && {
      handshakes: new Toll(limits.handshakes, mostKeys),
      members: new Toll(limits.members, mostKeys),
      rooms: new Toll(limits.rooms, mostKeys),
      joins: new Toll(limits.joins, mostKeys),
      codes: new Toll(limits.codes, mostKeys),
    };
  }

  /** Resolves to 0 when it is paid, else to the ms after which to try again. */
  async pay(what: Costly, key: string, tokens = 1): Promise<number> {
    const wait = this.#tolls ? await this.#tolls[what].pay(key, tokens) : 0;
    if (wait > 0) this.#reached(what);
    return wait;
  }
}

/**
 * A bucket of two windows: `amount` in each period, and what the burst is more once in the time in which it would have
 * filled up. The engine has windows alone.
 */
export class Toll {
  readonly #windows: readonly RateLimiterMemory[];
  readonly #mostKeys: number;
  /** Whoever came last stands last: the engine bounds nothing by itself. */
  readonly #keys = new Set<string>();

  constructor(rate: Rate, mostKeys: number = MOST_KEYS) {
    const more = rate.burst - rate.amount;
    const seconds = rate.perMs / 1_000;
    const windows = [
      { points: rate.amount, duration: seconds },
      { points: more, duration: (seconds * rate.burst) / rate.amount },
    ];
    this.#windows = windows.filter(({ points }) => points > 0).map((window) => new RateLimiterMemory(window));
    this.#mostKeys = mostKeys;
  }

  get size(): number {
    return this.#keys.size;
  }

  async pay(key: string, tokens = 1): Promise<number> {
    await this.#remember(key);
    const waits: number[] = [];
    for (const window of this.#windows) {
      const wait = await waitAt(window, key, tokens);
      if (wait === 0) return 0;
      waits.push(wait);
    }
    return Math.min(...waits);
  }

  /** The one who came longest ago is forgotten when there are too many. */
  async #remember(key: string): Promise<void> {
    this.#keys.delete(key);
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (this.#keys.size <= this.#mostKeys || oldest === undefined) return;
    this.#keys.delete(oldest);
    await Promise.all(this.#windows.map((window) => window.delete(oldest)));
  }
}

async function waitAt(window: RateLimiterMemory, key: string, tokens: number): Promise<number> {
  try {
    await window.consume(key, tokens);
    return 0;
  } catch (refusal) {
    // A period ends by a timer, and how long it lasts still is told by a clock that may have been set back meanwhile.
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.min(refusal.msBeforeNext, window.duration * 1_000));
    throw refusal;
  }
}
