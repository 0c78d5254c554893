// `npm run backup -- <folder>` as a command: what it copies, what it says, and what it leaves when it cannot.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { lackingOf, titleWith } from '../faults/needs.ts';
import { SmallDisk } from '../server/failing-disk.contract.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const MB = 1024 * 1024;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snug-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A data folder with about so much in it. */
function dataFolder(megabytes = 1): string {
  const folder = join(newFolder(), 'data');
  mkdirSync(folder);
  const db = new DatabaseSync(join(folder, 'snug.db'));
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE tea (leaf BLOB)');
  db.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${megabytes}) INSERT INTO tea SELECT zeroblob(${MB}) FROM n`,
  );
  db.close();
  return folder;
}

function call(folder: string, data: string, before: readonly string[] = []): [string, string[], object] {
  const { PATH = '', HOME = '' } = process.env;
  const words = [...before, process.execPath, 'tools/backup.mjs', folder].filter((word) => word !== '');
  return [words[0] ?? '', words.slice(1), { cwd: PROJECT, env: { PATH, HOME, SNUG_DATA: data } }];
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function backUp(folder: string, data: string, before?: readonly string[]): Ended {
  const [program, args, options] = call(folder, data, before);
  const { status, stdout, stderr } = spawnSync(program, args, { ...options, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Ends with 1 and one line for people. */
function refusal(folder: string, data: string, before?: readonly string[]): string {
  const { code, stdout, stderr } = backUp(folder, data, before);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^[^\n]+\n$/u);
  expect(stderr).not.toMatch(/\bat .*:\d+|Error:|node:internal/u);
  return stderr;
}

function leavesOf(folder: string): unknown {
  const db = new DatabaseSync(join(folder, 'snug.db'), { readOnly: true });
  onTestFinished(() => db.close());
  expect(db.prepare('PRAGMA quick_check').all()).toEqual([{ quick_check: 'ok' }]);
  return db.prepare('SELECT count(*) AS leaves FROM tea').get();
}

test('F20: says in one line where the copy lies and how to restore it, and the copy passes quick_check', () => {
  const data = dataFolder();
  const copy = join(newFolder(), 'a', 'b');
  const { code, stdout, stderr } = backUp(copy, data);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    `Backed up 1.0 MB to ${copy}. To restore it: stop Snug, move ${data} away, copy ${copy} in its place, start Snug.`,
  );
  expect(leavesOf(copy)).toEqual({ leaves: 1 });
  expect(readdirSync(copy)).toEqual(['snug.db', 'snug.db-wal']);
  expect(statSync(join(copy, 'snug.db')).mode).toBe(statSync(join(data, 'snug.db')).mode);
});

test('F20: what a killed server left in its log is in the copy, and that log stays as it was', () => {
  const data = dataFolder();
  const code = `
    import { DatabaseSync } from '@photostructure/sqlite';
    const db = new DatabaseSync(${JSON.stringify(join(data, 'snug.db'))});
    db.exec('INSERT INTO tea VALUES (1)');
    process.kill(process.pid, 'SIGKILL');
  `;
  spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: PROJECT });
  const log = readFileSync(join(data, 'snug.db-wal'));
  expect(log.length).toBeGreaterThan(0);
  const copy = join(newFolder(), 'copy');
  expect(backUp(copy, data).code).toBe(0);
  expect(leavesOf(copy)).toEqual({ leaves: 2 });
  expect(readFileSync(join(data, 'snug.db-wal')).equals(log)).toBe(true);
});

test('an empty folder takes a copy, and so does one in which a backup was killed', () => {
  const data = dataFolder();
  const copy = newFolder();
  writeFileSync(join(copy, 'snug.db.part'), 'half of a cop');
  expect(backUp(copy, data)).toMatchObject({ code: 0, stderr: '' });
  expect(leavesOf(copy)).toEqual({ leaves: 1 });
  expect(existsSync(join(copy, 'snug.db.part'))).toBe(false);
});

type Scene = (data: string, outer: string) => readonly [copy: string, data: string, line: RegExp];

const SCENES: [string, Scene][] = [
  ['no data there', (_, outer) => [join(outer, 'copy'), outer, /^There is no data in .* SNUG_DATA/u]],
  [
    'a folder that is not empty',
    (data, outer) => {
      writeFileSync(join(outer, 'diary.txt'), '');
      return [outer, data, /^\/.* is not empty\. Name a folder/u];
    },
  ],
  ['a folder in the data folder', (data) => [join(data, 'copy'), data, /is in the data folder itself/u]],
  ['the data folder', (data) => [data, data, /is in the data folder itself/u]],
  [
    'a file in the way',
    (data, outer) => {
      writeFileSync(join(outer, 'file'), '');
      return [join(outer, 'file', 'copy'), data, /cannot be written to \(ENOTDIR\)/u];
    },
  ],
  [
    'a place where nothing can be made',
    (data) => ['/proc/snug', data, /^The folder \/proc\/snug cannot be written to/u],
  ],
  ['no folder named', (data) => ['', data, /^Name one folder for the copy: npm run backup -- /u]],
  [
    'a database that is damaged',
    (data, outer) => {
      const path = join(data, 'snug.db');
      writeFileSync(path, readFileSync(path).fill(0xaa, 4_096));
      return [join(outer, 'copy'), data, /^The database in .* is damaged .*Restore an earlier backup/u];
    },
  ],
  [
    'what is no database',
    (data, outer) => {
      writeFileSync(join(data, 'snug.db'), 'my diary\n'.repeat(1_000));
      return [join(outer, 'copy'), data, /^The database in .* is damaged .*Restore an earlier backup/u];
    },
  ],
];

test.each(SCENES)('%s is told in one line, and nothing is left', (_, scene) => {
  const outer = newFolder();
  const [copy, data, line] = scene(dataFolder(), outer);
  const before = readdirSync(outer);
  expect(refusal(copy, data)).toMatch(line);
  expect(readdirSync(outer)).toEqual(before);
});

const lackingForLimit = lackingOf(['prlimit']);
const cut = 'a disk that takes no more in the middle is told in one line, and nothing is left';
test.skipIf(lackingForLimit.length > 0)(titleWith(cut, lackingForLimit), () => {
  const outer = newFolder();
  const data = dataFolder(4);
  const line = refusal(join(outer, 'a', 'copy'), data, ['prlimit', `--fsize=${MB}`]);
  expect(line).toMatch(/could not be read, or .* not be written \(disk I\/O error\)\. Check both disks/u);
  expect(readdirSync(outer)).toEqual([]);
});

const lackingForDisk = lackingOf(['root']);
const full = 'F4: a full disk is told in one line, and nothing is left';
test.skipIf(lackingForDisk.length > 0)(titleWith(full, lackingForDisk), () => {
  const disk = new SmallDisk(2 * MB);
  const copy = join(disk.folder, 'copy');
  expect(refusal(copy, dataFolder(4))).toBe(
    `There is no space left for the copy in ${copy}. Make some, or name a folder on another disk.\n`,
  );
  expect(readdirSync(disk.folder)).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s in the middle leaves nothing', async (signal) => {
  const outer = newFolder();
  const copy = join(outer, 'a', 'copy');
  const [program, args, options] = call(copy, dataFolder(200));
  const child = spawn(program, args, { ...options, stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (!existsSync(join(copy, 'snug.db.part'))) await new Promise(setImmediate);
  child.kill(signal);
  expect(await ended).toEqual([null, signal]);
  expect(readdirSync(outer)).toEqual([]);
});

test('F20: a copy that is laid over the files of a killed server takes nothing from their log', () => {
  const data = dataFolder();
  const copy = join(newFolder(), 'copy');
  expect(backUp(copy, data).code).toBe(0);
  const code = `
    import { DatabaseSync } from '@photostructure/sqlite';
    const db = new DatabaseSync(${JSON.stringify(join(data, 'snug.db'))});
    db.exec('INSERT INTO tea VALUES (1); CREATE TABLE later (x)');
    process.kill(process.pid, 'SIGKILL');
  `;
  spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: PROJECT });
  expect(statSync(join(data, 'snug.db-wal')).size).toBeGreaterThan(0);
  for (const file of readdirSync(copy)) writeFileSync(join(data, file), readFileSync(join(copy, file)));
  expect(leavesOf(data)).toEqual({ leaves: 1 });
});
