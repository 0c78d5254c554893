import { describe, expect, test } from 'vitest';
import { tryMutation } from './mutated.ts';
import { MUTATIONS } from './mutations.ts';

/** Tried when the seed that is known to notice does not any more: any change of the code may move it. */
const MORE_SEEDS = 40;

describe.concurrent('a rule that is taken away turns the simulation red', () => {
  for (const mutation of MUTATIONS) {
    test(mutation.rule, { timeout: 240_000 }, async () => {
      const seeds = [mutation.seed, ...Array.from({ length: MORE_SEEDS }, (_, i) => i + 1)];
      const { problem } = await tryMutation(mutation, seeds);
      expect(problem, `${MORE_SEEDS} seeds noticed nothing`).toBeDefined();
    });
  }
});
