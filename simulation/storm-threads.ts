// Storms on every core at once: each is a run of its own, so whoever is free takes the next.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundleTo } from './bundle-to.ts';
import { ROOT } from './replacement.ts';
import type { StormResult } from './storm.ts';
import type { Trial } from './storm-thread.ts';

/** A thousand times what a storm takes: this one will never end. */
const PATIENCE_MS = 60_000;

export class StormThreads {
  readonly #folder: string;
  readonly #threads: readonly Worker[];

  private constructor(folder: string, threads: readonly Worker[]) {
    this.#folder = folder;
    this.#threads = threads;
  }

  static async start(): Promise<StormThreads> {
    const folder = await mkdtemp(path.join(tmpdir(), 'snug-storms-'));
    const file = path.join(folder, 'storm-thread.mjs');
    await bundleTo(file, path.join(ROOT, 'simulation/storm-thread.ts'));
    const options = { execArgv: ['--enable-source-maps'], resourceLimits: { maxYoungGenerationSizeMb: 96 } };
    return new StormThreads(
      folder,
      Array.from({ length: availableParallelism() }, () => new Worker(file, options)),
    );
  }

  /** In the order of the trials. Rejects where one ends its thread, or never ends. */
  async run(trials: readonly Trial[]): Promise<readonly StormResult[]> {
    const results: StormResult[] = [];
    const left = trials.entries();
    await Promise.all(
      this.#threads.map(async (thread) => {
        for (const [i, trial] of left) results[i] = await resultOf(thread, trial);
      }),
    );
    return results;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function resultOf(thread: Worker, trial: Trial): Promise<StormResult> {
  const answered = once(thread, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
  thread.postMessage(trial);
  try {
    const [result] = (await answered) as [StormResult];
    return result;
  } catch (error) {
    throw new Error(`The ${trial.storm} storm of seed ${trial.seed} never came to its end.`, { cause: error });
  }
}
