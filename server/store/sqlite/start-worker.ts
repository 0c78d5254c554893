import { Worker } from 'node:worker_threads';

/** Built, this is JavaScript; under the tests it is TypeScript, which the oldest Node does not run by itself. */
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

export function threadFile(name: 'writer' | 'reader' | 'copy'): URL {
  return new URL(`./${name}-thread${ENDING}`, import.meta.url);
}

export function startWorker(file: URL, workerData: unknown): Worker {
  if (ENDING === '.js') return new Worker(file, { workerData });
  const loader = new URL('../../../tools/worker-register.mjs', import.meta.url).href;
  return new Worker(file, { workerData, execArgv: ['--import', loader] });
}
