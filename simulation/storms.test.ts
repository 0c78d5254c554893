import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Seeds, seedsToTry } from './seeds.ts';
import { deliveryStorm } from './storm.ts';
import type { Trial } from './storm-thread.ts';
import { StormThreads } from './storm-threads.ts';

let threads: StormThreads;

beforeAll(async () => {
  threads = await StormThreads.start();
});

afterAll(() => threads.stop());

/** A line for each seed that found something: it is found again by `npm test -- --seed N`. */
async function failuresOf(storm: Trial['storm'], { all }: Seeds): Promise<string[]> {
  const results = await threads.run(all.map((seed) => ({ storm, seed })));
  return results.flatMap(({ seed, problems }) =>
    problems.length > 0 ? [`seed ${seed}: ${problems.slice(0, 5).join('; ')}`] : [],
  );
}

const delivery = seedsToTry();
const presence = seedsToTry();
const rewinds = seedsToTry(0.1);
const reading = seedsToTry(0.1);

// I7, that memory and descriptors come back, is for real processes to show (faults/).
test(`I1 to I6 and I8 to I10: storms lose, double and reorder nothing (${delivery.title})`, {
  timeout: delivery.timeout,
}, async () => {
  expect(await failuresOf('delivery', delivery)).toEqual([]);
});

test(`I9, P5: whatever dies, a room knows who is there, and is told of nobody without need (${presence.title})`, {
  timeout: presence.timeout,
}, async () => {
  expect(await failuresOf('presence', presence)).toEqual([]);
});

test(`C10: after a store went back everybody has the same again (${rewinds.title})`, {
  timeout: rewinds.timeout,
}, async () => {
  expect(await failuresOf('rewind', rewinds)).toEqual([]);
});

test(`C6, C7, C12: whoever leaps about in a room and reads on has in the end what is there (${reading.title})`, {
  timeout: reading.timeout,
}, async () => {
  expect(await failuresOf('reading', reading)).toEqual([]);
});

test('the same seed is the same run, in whatever thread and after whatever others', async () => {
  const trial: Trial = { storm: 'delivery', seed: 3 };
  const here = await deliveryStorm(trial.seed);
  const [once, ...again] = await threads.run([trial, trial, { ...trial, seed: 4 }, trial]);
  expect(once).toEqual(here);
  expect(again.filter(({ seed }) => seed === trial.seed)).toEqual([here, here]);
});
