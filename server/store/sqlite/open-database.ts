// Opening: every way in which it can fail is told in one line.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotOpenStore } from './cannot-open.ts';
import { type Database, type Driver, loadDriver, RESULT, resultCode } from './driver.ts';
import { DATABASE_FILE, LOCK_FILE } from './files.ts';
import { mark, refuseAnother, refuseEmptied } from './mark.ts';
import { isNew, migrate, refreshWords, refuseNewer } from './migrate.ts';
import { STEPS } from './schema.ts';

/** 32 MB: the index of client ids is read at random places. */
const CACHE_KB = 32_768;
/** 16 MB of log between two checkpoints: each costs fsyncs of its own. */
const CHECKPOINT_PAGES = 4_000;
const KEPT_LOG_BYTES = 64 * 1024 * 1024;
/** Somebody looks into the file with another program; longer, and a write is refused. */
export const BUSY_MS = 2_000;

export interface OpenDatabase {
  readonly db: Database;
  /** Held as long as it is open: a second server must not have the same data. */
  readonly lock: Database;
}

/** As openForWriting, of a folder that was open before; throws what SQLite and the disk say. */
export function openAgain({ DatabaseSync }: Driver, folder: string): OpenDatabase {
  const lock = new DatabaseSync(join(folder, LOCK_FILE));
  let db: Database | undefined;
  try {
    takeLock(lock);
    refuseEmptied(folder);
    db = new DatabaseSync(join(folder, DATABASE_FILE));
    prepare(db, folder);
    proveDurable(db);
    return { db, lock };
  } catch (error) {
    db?.close();
    lock.close();
    throw error;
  }
}

/** Takes the lock, checks the database, brings it up to date. Throws CannotOpenStore. */
export async function openForWriting(folder: string): Promise<OpenDatabase> {
  makeFolder(folder);
  const { DatabaseSync } = await loadDriver();
  const lock = explained(folder, LOCK_FILE, () => new DatabaseSync(join(folder, LOCK_FILE)));
  try {
    explained(folder, LOCK_FILE, () => takeLock(lock));
    refuseEmptied(folder);
    const db = explained(folder, DATABASE_FILE, () => new DatabaseSync(join(folder, DATABASE_FILE)));
    try {
      explained(folder, DATABASE_FILE, () => {
        prepare(db, folder);
        endLeases(db);
      });
      mark(folder);
    } catch (error) {
      db.close();
      throw error;
    }
    return { db, lock };
  } catch (error) {
    lock.close();
    throw error;
  }
}

export async function openForReading(folder: string): Promise<Database> {
  const { DatabaseSync } = await loadDriver();
  return explained(folder, DATABASE_FILE, () => openReadOnly({ DatabaseSync }, folder));
}

/** Throws what SQLite says. */
export function openReadOnly({ DatabaseSync }: Driver, folder: string): Database {
  const db = new DatabaseSync(join(folder, DATABASE_FILE), { readOnly: true });
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA cache_size = -${CACHE_KB}; PRAGMA temp_store = MEMORY`);
  return db;
}

/** False: a reader holds it back. */
export function emptyLog(db: Database): boolean {
  const row = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  return row.busy === 0;
}

/** Throws CannotOpenStore. */
export function check(db: Database, folder: string): void {
  if (!isWhole(db)) throw damaged(folder);
}

export function isWhole(db: Database): boolean {
  const row = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  return row.quick_check === 'ok';
}

function makeFolder(folder: string): void {
  try {
    makeMissing(folder);
  } catch (error) {
    throw new CannotOpenStore(`The data folder ${folder} cannot be made (${codeOf(error)}). ${ANOTHER_FOLDER}`);
  }
}

/** One by one: Node's own recursion tries for ever in a folder that denies what it has just been asked to make, as /proc does. */
function makeMissing(folder: string): void {
  const isThere = (): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  if (dirname(folder) !== folder) makeMissing(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another server may have made it meanwhile.
    if (!isThere()) throw error;
  }
}

const ANOTHER_FOLDER = 'Make it writable, or name another one in SNUG_DATA.';
const RESTORE = 'Nothing was changed. Move it away and restore a backup in its place.';

/** An empty database whose only use is its lock: SQLite's own on the data would lock our reader out too. */
function takeLock(lock: Database): void {
  lock.exec('BEGIN EXCLUSIVE');
}

function prepare(db: Database, folder: string): void {
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  check(db, folder);
  if (isNew(db)) refuseAnother(folder);
  refuseNewer(db, STEPS);
  // Set, not trusted: some builds run WAL as NORMAL, and lose acknowledged rows in a power cut.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON');
  db.exec(`PRAGMA cache_size = -${CACHE_KB}; PRAGMA temp_store = MEMORY`);
  db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${KEPT_LOG_BYTES}`);
  migrate(db, STEPS, (version) => join(folder, `snug-before-version-${version + 1}.db`));
  refreshWords(db);
}

/** The lock says that no other server is alive: what the last one's lease still covers is not here any more. */
function endLeases(db: Database): void {
  db.prepare('UPDATE node SET until = MIN(until, ?)').run(Date.now());
}

/**
 * After an fsync that failed Linux takes what it could not write for written. So all of the write-ahead log goes into the
 * database anew, and what is committed next does not follow frames that a power cut would find missing.
 */
function proveDurable(db: Database): void {
  if (!emptyLog(db)) throw new Error('somebody reads it, and keeps its log from being written into it');
  db.prepare(
    "INSERT INTO meta (name, value) VALUES ('mended', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(new Date().toISOString());
}

function damaged(folder: string): CannotOpenStore {
  return new CannotOpenStore(`The database ${join(folder, DATABASE_FILE)} is damaged. ${RESTORE}`);
}

type File = typeof DATABASE_FILE | typeof LOCK_FILE;

function notTheLock(folder: string): CannotOpenStore {
  return new CannotOpenStore(
    `${join(folder, LOCK_FILE)} is not the lock file that Snug makes. Snug keeps nothing in it: remove it, then start again.`,
  );
}

function explained<Result>(folder: string, file: File, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof CannotOpenStore ? error : inWords(folder, file, error);
  }
}

function inWords(folder: string, file: File, error: unknown): Error {
  switch (resultCode(error)) {
    case RESULT.busy:
    case RESULT.locked:
      return new CannotOpenStore(
        `Another server is using the data in ${folder}. Stop it first, or name another folder in SNUG_DATA.`,
      );
    case RESULT.notADatabase:
      return file === LOCK_FILE
        ? notTheLock(folder)
        : new CannotOpenStore(`${join(folder, file)} is not a database, or is damaged. ${RESTORE}`);
    case RESULT.corrupt:
      return file === LOCK_FILE ? notTheLock(folder) : damaged(folder);
    case RESULT.readOnly:
    case RESULT.cannotOpen:
      return new CannotOpenStore(`The data folder ${folder} cannot be written to. ${ANOTHER_FOLDER}`);
    case RESULT.full:
      return new CannotOpenStore(`There is no space left for the data in ${folder}. Make some, then start again.`);
    case RESULT.io:
      return new CannotOpenStore(
        `The data in ${folder} cannot be read or written (input/output error). Check the disk and its space, or restore a backup elsewhere.`,
      );
    default:
      return new CannotOpenStore(
        `The data in ${folder} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`,
      );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
