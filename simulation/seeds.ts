// Which seeds are tried: 300 on every `npm test`, `--seeds N` for more or fewer, `--seed N` for one alone.
import { randomInt } from 'node:crypto';

const DEFAULT_SEEDS = 300;
const ALL_SEEDS = 500;
/** So many that nobody has tried yet: over the weeks they become many. */
const DRAWN = 5;
const DRAWN_FROM = 1_000_000;
const DRAWN_TO = 1_000_000_000;
/** A storm takes a twentieth of a second of a quiet core; a busy machine gives it a tenth of one. */
const PATIENCE_MS = 1_000;

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
  const all = named === undefined ? someSeeds(Math.ceil(asked * share)) : [Number(named)];
  return {
    all,
    title: named === undefined ? `${all.length} seeds, ${DRAWN} of them drawn` : `seed ${named}`,
    timeout: 30_000 + all.length * PATIENCE_MS,
  };
}

function someSeeds(count: number): number[] {
  const known = Array.from({ length: count }, (_, i) => i + 1);
  return [...known, ...Array.from({ length: DRAWN }, () => randomInt(DRAWN_FROM, DRAWN_TO))];
}
