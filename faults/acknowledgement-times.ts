import type { Said } from './outbox.ts';

/**
 * In ms, of what was said in a time. What was never acknowledged took until its end, or a server that answers half of it
 * would look as good as one that answers all; what was said at the very end had no time.
 */
export function acknowledgementTimes(
  said: readonly Pick<Said, 'at' | 'tookMs'>[],
  { since, ended, leastMs }: { readonly since: number; readonly ended: number; readonly leastMs: number },
): number[] {
  const asked = said.filter(({ at }) => at >= since && at < ended - leastMs);
  return asked.map(({ at, tookMs }) => tookMs ?? ended - at);
}

/** Infinity of none: nothing was measured. */
export function p99Of(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.POSITIVE_INFINITY;
}
