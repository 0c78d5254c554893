import { afterAll, expect, test } from 'vitest';
import type { Address, NodeId } from '../../../protocol/ids.ts';
import { StoreBusy } from '../store.ts';
import { openSqlite } from './open-sqlite.ts';
import { MAX_WAITING_CALLS } from './sqlite-engine.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

afterAll(removeFolders);

test('only so much waits for the store: more is refused at once, and there is room again afterwards', async () => {
  const store = await openSqlite({ folder: temporaryFolder() });
  const asked = Array.from({ length: MAX_WAITING_CALLS }, () => store.room('lobby' as Address));
  await expect(store.room('lobby' as Address)).rejects.toThrow(StoreBusy);
  await expect(store.claim({} as never)).rejects.toMatchObject({ retryAfter: 1_000 });
  // What others would take this node for dead without, and what has a bound of its own.
  expect(await store.renewLease('node' as NodeId, 15_000, true)).toBe(true);
  expect(await store.append([])).toEqual([]);
  expect(await Promise.all(asked)).toHaveLength(MAX_WAITING_CALLS);
  expect(await store.room('lobby' as Address)).toBeUndefined();
  await store.close();
});
