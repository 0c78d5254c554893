import { describe, expect, test } from 'vitest';
import { tryMutation } from './mutated.ts';
import { MUTATIONS } from './mutations.ts';

/** Tried when the seed that is known to notice does not any more: any change of the code may move it. */
const MORE_SEEDS = process.env['SNUG_TEST_ALL'] === '1' ? 60 : 20;

describe.concurrent('a rule that is taken away turns the simulation red', () => {
  for (const mutation of MUTATIONS) {
    test(mutation.rule, { timeout: 240_000 }, async () => {
      const { problem } = await tryMutation(mutation, MORE_SEEDS);
      expect(problem, 'nothing was noticed').toBeDefined();
    });
  }
});
