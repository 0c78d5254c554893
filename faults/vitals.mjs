// Given to the server with `--expose-gc --import`: after SIGUSR2 it gives back what it does not need any more, and writes into the
// file SNUG_VITALS how it is. The product itself has no such thing.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const RESOLUTION_MS = 10;
const NS_PER_MS = 1e6;
const BYTES_PER_MB = 1024 * 1024;

// The server's threads are given it, too.
if (isMainThread) watch(process.env['SNUG_VITALS'] ?? '');

/** @param {string} file */
function watch(file) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.on('SIGUSR2', () => {
    // Measured is the time between two looks.
    const loopDelayMs = Math.max(0, delay.percentile(99) / NS_PER_MS - RESOLUTION_MS);
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const vitals = { memoryMb: rss / BYTES_PER_MB, heapMb: (heapUsed + external) / BYTES_PER_MB, loopDelayMs };
    writeFileSync(`${file}.new`, JSON.stringify(vitals));
    renameSync(`${file}.new`, file);
    delay.reset();
  });
}
