import { describe, expect, test } from 'vitest';
import { MUTATIONS } from './mutations.ts';
import { tryMutation } from './mutated.ts';

/** The seed that is known to notice, and some more: what changes elsewhere may move it. */
const MORE_SEEDS = 30;

describe.concurrent('a rule that is taken away turns the simulation red', () => {
  for (const mutation of MUTATIONS) {
    test(mutation.rule, { timeout: 180_000 }, async () => {
      const seeds = [mutation.seed, ...Array.from({ length: MORE_SEEDS }, (_, i) => i + 1)];
      const { problem } = await tryMutation(mutation, seeds);
      expect(problem, `${MORE_SEEDS} seeds noticed nothing`).toBeDefined();
    });
  }
});
