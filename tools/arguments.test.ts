import { expect, test } from 'vitest';
import { readArguments } from './arguments.mjs';

test('--seeds and --seed reach the tests as environment', () => {
  expect(readArguments(['--seeds', '500', '--seed=7']).environment).toEqual({ SNUG_SEEDS: '500', SNUG_SEED: '7' });
});

test('--all asks for what takes longer', () => {
  expect(readArguments(['--all'])).toEqual({ which: 'all', environment: { SNUG_TEST_ALL: '1' } });
});

test.each([['--seeds'], ['--seeds', 'many'], ['--fast']])('%s %s is refused', (...args) => {
  expect(readArguments(args).problem).toBeDefined();
});
