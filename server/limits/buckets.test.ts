import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Buckets } from './buckets.ts';

const FIVE = { amount: 5, perMs: 1_000, burst: 20 };

function bucketsOf(rate: typeof FIVE | undefined = FIVE, mostKeys?: number) {
  const clock = { at: 1_700_000_000_000, now: () => clock.at };
  return { clock, buckets: new Buckets<string>(rate, clock, mostKeys) };
}

describe('a bucket', () => {
  test('gives its burst at once, and then as much as comes back', () => {
    const { buckets, clock } = bucketsOf();
    expect(buckets.take('a', 20)).toEqual({ taken: 20, retryAfter: 0 });
    expect(buckets.take('a').taken).toBe(0);
    clock.at += 199;
    expect(buckets.take('a').taken).toBe(0);
    clock.at += 1;
    expect(buckets.take('a')).toEqual({ taken: 1, retryAfter: 0 });
    clock.at += 60_000;
    expect(buckets.take('a', 100).taken).toBe(20);
  });

  test('is each key’s own', () => {
    const { buckets } = bucketsOf();
    buckets.take('a', 20);
    expect(buckets.take('b').taken).toBe(1);
  });

  test('says when there is more: for one the time of one, for many the time of as many as a period brings', () => {
    const { buckets, clock } = bucketsOf();
    expect(buckets.take('a', 21)).toEqual({ taken: 20, retryAfter: 200 });
    expect(buckets.take('a', 80)).toEqual({ taken: 0, retryAfter: 1_000 });
    clock.at += 1_000;
    expect(buckets.take('a', 80)).toEqual({ taken: 5, retryAfter: 1_000 });
  });

  test('gets back what was not used', () => {
    const { buckets } = bucketsOf();
    buckets.take('a', 20);
    buckets.giveBack('a', 3);
    expect(buckets.take('a', 20).taken).toBe(3);
  });

  test('has no limit without a rate, and remembers nobody', () => {
    const clock = { now: () => 0 };
    const buckets = new Buckets<string>(undefined, clock);
    expect(buckets.take('a', 1_000_000)).toEqual({ taken: 1_000_000, retryAfter: 0 });
    expect(buckets.size).toBe(0);
  });

  test('is not filled by a clock that steps back', () => {
    const { buckets, clock } = bucketsOf();
    buckets.take('a', 20);
    clock.at -= 3_600_000;
    expect(buckets.take('a').taken).toBe(0);
    clock.at += 200;
    expect(buckets.take('a').taken).toBe(1);
  });

  test('whatever is asked when, over any time no more is given than the burst and what came back', () => {
    const steps = fc.array(fc.record({ ms: fc.nat({ max: 5_000 }), wanted: fc.integer({ min: 1, max: 30 }) }));
    fc.assert(
      fc.property(steps, (asked) => {
        const { buckets, clock } = bucketsOf();
        const began = clock.at;
        let given = 0;
        for (const { ms, wanted } of asked) {
          clock.at += ms;
          const { taken, retryAfter } = buckets.take('a', wanted);
          given += taken;
          expect(given).toBeLessThanOrEqual(20 + ((clock.at - began) * 5) / 1_000);
          expect(retryAfter > 0).toBe(taken < wanted);
        }
      }),
    );
  });
});

describe('what is remembered', () => {
  test('is bounded, whoever comes', () => {
    const { buckets } = bucketsOf(FIVE, 100);
    for (let n = 0; n < 10_000; n += 1) buckets.take(`key ${n}`);
    expect(buckets.size).toBe(100);
    expect(buckets.take('key 9999', 20).taken).toBe(19);
  });

  test('is not those whose bucket is full again', () => {
    const { buckets, clock } = bucketsOf();
    for (let n = 0; n < 1_000; n += 1) buckets.take(`key ${n}`);
    clock.at += 4_000;
    for (let n = 0; n < 1_000; n += 1) buckets.take('one');
    expect(buckets.size).toBe(1);
  });
});
