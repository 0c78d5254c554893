import { expect, test } from 'vitest';
import { acknowledgementTimes, p99Of } from './acknowledgement-times.ts';

const time = { since: 1_000, ended: 11_000, leastMs: 250 };
const said = (count: number, tookMs?: number) =>
  Array.from({ length: count }, (_, n) => ({ at: 1_000 + n * 10, ...(tookMs !== undefined && { tookMs }) }));

test('a server that answers half of what is said is as slow as it is silent', () => {
  expect(p99Of(acknowledgementTimes([...said(500, 5), ...said(500)], time))).toBeGreaterThan(9_000);
  expect(p99Of(acknowledgementTimes(said(500, 5), time))).toBe(5);
});

test('what was said before, or too late to be answered, is not counted', () => {
  const edges = [{ at: 999, tookMs: 7_000 }, { at: 10_800 }, { at: 10_700 }, { at: 1_000, tookMs: 3 }];
  expect(acknowledgementTimes(edges, time)).toEqual([300, 3]);
});

test('where nothing was said nothing was measured', () => {
  expect(p99Of([])).toBe(Number.POSITIVE_INFINITY);
});
