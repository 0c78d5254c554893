// Builds the simulation with one rule taken away, and says which seed notices.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';
import { failureInCopy } from './mutated-copy.ts';
import type { Mutation, SimulationWitness } from './mutation.ts';
import { ROOT, type Replacement, replaced } from './replacement.ts';

export interface Tried {
  /** The seed, the case or the test that noticed; undefined when none did. */
  readonly name: string | undefined;
  readonly problem: string | undefined;
}

/** Asks its witness, then `moreSeeds` others of a storm. Throws when `from` is not exactly once in the file. */
export async function tryMutation(mutation: Mutation, moreSeeds: number): Promise<Tried> {
  const changes = [mutation, ...(mutation.more ?? [])];
  for (const { file, from } of changes) {
    const count = (await readFile(path.join(ROOT, file), 'utf8')).split(from).length - 1;
    if (count !== 1) throw new Error(`${mutation.rule}: the text to replace is ${count} times in ${file}.`);
  }
  const { by } = mutation;
  if (!('test' in by)) return inSimulation(changes, by, moreSeeds);
  const problem = await failureInCopy(changes, by);
  return { name: problem === undefined ? undefined : by.title, problem };
}

async function inSimulation(changes: readonly Replacement[], by: SimulationWitness, moreSeeds: number): Promise<Tried> {
  const folder = await mkdtemp(path.join(tmpdir(), 'snug-mutation-'));
  try {
    const file = path.join(folder, 'try-seeds.mjs');
    const bundle = await rolldown({
      input: path.join(ROOT, 'simulation/try-seeds.ts'),
      platform: 'node',
      logLevel: 'silent',
      plugins: [
        {
          name: 'mutation',
          transform: (code, id) =>
            changes
              .filter((change) => path.join(ROOT, change.file) === id)
              .reduce((before, { from, to }) => replaced(before, from, to), code),
        },
      ],
    });
    await bundle.write({ file, format: 'esm', codeSplitting: false });
    await bundle.close();
    return await tryIn(file, by, moreSeeds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In a thread of its own: what a mutation does to a run, for ever or to the whole process, ends with it. */
function tryIn(file: string, by: SimulationWitness, moreSeeds: number): Promise<Tried> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { by, moreSeeds }, stdout: true, stderr: true });
    worker.once('message', (tried: Tried) => {
      resolve(tried);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}
