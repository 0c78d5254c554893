import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Entry } from '../../../protocol/entries.ts';
import type { NodeId } from '../../../protocol/ids.ts';
import { message, Scene, TestClock } from '../contract/scene.contract.ts';
import type { Member, Room } from '../store.ts';
import { CannotOpenStore } from './cannot-open.ts';
import { loadDriver } from './driver.ts';
import { DATABASE_FILE, LOCK_FILE, LOG_FILE, MARK_FILE } from './files.ts';
import { openAgain, openForReading, openForWriting } from './open-database.ts';
import { openSqlite } from './open-sqlite.ts';
import { STEPS } from './schema.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const clock = new TestClock();
const driver = await loadDriver();
afterAll(removeFolders);

/** A folder in which somebody has talked. */
async function usedFolder(): Promise<{ folder: string; room: Room; ada: Member }> {
  const folder = temporaryFolder();
  const store = await openSqlite({ folder, clock });
  const scene = new Scene({ store, clock });
  const room = await scene.room();
  const ada = await scene.member(room, 'Ada');
  await store.append(Array.from({ length: 200 }, (_, n) => message(ada, `message ${n} ${'x'.repeat(500)}`)));
  await store.close();
  return { folder, room, ada };
}

async function refusal(folder: string): Promise<string> {
  const error = await openSqlite({ folder, clock }).then(
    async (store) => {
      await store.close();
      return undefined;
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CannotOpenStore);
  const { message: line } = error as CannotOpenStore;
  expect(line).not.toContain('\n');
  return line;
}

test('L2: what was acknowledged is there when the store is opened again', async () => {
  const folder = temporaryFolder();
  const before = new Scene({ store: await openSqlite({ folder, clock }), clock });
  const room = await before.room();
  const session = await before.store.openSession('hash');
  const ada = await before.member(room, 'Ada', session.id);
  await before.says(ada, 'one');
  const log = await before.log(room);
  await before.store.close();

  const store = await openSqlite({ folder, clock });
  expect(await new Scene({ store, clock }).log(room)).toEqual(log);
  expect(await store.session('hash')).toEqual(session);
  expect(await store.member(ada.id)).toEqual({ ...ada, readSeq: 1 });
  expect((await store.search([room.id], 'one', 5)).hits).toHaveLength(1);
  expect(store.problem()).toBeUndefined();
  await store.close();
});

test('a folder that is not there is made', async () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  await (await openSqlite({ folder, clock })).close();
  expect(readdirSync(folder)).toContain(DATABASE_FILE);
});

test('a second server is refused while the first one runs, and not after', async () => {
  const folder = temporaryFolder();
  const first = await openSqlite({ folder, clock });
  expect(await refusal(folder)).toContain('Another server is using the data');
  await first.close();
  await (await openSqlite({ folder, clock })).close();
});

test('a file in the folder’s place is told', async () => {
  const path = join(temporaryFolder(), 'data');
  writeFileSync(path, '');
  expect(await refusal(path)).toMatch(/cannot be made \(EEXIST\).*SNUG_DATA/);
  expect(await refusal(join(path, 'below'))).toMatch(/cannot be made \(ENOTDIR\).*SNUG_DATA/);
});

test.each([DATABASE_FILE, LOCK_FILE])('a folder in the place of %s is told', async (file) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, file));
  expect(await refusal(folder)).toMatch(/cannot be written to.*SNUG_DATA/);
});

test('what is not a database is told, and left as it is', async () => {
  const folder = temporaryFolder();
  const path = join(folder, DATABASE_FILE);
  writeFileSync(path, 'my diary\n'.repeat(1_000));
  expect(await refusal(folder)).toMatch(/is not a database.*restore a backup/);
  expect(readFileSync(path, 'utf8')).toBe('my diary\n'.repeat(1_000));
});

test('a lock file that Snug did not make is named, and left as it is', async () => {
  const { folder } = await usedFolder();
  const path = join(folder, LOCK_FILE);
  writeFileSync(path, 'my diary\n'.repeat(1_000));
  expect(await refusal(folder)).toBe(
    `${path} is not the lock file that Snug makes. Snug keeps nothing in it: remove it, then start again.`,
  );
  expect(readFileSync(path, 'utf8')).toBe('my diary\n'.repeat(1_000));
  rmSync(path);
  await (await openSqlite({ folder, clock })).close();
});

