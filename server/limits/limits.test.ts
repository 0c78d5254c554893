import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LimitLog, TOLD_EVERY_MS } from './limit-log.ts';
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

test('a limit that is reached is told at once, and then once a minute', () => {
  const lines: object[] = [];
  const clock = { at: 0, now: () => clock.at };
  const log = new LimitLog({ warn: (fields) => void lines.push(fields) }, clock);
  for (let n = 0; n < 1_000; n += 1) log.reached('packets');
  log.reached('rooms');
  expect(lines).toEqual([
    { limit: 'packets', times: 1 },
    { limit: 'rooms', times: 1 },
  ]);
  clock.at += TOLD_EVERY_MS;
  log.reached('packets');
  expect(lines.slice(2)).toEqual([{ limit: 'packets', times: 1_000 }]);
});

function lineOf([name, limit]: [string, number | Rate]): string {
  if (typeof limit === 'number') return `| \`${name}\` | \`${limit}\` |`;
  return `| \`${name}\` | \`${limit.amount}/${limit.burst}\` | ${PERIODS.get(limit.perMs)} |`;
}
