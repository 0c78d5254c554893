import { expect, test } from 'vitest';
import { ALL_FAULTS } from './all-faults.ts';
import { lackingOf, NEEDS } from './needs.ts';

test('each need has one plain name, and is looked for', () => {
  expect(NEEDS.filter((need) => !/^[a-z0-9-]+$/u.test(need))).toEqual([]);
  expect(new Set(NEEDS).size).toBe(NEEDS.length);
  expect(lackingOf(NEEDS).every((need) => NEEDS.includes(need))).toBe(true);
});

test('no need is looked for that no fault has', () => {
  const needed = new Set(ALL_FAULTS.flatMap(({ needs }) => needs));
  expect(NEEDS.filter((need) => !needed.has(need))).toEqual([]);
});