test.each(['everywhere', 'in one page'])('a database that is damaged %s is told, and left as it is', async (where) => {
  const { folder } = await usedFolder();
  const path = join(folder, DATABASE_FILE);
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2 / 4_096) * 4_096;
  if (where === 'everywhere') bytes.fill(0xaa, 4_096);
  else bytes.fill(0xaa, middle, middle + 4_096);
  writeFileSync(path, bytes);
  expect(await refusal(folder)).toMatch(/is damaged.*restore a backup/);
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('a truncated database is told', async () => {
  const { folder } = await usedFolder();
  const path = join(folder, DATABASE_FILE);
  truncateSync(path, Math.floor(statSync(path).size / 2 / 4_096) * 4_096);
  expect(await refusal(folder)).toMatch(/is damaged.*restore a backup/);
  truncateSync(path, 1_000);
  expect(await refusal(folder)).toMatch(/damaged.*restore a backup/);
});

interface Killed {
  readonly folder: string;
  readonly room: Room;
  readonly ada: Member;
  readonly log: readonly Entry[];
}

let killed: Promise<Killed> | undefined;

/** A copy of what a server leaves that is killed: all that was written is in the write-ahead log alone. */
async function killedFolder(): Promise<Killed> {
  const original = await (killed ??= killWhileWriting());
  const folder = temporaryFolder();
  cpSync(original.folder, folder, { recursive: true });
  return { ...original, folder };
}

async function killWhileWriting(): Promise<Killed> {
  const [living, folder] = [temporaryFolder(), temporaryFolder()];
  const store = await openSqlite({ folder: living, clock });
  const scene = new Scene({ store, clock });
  const room = await scene.room();
  const ada = await scene.member(room, 'Ada');
  for (let n = 0; n < 20; n += 1) await scene.says(ada, `message ${n} ${'x'.repeat(500)}`);
  for (const file of [DATABASE_FILE, LOG_FILE, MARK_FILE]) copyFileSync(join(living, file), join(folder, file));
  const log = await scene.log(room);
  await store.close();
  return { folder, room, ada, log };
}

/** Those in which there is something. */
function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const all = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))] as const);
  return new Map(all.filter(([, bytes]) => bytes.length > 0));
}

function isSame(some: ReadonlyMap<string, Buffer>, others: ReadonlyMap<string, Buffer>): boolean {
  return some.size === others.size && [...some].every(([file, bytes]) => others.get(file)?.equals(bytes));
}

test.each<[string, RegExp, (folder: string) => void]>([
  ['emptied beside its log', /is empty, and snug\.db-wal/, (folder) => truncateSync(join(folder, DATABASE_FILE), 0)],
  ['taken away from its log', /is missing, and snug\.db-wal/, (folder) => rmSync(join(folder, DATABASE_FILE))],
  [
    'emptied with its log',
    /is empty, and snug\.made/,
    (folder) => [DATABASE_FILE, LOG_FILE].forEach((file) => truncateSync(join(folder, file), 0)),
  ],
  [
    'taken away with its log',
    /is missing, and snug\.made/,
    (folder) => [DATABASE_FILE, LOG_FILE].forEach((file) => rmSync(join(folder, file))),
  ],
  [
    'all in a log that is gone',
    /has nothing in it, and snug\.made/,
    (folder) => truncateSync(join(folder, LOG_FILE), 0),
  ],
])('a database that was %s is told, and no new one takes its place', async (_, what, spoil) => {
  const { folder, room } = await killedFolder();
  spoil(folder);
  const spoilt = filesIn(folder);
  for (let tries = 0; tries < 2; tries += 1) {
    const line = await refusal(folder);
    expect(line).toMatch(what);
    expect(line).toMatch(/Nothing was changed\. Restore a backup in its place, or move all .* away to begin anew/);
    expect(isSame(filesIn(folder), spoilt)).toBe(true);
  }
  renameSync(folder, join(temporaryFolder(), 'away'));
  const anew = await openSqlite({ folder, clock });
  expect(await anew.heads([room.id])).toEqual(new Map());
  await anew.close();
});

test('a backup is taken in the place of what was there', async () => {
  const { folder, room } = await usedFolder();
  const again = temporaryFolder();
  for (const file of [DATABASE_FILE, MARK_FILE]) copyFileSync(join(folder, file), join(again, file));
  writeFileSync(join(again, LOG_FILE), '');
  const store = await openSqlite({ folder: again, clock });
  expect((await store.heads([room.id])).get(room.id)?.seq).toBe(200);
  await store.close();
});

