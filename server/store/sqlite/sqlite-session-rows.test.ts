import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DAY, TestClock } from '../contract/scene.contract.ts';
import { loadDriver } from './driver.ts';
import { openSqlite } from './open-sqlite.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const { DatabaseSync } = await loadDriver();
afterAll(removeFolders);

test('H1 H8 H9: of sessions that ended, and of codes that ran out, no row is left', async () => {
  const folder = temporaryFolder();
  const clock = new TestClock();
  const store = await openSqlite({ folder, clock });
  const [ran, ended] = [await store.openSession('ran out'), await store.openSession('signed out')];
  for (const { device } of [ran, ended])
    await store.devices.openCode(device, { linkHash: `${device} link`, typedHash: `${device} typed` });
  await store.endSession(ended.id);
  clock.move(90 * DAY + 1);
  const kept = await store.openSession('kept');
  await store.devices.openCode(kept.device, { linkHash: 'link', typedHash: 'typed' });
  await store.close();
  const db = new DatabaseSync(join(folder, 'snug.db'));
  expect(db.prepare('SELECT id FROM session').all()).toEqual([{ id: kept.id }]);
  expect(db.prepare('SELECT id FROM device').all()).toEqual([{ id: kept.device }]);
  expect(db.prepare('SELECT link_hash FROM code').all()).toEqual([{ link_hash: 'link' }]);
  db.close();
});
