// Waiting with a bound.
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** How long it took until `holds`, in ms; undefined when it did not within `mostMs`. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  mostMs: number,
  everyMs = LOOK_EVERY_MS,
): Promise<number | undefined> {
  const since = performance.now();
  for (;;) {
    if (await holds()) return performance.now() - since;
    if (performance.now() - since > mostMs) return undefined;
    await pause(everyMs);
  }
}

/** Throws when it takes longer. */
export async function within<Value>(mostMs: number, what: string, promise: Promise<Value>): Promise<Value> {
  const late = new AbortController();
  const tooLong = pause(mostMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${what} took longer than ${mostMs} ms`);
  });
  try {
    return await Promise.race([promise, tooLong]);
  } finally {
    late.abort();
    tooLong.catch(() => undefined);
  }
}

export { pause };
