import type { Random } from './clock.ts';

const FIRST_MS = 500;
const MOST_MS = 10_000;
/** A server that asks for more is wrong, or this message is: a browser does not fall silent for hours. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * How long to wait before try `attempt` (0, 1, 2, …) in ms: anything between nothing and a bound that doubles from 0.5 to
 * 10 s. Full jitter, for after a restart everybody starts at the same moment.
 */
export function backoff(attempt: number, random: Random): number {
  return random() * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
}

/** How long to wait after a refusal that says *again*: what it asks for and a little more, else as backoff() says. */
export function pauseAfter(retryAfter: number | undefined, attempt: number, random: Random): number {
  if (retryAfter === undefined) return backoff(attempt, random);
  return Math.min(LONGEST_PAUSE_MS, Math.max(0, retryAfter)) + random() * FIRST_MS;
}
