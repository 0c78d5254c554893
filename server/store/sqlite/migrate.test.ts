import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CannotOpenStore } from './cannot-open.ts';
import { type Database, loadDriver } from './driver.ts';
import { migrate } from './migrate.ts';
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

test('a step that fails is undone whole, the ones before it stay, and it can be tried again', () => {
  const { db, copyPath } = opened();
  migrate(db, [FIRST], copyPath);
  expect(() => migrate(db, [FIRST, SECOND, BROKEN], copyPath)).toThrow(/nothing/);
  expect(version(db)).toMatchObject({ value: '2' });
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'milk'").all()).toEqual([]);
  migrate(db, [FIRST, SECOND, 'CREATE TABLE milk (fat INTEGER)'], copyPath);
  expect(version(db)).toMatchObject({ value: '3' });
  expect([1, 2].map((n) => existsSync(copyPath(n)))).toEqual([true, true]);
  db.close();
});

test('a step for which there is no space is undone, and the disk is what is said to be full', () => {
  const { db, copyPath } = opened();
  db.exec('PRAGMA max_page_count = 8');
  const tooMuch = 'CREATE TABLE milk (fat BLOB); INSERT INTO milk VALUES (zeroblob(100000))';
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
