import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff, pauseAfter } from './backoff.ts';

/** What chance may give: 0 to almost 1. */
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('full jitter: a try comes after any time up to a bound that doubles from 0.5 to 10 s', () => {
  const bounds = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000];
  fc.assert(
    fc.property(fc.nat({ max: 6 }), chance, (attempt, random) => {
      // The whole of it is chance: no part of the wait is the same for all.
      expect(backoff(attempt, () => random)).toBeCloseTo(random * (bounds[attempt] ?? 0), 6);
    }),
  );
});

test('however often it was tried, nobody waits longer than 10 s', () => {
  fc.assert(
    fc.property(fc.nat(), chance, (attempt, random) => {
      const pause = backoff(attempt, () => random);
      expect(pause).toBeGreaterThanOrEqual(0);
      expect(pause).toBeLessThan(10_000);
    }),
  );
});

test('5,000 browsers that lose a server at the same moment come back over the whole time', () => {
  // Equal steps stand for chance: in each tenth of the time comes a tenth of them.
  const pauses = Array.from({ length: 5_000 }, (_, i) => backoff(5, () => i / 5_000));
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const within = pauses.filter((ms) => ms >= tenth * 1_000 && ms < (tenth + 1) * 1_000);
    expect(within).toHaveLength(500);
  }
});

test('who is told when to try again does so then or a little later, and never in more than a minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000, max: 10_000_000 }), chance, (retryAfter, random) => {
      const asked = Math.min(60_000, Math.max(0, retryAfter));
      const pause = pauseAfter(retryAfter, 3, () => random);
      expect(pause).toBeGreaterThanOrEqual(asked);
      expect(pause).toBeLessThanOrEqual(asked + 500);
    }),
  );
  expect(pauseAfter(undefined, 2, () => 0.5)).toBe(1_000);
});
