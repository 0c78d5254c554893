// In a worker: tries seeds, or a scripted case, until one notices a fault.
import { parentPort, workerData } from 'node:worker_threads';
import { CASES } from './cases.ts';
import type { SimulationWitness } from './mutation.ts';
import { deliveryStorm, presenceStorm, readingStorm, rewindStorm } from './storm.ts';

const STORMS = { delivery: deliveryStorm, rewind: rewindStorm, presence: presenceStorm, reading: readingStorm };

const { by, moreSeeds } = workerData as { by: SimulationWitness; moreSeeds: number };
const runs = 'title' in by ? casesLike(by.title) : seedsFrom(by.seed, STORMS[by.storm]);

for (const { name, run } of runs) {
  const [problem] = await run().catch((error: Error) => [error.message]);
  if (problem === undefined) continue;
  parentPort?.postMessage({ name, problem });
  break;
}
parentPort?.postMessage({ name: undefined, problem: undefined });

interface Run {
  readonly name: string;
  readonly run: () => Promise<readonly string[]>;
}

function casesLike(title: string): readonly Run[] {
  const found = CASES.filter((one) => one.title === title);
  if (found.length === 0) throw new Error(`There is no case "${title}".`);
  return found.map(({ run }) => ({ name: title, run }));
}

function seedsFrom(seed: number, storm: typeof deliveryStorm): readonly Run[] {
  const seeds = [seed, ...Array.from({ length: moreSeeds }, (_, i) => i + 1)];
  return seeds.map((one) => ({ name: `seed ${one}`, run: async () => (await storm(one)).problems }));
}
