import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS, type Rate } from './limits.ts';

const PERIODS = new Map([
  [1_000, 'second'],
  [10_000, '10 seconds'],
  [60_000, 'minute'],
  [3_600_000, 'hour'],
]);

test('every limit has its line in docs/safety.md, with its numbers', () => {
  const page = readFileSync(new URL('../../docs/safety.md', import.meta.url), 'utf8');
  const missing = Object.entries(LIMITS)
    .map(lineOf)
    .filter((line) => !page.includes(line));
  expect(missing).toEqual([]);
});

test('every limit can be kept: a burst is at least what comes back in a period', () => {
  for (const limit of Object.values(LIMITS)) {
    if (typeof limit === 'object') expect(limit.burst).toBeGreaterThanOrEqual(limit.amount);
  }
});

function lineOf([name, limit]: [string, number | Rate]): string {
  if (typeof limit === 'number') return `| \`${name}\` | \`${limit}\` |`;
  return `| \`${name}\` | \`${limit.amount}/${limit.burst}\` | ${PERIODS.get(limit.perMs)} |`;
}
