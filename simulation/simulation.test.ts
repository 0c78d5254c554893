import { expect, test } from 'vitest';
import { deliveryStorm, presenceStorm, type StormResult } from './storm.ts';

const all = process.env['SNUG_TEST_ALL'] === '1';
const one = process.env['SNUG_SEED'];
const count = one === undefined ? Number(process.env['SNUG_SEEDS'] ?? (all ? 1_000 : 100)) : 1;
const first = Number(one ?? 1);
/** A seed takes 0.1 to 0.2 s; on a busy machine, several times that. */
const timeout = 60_000 + count * 2_000;

/** Names every seed that found something: `npm test -- --seed N` runs that one alone, and the same again. */
async function failuresOf(storm: (seed: number) => Promise<StormResult>): Promise<string[]> {
  const failures: string[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const { problems } = await storm(seed);
    if (problems.length > 0) failures.push(`seed ${seed}: ${problems.slice(0, 5).join('; ')}`);
  }
  return failures;
}

test(`I1 to I10: ${count} storms over nodes, browsers, store and bus lose, double and reorder nothing`, { timeout }, async () => {
  expect(await failuresOf(deliveryStorm)).toEqual([]);
});

test(`I9: after ${count} storms of coming and going the room knows who is there`, { timeout }, async () => {
  expect(await failuresOf(presenceStorm)).toEqual([]);
});

test('the same seed is the same run', async () => {
  const [once, again] = [await deliveryStorm(3), await deliveryStorm(3)];
  expect(again).toEqual(once);
});
