import { beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { Seldom } from './seldom.ts';

let clock: VirtualClock;
let runs: number[];
let seldom: Seldom;

beforeEach(() => {
  clock = new VirtualClock();
  const start = clock.now();
  runs = [];
  seldom = new Seldom({ clock, everyMs: 1_000, run: () => runs.push(clock.now() - start) });
});

test('what is wanted often is done at once, and then once in each time', async () => {
  for (let i = 0; i < 25; i += 1) {
    seldom.want();
    await clock.advance(100);
  }
  await clock.advance(5_000);
  expect(runs).toEqual([0, 1_000, 2_000, 3_000]);
});

test('what is wanted no more is not done, and can be wanted again', async () => {
  seldom.want();
  seldom.want();
  seldom.stop();
  await clock.advance(400);
  expect(runs).toEqual([0]);
  seldom.want();
  await clock.advance(600);
  expect(runs).toEqual([0, 1_000]);
});
