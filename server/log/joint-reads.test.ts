import { beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { JointReads } from './joint-reads.ts';

let clock: VirtualClock;
let reads: string[];
let failures: unknown[];
let shared: JointReads<string, number>;

beforeEach(() => {
  [clock, reads, failures] = [new VirtualClock(), [], []];
  shared = new JointReads(clock, (error) => failures.push(error));
});

/** Whoever asks for at least `least`, where the store says `value`. */
const ask = (key: string, value = 1, least = 0) =>
  shared.ask(key, {
    fits: (answer) => (answer >= least ? answer : undefined),
    read: async () => {
      reads.push(key);
      return value;
    },
    own: (answer) => answer,
  });

test('of many who ask at once one reads, also where what is kept fits none of them', async () => {
  expect(await Promise.all(Array.from({ length: 100 }, () => ask('a')))).toEqual(Array(100).fill(1));
  expect(await Promise.all(Array.from({ length: 100 }, () => ask('a', 2, 2)))).toEqual(Array(100).fill(2));
  expect(reads).toEqual(['a', 'a']);
});

test('64 answers are kept, those that were read last, and none for longer than 10 s', async () => {
  for (let i = 0; i < 65; i += 1) await ask(`room ${i}`);
  reads = [];
  for (let i = 64; i > 0; i -= 1) await ask(`room ${i}`);
  expect(reads).toEqual([]);
  await ask('room 0');
  expect(reads).toEqual(['room 0']);
  await clock.advance(10_001);
  await ask('room 64');
  expect(reads).toEqual(['room 0', 'room 64']);
});

test('an answer on its way is changed when it is there; one that cannot be is asked for anew', async () => {
  const first = ask('a', 1);
  shared.change('a', (answer) => answer + 10);
  shared.change('a', (answer) => answer + 100);
  expect(await first).toBe(1);
  expect(await ask('a')).toBe(111);
  shared.change('a', () => undefined);
  await clock.settle();
  expect(await ask('a', 2)).toBe(2);
  expect(reads).toEqual(['a', 'a']);
});

test('what failed is not kept, and neither is what became of it', async () => {
  const fails = shared.ask('a', {
    fits: (answer) => answer,
    read: () => Promise.reject(new Error('away')),
    own: (answer) => answer,
  });
  shared.change('a', (answer) => answer + 1);
  await expect(fails).rejects.toThrow('away');
  expect(await ask('a', 3)).toBe(3);
});

test('what cannot be brought up to date is told, and read anew', async () => {
  await ask('a');
  const surprise = new TypeError('x');
  shared.change('a', () => {
    throw surprise;
  });
  expect(await ask('a', 2)).toBe(2);
  expect(failures).toEqual([surprise]);
});
