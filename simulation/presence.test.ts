import { expect, test } from 'vitest';
import { failuresOf, seedsToTry } from './seeds.ts';
import { presenceStorm } from './storm.ts';

const seeds = seedsToTry(0.5);

test(`I9: whatever dies, a room knows who is there (${seeds.title})`, { timeout: seeds.timeout }, async () => {
  expect(await failuresOf(presenceStorm, seeds)).toEqual([]);
});
