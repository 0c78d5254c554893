import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

test('a worker thread written in TypeScript starts under the tests', async () => {
  const worker = new Worker(new URL('./samples/greeting-worker.ts', import.meta.url), {
    execArgv: ['--import', new URL('./worker-register.mjs', import.meta.url).href],
    workerData: 'Ada',
  });
  const answer = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(answer).toBe('Good day, Ada');
});
