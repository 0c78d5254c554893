// SQLite takes a database file that is missing or of no bytes for a new one, and deletes the log that lies beside it. So a
// mark says that a database was made here. It goes into no backup: whatever is restored is marked at its first start.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotOpenStore } from './cannot-open.ts';
import { DATABASE_FILE, LOG_FILE, MARK_FILE } from './files.ts';
import { syncFolder } from './whole-copy.ts';

const TEXT = `Snug made its database here, ${DATABASE_FILE}. While this file is here, it makes no new one in its place.\n`;

/** Throws CannotOpenStore when there was a database, and the file is missing or of no bytes. To be called before SQLite is. */
export function refuseEmptied(folder: string): void {
  const trace = traceOfEmptied(folder);
  if (trace !== undefined)
    throw emptied(folder, sizeOf(folder, DATABASE_FILE) === 0 ? 'is empty' : 'is missing', trace);
}

/** What lies beside it and says so. */
export function traceOfEmptied(folder: string): string | undefined {
  if ((sizeOf(folder, DATABASE_FILE) ?? 0) > 0) return undefined;
  return [LOG_FILE, MARK_FILE].find((file) => (sizeOf(folder, file) ?? 0) > 0);
}

/** Throws CannotOpenStore when a database in which there is nothing yet has the place of one that was made. */
export function refuseAnother(folder: string): void {
  if (isMarked(folder)) throw emptied(folder, 'has nothing in it', MARK_FILE);
}

export function mark(folder: string): void {
  if (isMarked(folder)) return;
  try {
    writeFileSync(join(folder, MARK_FILE), TEXT, { flush: true });
    syncFolder(folder);
  } catch {
    // The database is there, and the next start tries again.
  }
}

function isMarked(folder: string): boolean {
  return (sizeOf(folder, MARK_FILE) ?? 0) > 0;
}

function sizeOf(folder: string, file: string): number | undefined {
  return statSync(join(folder, file), { throwIfNoEntry: false })?.size;
}

function emptied(folder: string, what: string, trace: string): CannotOpenStore {
  return new CannotOpenStore(
    `The database ${join(folder, DATABASE_FILE)} ${what}, and ${trace} beside it says that there was one. Nothing was changed. Restore a backup in its place, or move all that is in ${folder} away to begin anew.`,
  );
}
