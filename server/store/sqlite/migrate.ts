import { CannotOpenStore } from './cannot-open.ts';
import type { Database } from './driver.ts';
import { failureOf, messageOf } from './failure.ts';
import { writeWholeCopy } from './whole-copy.ts';
import { INDEXED, type IndexedRow, tokensOf } from './word-index.ts';

/** Goes up with every change of search-tokens.ts or search-marks.ts that makes other tokens of the same message. */
const TOKENS = 2;

/**
 * Brings a database up to date, all steps in one transaction: half way it would be of no version that anybody has. Before
 * the first step of an upgrade a copy is made at `copyPath(version)`. Throws CannotOpenStore when the database is newer
 * than the program or a step fails, and what the disk says.
 */
export function migrate(db: Database, steps: readonly string[], copyPath: (version: number) => string): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  );
  refuseNewer(db, steps);
  const version = versionOf(db);
  if (version === steps.length) return;
  if (version > 0) writeWholeCopy(db, copyPath(version));
  inTransaction(db, () => {
    for (const [index, step] of steps.entries()) if (index >= version) advance(db, step, index + 1);
    writeMeta(db, 'version', `${steps.length}`);
  });
}

/** To be called before anything is written. Throws CannotOpenStore. */
export function refuseNewer(db: Database, steps: readonly string[]): void {
  const version = versionOf(db);
  if (version <= steps.length) return;
  throw new CannotOpenStore(
    `The database is of a newer version of Snug (${version}) than this one (${steps.length}). Start that version, or restore a backup made with this one.`,
  );
}

/** Nothing was ever stored in it. */
export function isNew(db: Database): boolean {
  return versionOf(db) === 0;
}

/** 0 of a database that is new. */
function versionOf(db: Database): number {
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() !== undefined;
  return isThere ? Number(readMeta(db, 'version') ?? 0) : 0;
}

/** The index finds a text by its tokens, and forgets it by them: another Unicode may make others of the same text. */
export function refreshWords(db: Database): void {
  const made = `${TOKENS}/${process.versions.unicode}`;
  if (readMeta(db, 'words') === made) return;
  inTransaction(db, () => {
    db.exec("INSERT INTO words (words) VALUES ('delete-all')");
    const insert = db.prepare('INSERT INTO words (rowid, room, body, marks) VALUES (?, ?, ?, ?)');
    const messages = db.prepare(`SELECT ${INDEXED} FROM log WHERE kind = 'message' AND deleted_seq = 0`);
    for (const row of messages.iterate()) {
      const indexed = row as IndexedRow;
      const { body, marks } = tokensOf(indexed);
      insert.run(indexed.rid, indexed.room, body, marks);
    }
    writeMeta(db, 'words', made);
  });
}

function advance(db: Database, step: string, version: number): void {
  try {
    db.exec(step);
  } catch (error) {
    // Anything else is of the disk, or of another program.
    if (failureOf(error) !== 'unstorable') throw error;
    throw new CannotOpenStore(
      `The database could not be brought to version ${version} of its form (${messageOf(error)}). It is as it was: start the version of Snug that you had before.`,
    );
  }
}

function inTransaction(db: Database, run: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    run();
    db.exec('COMMIT');
  } catch (error) {
    undo(db);
    throw error;
  }
}

function undo(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // A full disk: SQLite has rolled back by itself already, and the reason is what counts.
  }
}

function readMeta(db: Database, name: string): string | undefined {
  const row = db.prepare('SELECT value FROM meta WHERE name = ?').get(name) as { value: string } | undefined;
  return row?.value;
}

function writeMeta(db: Database, name: string, value: string): void {
  db.prepare(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}
