import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LIMITS } from './limits.ts';
import { Toll, Tolls } from './tolls.ts';

// The engine takes its time from the system.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RATE = { amount: 10, perMs: 1_000, burst: 50 };

/** How many of so many get through. */
async function paid(toll: Toll, key: string, count: number): Promise<number> {
  let through = 0;
  for (let n = 0; n < count; n += 1) if ((await toll.pay(key)) === 0) through += 1;
  return through;
}

describe('a toll', () => {
  test('lets the burst through at once, and no more', async () => {
    const toll = new Toll(RATE);
    expect(await paid(toll, 'a', 200)).toBe(50);
    expect(await paid(toll, 'b', 200)).toBe(50);
  });

  test('then its amount in each period, and the burst again when it would have filled up', async () => {
    const toll = new Toll(RATE);
    await paid(toll, 'a', 200);
    vi.advanceTimersByTime(1_000);
    expect(await paid(toll, 'a', 200)).toBe(10);
    vi.advanceTimersByTime(4_000);
    expect(await paid(toll, 'a', 200)).toBe(50);
  });

  test('says when to try again, and it is worth trying then', async () => {
    const toll = new Toll(RATE);
    await paid(toll, 'a', 200);
    const wait = await toll.pay('a');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(1_000);
    vi.advanceTimersByTime(wait);
    expect(await toll.pay('a')).toBe(0);
  });

  test('tells nobody to wait for longer than a period, whatever a clock that is set back says', async () => {
    const toll = new Toll(RATE);
    await paid(toll, 'a', 200);
    vi.setSystemTime(Date.now() - 86_400_000);
    expect(await toll.pay('a')).toBeLessThanOrEqual(1_000);
    vi.advanceTimersByTime(1_000);
    expect(await paid(toll, 'a', 200)).toBe(10);
  });

  test('of no more than its amount at once is one window', async () => {
    const toll = new Toll({ amount: 3, perMs: 1_000, burst: 3 });
    expect(await paid(toll, 'a', 9)).toBe(3);
  });

  test('remembers a bounded number, whoever comes', async () => {
    const toll = new Toll(RATE, 100);
    for (let n = 0; n < 1_000; n += 1) await toll.pay(`key ${n}`);
    expect(toll.size).toBe(100);
    // A period's timers of those that are remembered, and none of the forgotten.
    expect(vi.getTimerCount()).toBeLessThanOrEqual(200);
    expect(await paid(toll, 'key 999', 200)).toBe(49);
  });
});

describe('the tolls', () => {
  test('are what the limits say, and each refusal is told of', async () => {
    const reached: string[] = [];
    const tolls = new Tolls(LIMITS, (what) => reached.push(what));
    for (const what of ['handshakes', 'members', 'rooms', 'joins'] as const) {
      for (let n = 0; n < LIMITS[what].burst; n += 1) expect(await tolls.pay(what, 'here')).toBe(0);
      expect(await tolls.pay(what, 'here')).toBeGreaterThan(0);
      expect(await tolls.pay(what, 'elsewhere')).toBe(0);
    }
    expect(reached).toEqual(['handshakes', 'members', 'rooms', 'joins']);
  });

  test('are free without limits', async () => {
    const tolls = new Tolls(undefined);
    for (let n = 0; n < 1_000; n += 1) expect(await tolls.pay('rooms', 'here')).toBe(0);
  });
});
