// Which seeds are tried: 100 on every `npm test`, `--seeds N` for more or fewer, `--seed N` for one alone.
import type { StormResult } from './storm.ts';

const DEFAULT_SEEDS = 100;
const ALL_SEEDS = 400;
/** A storm takes a quarter of a second of a quiet core; a busy machine gives it a tenth of one. */
const PATIENCE_MS = 3_000;

export interface Seeds {
  readonly all: readonly number[];
  readonly title: string;
  /** For the whole of them, in ms. */
  readonly timeout: number;
}

/** `share` of the seeds that are asked for; the one that is named, whatever the share. */
export function seedsToTry(share = 1): Seeds {
  const named = process.env['SNUG_SEED'];
  const asked = Number(process.env['SNUG_SEEDS'] ?? (process.env['SNUG_TEST_ALL'] === '1' ? ALL_SEEDS : DEFAULT_SEEDS));
  const count = Math.ceil(asked * share);
  const all = named === undefined ? Array.from({ length: count }, (_, i) => i + 1) : [Number(named)];
  return {
    all,
    title: named === undefined ? `${count} seeds` : `seed ${named}`,
    timeout: 30_000 + all.length * PATIENCE_MS,
  };
}

/** A line for each seed that found something: it is found again by `npm test -- --seed N`. */
export async function failuresOf(storm: (seed: number) => Promise<StormResult>, seeds: Seeds): Promise<string[]> {
  const failures: string[] = [];
  for (const seed of seeds.all) {
    const { problems } = await storm(seed);
    if (problems.length > 0) failures.push(`seed ${seed}: ${problems.slice(0, 5).join('; ')}`);
  }
  return failures;
}
