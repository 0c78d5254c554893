import { expect, test } from 'vitest';
import { CASES } from './cases.ts';

test.each(CASES)('$title', async ({ run }) => {
  expect(await run()).toEqual([]);
});
