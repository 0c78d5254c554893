import { beforeEach, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { HereCount } from './here-count.ts';

let clock: VirtualClock;
let told: number[];
let count: HereCount;

beforeEach(() => {
  clock = new VirtualClock();
  told = [];
  count = new HereCount({ clock, tell: (signal) => told.push(signal.count) });
});
const seen = (here: number, notices = false) => count.seen({ address: 'tea' as Address, here, notices });

test('P8: the first is told at once, and of those within a second the last, when it is over', async () => {
  for (let here = 201; here < 300; here += 1) seen(here);
  expect(told).toEqual([201]);
  await clock.advance(999);
  expect(told).toEqual([201]);
  await clock.advance(1);
  expect(told).toEqual([201, 299]);
  seen(300);
  await clock.advance(1_000);
  expect(told).toEqual([201, 299, 300]);
});

test('P8: the same number is told again when it is seen again: signals may be lost', async () => {
  seen(201);
  await clock.advance(10_000);
  seen(201);
  expect(told).toEqual([201, 201]);
});

test('P8: it is silent as soon as everybody is told who comes and goes, and when nobody is here any more', async () => {
  seen(201);
  seen(202);
  seen(149, true);
  await clock.advance(2_000);
  expect(told).toEqual([201]);
  expect(clock.waiting).toBe(0);
  seen(201);
  seen(202);
  count.stop();
  await clock.advance(2_000);
  expect(told).toEqual([201, 201]);
});

test('P8: a clock that is set back does not silence it', async () => {
  seen(201);
  clock.set(clock.now() - 3_600_000);
  seen(202);
  expect(told).toEqual([201, 202]);
});
