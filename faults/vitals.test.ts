import { expect, test } from 'vitest';
import { Site } from './site.ts';
import { breachesOf } from './vitals.ts';

const START = { memoryMb: 80, heapMb: 12, descriptors: 24, loopDelayMs: 1 };

test('I7: what a server keeps when all have gone is judged by its bounds, and the delay of its event loop is not', () => {
  expect(breachesOf(START, START)).toEqual([]);
  expect(breachesOf(START, { memoryMb: 280, heapMb: 44, descriptors: 30, loopDelayMs: 900 })).toEqual([]);
  expect(breachesOf(START, { memoryMb: 281, heapMb: 45, descriptors: 31, loopDelayMs: 1 })).toEqual([
    'I7: memoryMb was 80, and is 281 when all have gone; at most 280',
    'I7: heapMb was 12, and is 45 when all have gone; at most 44',
    'I7: descriptors was 24, and is 31 when all have gone; at most 30',
  ]);
});

test('the guests go before what they use, whatever came first', async () => {
  const gone: string[] = [];
  const site = new Site({ program: '', seed: 1, isQuick: true, say: () => undefined });
  site.atLeaving(() => gone.push('a guest'));
  site.atEnd(() => gone.push('a server'));
  await site.sendHome();
  expect(gone).toEqual(['a guest']);
  await site.close();
  expect(gone).toEqual(['a guest', 'a server']);
});
