import { expect, test } from 'vitest';
import { failuresOf, seedsToTry } from './seeds.ts';
import { deliveryStorm, rewindStorm } from './storm.ts';

const calm = seedsToTry();
const undone = seedsToTry(0.3);

test(`I1 to I10: storms lose, double and reorder nothing (${calm.title})`, { timeout: calm.timeout }, async () => {
  expect(await failuresOf(deliveryStorm, calm)).toEqual([]);
});

test(`C10: after a store went back everybody has the same again (${undone.title})`, {
  timeout: undone.timeout,
}, async () => {
  expect(await failuresOf(rewindStorm, undone)).toEqual([]);
});

test('the same seed is the same run', async () => {
  const [once, again] = [await deliveryStorm(3), await deliveryStorm(3)];
  expect(again).toEqual(once);
});
