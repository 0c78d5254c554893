import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

const KNOWN = ['F1', 'F5', 'F21', 'F21'];

test('all faults in their own rounds when nothing is said, else what is', () => {
  expect(readArguments([], KNOWN)).toEqual({
    kind: 'read',
    arguments: { only: undefined, rounds: undefined, seed: undefined, program: undefined, write: false },
  });
  expect(readArguments(['--only', 'F1,F21', '--rounds=100', '--seed', '0', '--program', 'main.js'], KNOWN)).toEqual({
    kind: 'read',
    arguments: { only: ['F1', 'F21'], rounds: 100, seed: 0, program: 'main.js', write: false },
  });
});

test.each(['abc', '0', '-1', '1.5', '', '1e3', ' 2'])('--rounds "%s" is no number of rounds', (rounds) => {
  expect(readArguments([`--rounds=${rounds}`], KNOWN)).toEqual({
    kind: 'refused',
    problem: `--rounds needs a whole number, 1 or more: "${rounds}" is none.`,
  });
});

test('a fault that is not there is named, though others are', () => {
  expect(readArguments(['--only', 'F99,F5,f1'], KNOWN)).toEqual({
    kind: 'refused',
    problem: 'There is no fault F99, f1: known are F1, F5, F21.',
  });
});

test.each([['--seed', 'x'], ['--nonsense'], ['F5'], ['--only'], ['--write', '--only', 'F5']])(
  '%s %s is refused in one line',
  (...args) => {
    const read = readArguments(args, KNOWN);
    expect(read.kind === 'refused' && read.problem).toMatch(/^[^\n]+$/u);
  },
);
