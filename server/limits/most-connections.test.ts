import { expect, test } from 'vitest';
import { mostConnectionsIn } from './most-connections.ts';

const MB = 1024 * 1024;

test('F21: a process takes as many connections as its memory has room for, and some in the smallest', () => {
  expect(mostConnectionsIn(256 * MB)).toBe(4_096);
  expect(mostConnectionsIn(1024 * MB)).toBe(28_672);
  for (const bytes of [0, 64 * MB, 128 * MB]) expect(mostConnectionsIn(bytes)).toBe(100);
});
