import { beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { Rounds } from './rounds.ts';

let clock: VirtualClock;
let turns: number[];
let failures: unknown[];

beforeEach(() => {
  [clock, turns, failures] = [new VirtualClock(0), [], []];
});

/** Whose turns are done by `run`, which is given how many there were before. */
function roundsOf(run: (nth: number) => number | undefined | Promise<number | undefined>): Rounds {
  const turn = () => {
    turns.push(clock.now());
    return run(turns.length - 1);
  };
  return new Rounds({ clock, run: turn, afterFailureMs: 300, failed: (error) => failures.push(error) });
}

test('a turn says when the next one comes, and after one that throws or rejects it comes all the same', async () => {
  const surprise = new TypeError('x');
  const run = (nth: number) => {
    if (nth === 1) throw surprise;
    return nth === 2 ? Promise.reject(surprise) : 1_000;
  };
  roundsOf(run).in(10);
  await clock.advance(2_000);
  expect(turns).toEqual([10, 1_010, 1_310, 1_610]);
  expect(failures).toEqual([surprise, surprise]);
});

test('whoever says when it comes moves it, and after the end none comes', async () => {
  const rounds = roundsOf(() => 1_000);
  rounds.in(10);
  rounds.in(500);
  await clock.advance(600);
  rounds.in(100);
  await clock.advance(200);
  expect(turns).toEqual([500, 700]);
  rounds.stop();
  rounds.in(10);
  await clock.advance(5_000);
  expect(turns).toHaveLength(2);
  expect(clock.waiting).toBe(0);
});

test('a turn that does not know when the next one comes leaves that to whoever says it', async () => {
  const rounds = roundsOf((nth) => (nth === 0 ? undefined : 50));
  rounds.in(10);
  await clock.advance(1_000);
  expect(turns).toEqual([10]);
});
