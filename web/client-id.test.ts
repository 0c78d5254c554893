import { expect, test } from 'vitest';
import { isClientId } from '../protocol/ids.ts';
import { newClientId } from './client-id.ts';

test('a client id is a UUID, and no two are the same', () => {
  const ids = Array.from({ length: 1_000 }, newClientId);
  expect(ids.filter((id) => !isClientId(id))).toEqual([]);
  expect(new Set(ids).size).toBe(1_000);
});
