import { expect, test } from 'vitest';
import { VirtualClock } from '../simulation/virtual-clock.ts';
import { tellingClock } from './clock.ts';

test('I8: what a timer throws, or rejects with, is told and ends there; what others do is not held up', async () => {
  const failures: unknown[] = [];
  const time = new VirtualClock();
  const clock = tellingClock(time, (error) => failures.push(error));
  const surprise = new TypeError('x');
  const done: number[] = [];
  clock.after(1, () => {
    throw surprise;
  });
  clock.after(2, () => Promise.reject(surprise));
  clock.after(3, () => void done.push(clock.now() - time.now()));
  clock.after(4, () => void done.push(4))();
  await time.advance(10);
  expect(failures).toEqual([surprise, surprise]);
  expect(done).toEqual([0]);
});
