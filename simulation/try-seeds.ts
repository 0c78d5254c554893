// In a worker: tries seeds, or the scripted cases, until one notices a fault.
import { parentPort, workerData } from 'node:worker_threads';
import { CASES } from './cases.ts';
import type { Mutation } from './mutations.ts';
import { deliveryStorm, presenceStorm, rewindStorm } from './storm.ts';

const RUNS: Record<Mutation['by'], (seed: number) => Promise<readonly string[]>> = {
  delivery: async (seed) => (await deliveryStorm(seed)).problems,
  rewind: async (seed) => (await rewindStorm(seed)).problems,
  presence: async (seed) => (await presenceStorm(seed)).problems,
  // The seed is the case's place in the list.
  cases: async (seed) => (await CASES[seed - 1]?.run()) ?? [],
};

const { by, seeds } = workerData as { by: Mutation['by']; seeds: readonly number[] };

for (const seed of seeds) {
  const [problem] = await RUNS[by](seed).catch((error: Error) => [error.message]);
  if (problem === undefined) continue;
  parentPort?.postMessage({ seed, problem });
  break;
}
parentPort?.postMessage({ seed: undefined, problem: undefined });
