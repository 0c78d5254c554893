import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CannotOpenStore } from './cannot-open.ts';
import { type Database, loadDriver } from './driver.ts';
import { migrate } from './migrate.ts';
import { isWhole } from './open-database.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const { DatabaseSync } = await loadDriver();
afterAll(removeFolders);

const FIRST = 'CREATE TABLE tea (leaf TEXT)';
const SECOND = "ALTER TABLE tea ADD COLUMN cup TEXT; INSERT INTO tea (leaf) VALUES ('green')";
const BROKEN = 'CREATE TABLE milk (fat INTEGER); ALTER TABLE nothing ADD COLUMN x';

function opened(): { db: Database; folder: string; copyPath: (version: number) => string } {
  const folder = temporaryFolder();
  return {
    db: new DatabaseSync(join(folder, 'test.db')),
    folder,
    copyPath: (version) => join(folder, `copy-${version}.db`),
  };
}

function dump(db: Database): unknown {
  const tables = db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all() as { name: string }[];
  return tables.map((table) => [
    table,
    table.name.startsWith('sqlite_') ? [] : db.prepare(`SELECT * FROM ${table.name}`).all(),
  ]);
}

function version(db: Database): unknown {
  return db.prepare("SELECT value FROM meta WHERE name = 'version'").get();
}

test('a new database takes all steps, and is not copied', () => {
  const { db, copyPath } = opened();
  migrate(db, [FIRST, SECOND], copyPath);
  expect(version(db)).toMatchObject({ value: '2' });
  expect(existsSync(copyPath(0))).toBe(false);
  db.close();
});

test('an upgrade takes the missing steps alone, after a copy was made', () => {
  const { db, copyPath } = opened();
  migrate(db, [FIRST], copyPath);
  db.exec("INSERT INTO tea VALUES ('black')");
  migrate(db, [FIRST, SECOND], copyPath);
  migrate(db, [FIRST, SECOND], copyPath);
  expect(db.prepare('SELECT leaf FROM tea').all()).toMatchObject([{ leaf: 'black' }, { leaf: 'green' }]);
  const copy = new DatabaseSync(copyPath(1));
  expect(version(copy)).toMatchObject({ value: '1' });
  expect(copy.prepare('SELECT * FROM tea').all()).toMatchObject([{ leaf: 'black' }]);
  copy.close();
  db.close();
});

test('F19: a step that fails undoes itself and those before it: the version that wrote the database can go on', () => {
  const { db, copyPath } = opened();
  migrate(db, [FIRST], copyPath);
  db.exec("INSERT INTO tea VALUES ('black')");
  const before = dump(db);
  const failing = () => migrate(db, [FIRST, SECOND, BROKEN], copyPath);
  expect(failing).toThrow(CannotOpenStore);
  expect(failing).toThrow(/could not be brought to version 3 .*nothing.* is as it was: start the version/);
  expect(dump(db)).toEqual(before);
  migrate(db, [FIRST], copyPath);
  const copy = new DatabaseSync(copyPath(1));
  expect(dump(copy)).toEqual(before);
  copy.close();
  migrate(db, [FIRST, SECOND, 'CREATE TABLE milk (fat INTEGER)'], copyPath);
  expect(version(db)).toMatchObject({ value: '3' });
  db.close();
});

test('F19: kill -9 in the middle of a step leaves the old database whole, and the copy that was made', async () => {
  const { db, folder, copyPath } = opened();
  migrate(db, [FIRST], copyPath);
  db.exec("PRAGMA journal_mode = WAL; INSERT INTO tea VALUES ('black')");
  const before = dump(db);
  db.close();
  // Enough that pages of it are on the disk before it stops, for as long as it takes to be killed.
  const much = `INSERT INTO tea (leaf) SELECT hex(zeroblob(2000)) FROM generate LIMIT 20000`;
  const steps = [
    FIRST,
    SECOND,
    `WITH RECURSIVE generate(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM generate) ${much}`,
  ];
  const pausing =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i = said()';
  const code = `
    import { writeSync } from 'node:fs';
    import { loadDriver } from '${new URL('./driver.ts', import.meta.url).href}';
    import { migrate } from '${new URL('./migrate.ts', import.meta.url).href}';
    const { DatabaseSync } = await loadDriver();
    const db = new DatabaseSync(${JSON.stringify(join(folder, 'test.db'))});
    let isSaid = false;
    db.function('said', () => { if (!isSaid) writeSync(1, 'half way'); isSaid = true; return 0; });
    db.exec('PRAGMA cache_size = 10');
    migrate(db, ${JSON.stringify([...steps, pausing])}, (version) => ${JSON.stringify(folder)} + '/copy-' + version + '.db');
  `;
  const loader = new URL('../../../tools/worker-register.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  expect(String(await Promise.race([once(child.stdout, 'data'), ended]))).toBe('half way');
  // Otherwise it was killed before anything was there to undo.
  expect(statSync(join(folder, 'test.db-wal')).size).toBeGreaterThan(10_000_000);
  child.kill('SIGKILL');
  await ended;
  for (const file of ['test.db', 'copy-1.db']) {
    const left = new DatabaseSync(join(folder, file));
    expect([file, dump(left)]).toEqual([file, before]);
    expect(isWhole(left)).toBe(true);
    left.close();
  }
  const again = new DatabaseSync(join(folder, 'test.db'));
  migrate(again, [FIRST, SECOND], copyPath);
  expect(version(again)).toMatchObject({ value: '2' });
  again.close();
});

test('a step for which there is no space is undone, and the disk is what is said to be full', () => {
  const { db, copyPath } = opened();
  db.exec('PRAGMA max_page_count = 8');
  const tooMuch = 'CREATE TABLE milk (fat BLOB); INSERT INTO milk VALUES (zeroblob(100000))';
  migrate(db, [FIRST], copyPath);
  expect(() => migrate(db, [FIRST, tooMuch], copyPath)).toThrow(/full/);
  expect(version(db)).toMatchObject({ value: '1' });
  db.exec('PRAGMA max_page_count = 1000');
  migrate(db, [FIRST, tooMuch], copyPath);
  expect(version(db)).toMatchObject({ value: '2' });
  db.close();
});

test('a database that is newer than the program is left alone', () => {
  const { db, copyPath } = opened();
  migrate(db, [FIRST, SECOND], copyPath);
  expect(() => migrate(db, [FIRST], copyPath)).toThrow(CannotOpenStore);
  expect(version(db)).toMatchObject({ value: '2' });
  db.close();
});
