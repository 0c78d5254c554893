import { afterAll } from 'vitest';
import { TestClock } from '../contract/scene.contract.ts';
import { storeContract } from '../store.contract.ts';
import { openSqlite } from './open-sqlite.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

storeContract('SQLite', async () => {
  const clock = new TestClock();
  return { store: await openSqlite({ folder: temporaryFolder(), clock }), clock };
});

afterAll(removeFolders);
