import { existsSync, renameSync, rmSync } from 'node:fs';
import { searchTokens } from '../search-tokens.ts';
import { CannotOpenStore } from './cannot-open.ts';
import type { Database } from './driver.ts';

/** Goes up with every change of search-tokens.ts that makes other tokens of the same text. */
const TOKENS = 1;

/**
 * Brings a database up to date, each step in a transaction of its own. Before the first step of an upgrade a copy is
 * made at `copyPath(version)`. Throws CannotOpenStore when the database is newer than the program.
 */
export function migrate(db: Database, steps: readonly string[], copyPath: (version: number) => string): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  );
  const version = Number(readMeta(db, 'version') ?? 0);
  if (version > steps.length) {
    throw new CannotOpenStore(
      `The database is of a newer version of Snug (${version}) than this one (${steps.length}). Start that version, or restore a backup made with this one.`,
    );
  }
  if (version > 0 && version < steps.length) keepCopy(db, copyPath(version));
  for (const [index, step] of steps.entries()) {
    if (index >= version) inTransaction(db, () => advance(db, step, index + 1));
  }
}

/** The index finds a text by its tokens, and forgets it by them: another Unicode may make others of the same text. */
export function refreshWords(db: Database): void {
  const made = `${TOKENS}/${process.versions.unicode}`;
  if (readMeta(db, 'words') === made) return;
  inTransaction(db, () => {
    db.exec("INSERT INTO words (words) VALUES ('delete-all')");
    const insert = db.prepare('INSERT INTO words (rowid, room, body) VALUES (?, ?, ?)');
    const messages = db.prepare(
      "SELECT rid, room_id AS room, body FROM log WHERE kind = 'message' AND deleted_seq = 0",
    );
    for (const row of messages.iterate()) {
      const { rid, room, body } = row as { rid: number; room: string; body: string };
      insert.run(rid, room, searchTokens(body).join(' '));
    }
    writeMeta(db, 'words', made);
  });
}

function advance(db: Database, step: string, version: number): void {
  db.exec(step);
  writeMeta(db, 'version', `${version}`);
}

/** Under another name first: what bears the copy's name is whole. */
function keepCopy(db: Database, path: string): void {
  const unfinished = `${path}.part`;
  if (existsSync(unfinished)) rmSync(unfinished);
  db.prepare('VACUUM INTO ?').run(unfinished);
  renameSync(unfinished, path);
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
