import type { Clock } from '../clock.ts';
import type { Rate } from './limits.ts';

/** Some megabytes at most, whoever comes. Whoever is forgotten too early starts with a full bucket. */
export const MOST_KEYS = 20_000;

export interface Taken {
  readonly taken: number;
  /** When there will be more, in ms; 0 when all that was wanted was taken. */
  readonly retryAfter: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A bucket of tokens for each key, for what is asked so often that it must cost nothing: no promise, no timer. Full ones
 * are forgotten, and of the others those that were used longest ago when there are too many.
 */
export class Buckets<Key> {
  readonly #rate: Rate | undefined;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #mostKeys: number;
  /** Those used last stand last. */
  readonly #buckets = new Map<Key, Bucket>();

  /** Without a rate there is no limit. */
  constructor(rate: Rate | undefined, clock: Pick<Clock, 'now'>, mostKeys: number = MOST_KEYS) {
    this.#rate = rate;
    this.#clock = clock;
    this.#mostKeys = mostKeys;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes up to `wanted` tokens. What is not there is to be asked for again when a second's worth of it is. */
  take(key: Key, wanted = 1): Taken {
    const rate = this.#rate;
    if (!rate) return { taken: wanted, retryAfter: 0 };
    const now = this.#clock.now();
    const bucket = this.#used(key, rate, now);
    const taken = Math.min(wanted, Math.floor(bucket.tokens));
    bucket.tokens -= taken;
    this.#forget(rate, now);
    return { taken, retryAfter: taken === wanted ? 0 : waitFor(rate, bucket, wanted - taken) };
  }

  /** Of what was taken and not used. */
  giveBack(key: Key, tokens: number): void {
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.tokens += tokens;
  }

  /** Filled up to now, and the last in the order. */
  #used(key: Key, rate: Rate, now: number): Bucket {
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, at: now };
    // A clock that stepped back fills nothing.
    const passed = Math.max(0, now - bucket.at);
    bucket.tokens = Math.min(rate.burst, bucket.tokens + (passed * rate.amount) / rate.perMs);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** Every use forgets at most two: it never takes long, and there are never more than used lately. */
  #forget(rate: Rate, now: number): void {
    const fillsWithin = (rate.burst * rate.perMs) / rate.amount;
    for (let i = 0; i < 2; i += 1) {
      const [oldest] = this.#buckets;
      if (!oldest || (this.#buckets.size <= this.#mostKeys && now - oldest[1].at < fillsWithin)) return;
      this.#buckets.delete(oldest[0]);
    }
  }
}

/** Asking for each token alone would cost more than the token: whoever wants many waits a period for as many as it brings. */
function waitFor(rate: Rate, bucket: Bucket, missing: number): number {
  const next = Math.min(missing, rate.amount);
  return Math.ceil(((next - bucket.tokens) * rate.perMs) / rate.amount);
}