test('a log alone says that there was a database', async () => {
  const { folder } = await killedFolder();
  rmSync(join(folder, MARK_FILE));
  truncateSync(join(folder, DATABASE_FILE), 0);
  expect(await refusal(folder)).toMatch(/is empty, and snug\.db-wal/);
});

test('a database that is emptied while a server runs is not made anew by it', async () => {
  const { folder } = await usedFolder();
  truncateSync(join(folder, DATABASE_FILE), 0);
  expect(() => openAgain(driver, folder)).toThrow(/is empty/);
  expect(statSync(join(folder, DATABASE_FILE)).size).toBe(0);
});

test('a first start that came to nothing is no reason to refuse the next one', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, DATABASE_FILE), '');
  writeFileSync(join(folder, LOCK_FILE), '');
  await (await openSqlite({ folder, clock })).close();
});

const SPOIL_LOG: Readonly<Record<string, (path: string, at: number) => void>> = {
  'cut short': truncateSync,
  overwritten: (path, at) => writeFileSync(path, readFileSync(path).fill(0xaa, at)),
  'spoilt in one page': (path, at) => writeFileSync(path, readFileSync(path).fill(0xaa, at, at + 4_096)),
};

test.each(Object.keys(SPOIL_LOG).flatMap((way) => [0.4, 0.7, 0.97].map((share) => [way, share] as const)))(
  'L1: of a log that is %s, after %d of it, what was written last is gone, and nothing else',
  async (way, share) => {
    const { folder, room, ada, log } = await killedFolder();
    const path = join(folder, LOG_FILE);
    SPOIL_LOG[way]?.(path, Math.floor(statSync(path).size * share));
    const store = await openSqlite({ folder, clock });
    const scene = new Scene({ store, clock });
    const kept = await scene.log(room);
    expect(kept).toEqual(log.slice(0, kept.length));
    expect(kept.length).toBeLessThan(log.length);
    expect(await scene.says(ada, 'and on')).toMatchObject({ seq: kept.length + 1 });
    await store.close();
  },
);

test('a database of a newer program is told, and works with that program still', async () => {
  const { folder } = await usedFolder();
  const { DatabaseSync } = await loadDriver();
  const setVersion = (version: number): void => {
    const db = new DatabaseSync(join(folder, DATABASE_FILE));
    db.prepare("UPDATE meta SET value = ? WHERE name = 'version'").run(`${version}`);
    db.close();
  };
  setVersion(99);
  expect(await refusal(folder)).toMatch(/newer version of Snug \(99\)/);
  setVersion(STEPS.length);
  await (await openSqlite({ folder, clock })).close();
});

test('once closed, the database file alone is whole', async () => {
  const { folder, room } = await usedFolder();
  const elsewhere = temporaryFolder();
  copyFileSync(join(folder, DATABASE_FILE), join(elsewhere, DATABASE_FILE));
  const store = await openSqlite({ folder: elsewhere, clock });
  expect((await store.heads([room.id])).get(room.id)?.seq).toBe(200);
  await store.close();
});

test('durability and forgetting are set, whatever the build’s defaults are', async () => {
  const folder = temporaryFolder();
  const { db, lock } = await openForWriting(folder);
  const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0];
  expect(['journal_mode', 'synchronous', 'secure_delete', 'foreign_keys'].map(pragma)).toEqual(['wal', 2, 1, 1]);
  const reading = await openForReading(folder);
  expect(() => reading.exec('DELETE FROM room')).toThrow(/readonly/);
  for (const one of [reading, db, lock]) one.close();
});

test('an index made by another Unicode is made anew', async () => {
  const { folder, room, ada } = await usedFolder();
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(join(folder, DATABASE_FILE));
  db.exec("UPDATE meta SET value = '1/3.0' WHERE name = 'words'; INSERT INTO words (words) VALUES ('delete-all')");
  db.close();
  const store = await openSqlite({ folder, clock });
  expect((await store.search([room.id], 'message 7', 5)).hits).toHaveLength(1);
  await store.append([message(ada, 'one more message 7')]);
  expect((await store.search([room.id], 'message 7', 5)).hits).toHaveLength(2);
  await store.close();
});

test('P5: the lease of a server that is gone has run out when the next one starts', async () => {
  const folder = temporaryFolder();
  const node = 'before' as NodeId;
  const before = await openSqlite({ folder });
  expect(await before.renewLease(node, 3_600_000, true)).toBe(true);
  expect(await before.renewLease(node, 3_600_000, false)).toBe(true);
  await before.close();
  const after = await openSqlite({ folder });
  expect(await after.renewLease(node, 3_600_000, false)).toBe(false);
  await after.close();
});
