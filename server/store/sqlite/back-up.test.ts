import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Backup, CannotBackUp } from './back-up.ts';
import { loadDriver } from './driver.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const { DatabaseSync } = await loadDriver();
afterAll(removeFolders);

function data(): string {
  const from = join(temporaryFolder(), 'data');
  mkdirSync(from);
  const db = new DatabaseSync(join(from, 'snug.db'));
  db.exec('CREATE TABLE tea (leaf BLOB); INSERT INTO tea VALUES (zeroblob(4000000)), (zeroblob(4000000))');
  // What is free is not copied, and not counted.
  db.exec('DELETE FROM tea WHERE rowid = 1');
  db.close();
  return from;
}

test('a backup tells from its beginning to its end how much there is', async () => {
  const told: (readonly [number, number])[] = [];
  const from = data();
  const to = join(temporaryFolder(), 'copy');
  const bytes = await new Backup({ from, to, progress: (...progress) => told.push(progress) }).run();
  expect(told.at(0)).toEqual([0, bytes]);
  expect(told.at(-1)).toEqual([bytes, bytes]);
  expect(told.map(([copied]) => copied)).toEqual(told.map(([copied]) => copied).toSorted((a, b) => a - b));
});

test('L2: an emptied database is not taken for a whole one, and its log stays', async () => {
  const from = temporaryFolder();
  writeFileSync(join(from, 'snug.db'), '');
  writeFileSync(join(from, 'snug.db-wal'), 'what was written last');
  const backup = new Backup({ from, to: join(temporaryFolder(), 'copy'), progress: () => undefined });
  await expect(backup.run()).rejects.toThrow(/snug\.db is empty, and snug\.db-wal .* Restore an earlier backup/);
  expect(readFileSync(join(from, 'snug.db-wal'), 'utf8')).toBe('what was written last');
});

test('a backup that was refused has touched nothing, and abandoning it does not either', async () => {
  const from = data();
  const to = temporaryFolder();
  writeFileSync(join(to, 'snug.db'), 'of yesterday');
  const backup = new Backup({ from, to, progress: () => undefined });
  await expect(backup.run()).rejects.toThrow(CannotBackUp);
  backup.abandon();
  const done = new Backup({ from, to: join(to, 'copy'), progress: () => undefined });
  await done.run();
  done.abandon();
  await expect(new Backup({ from, to: join(to, 'copy'), progress: () => undefined }).run()).rejects.toThrow(
    /is not empty/,
  );
});
