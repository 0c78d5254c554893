import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from './driver.ts';

export function unfinishedCopy(path: string): string {
  return `${path}.part`;
}

/**
 * Of one moment, while others go on writing. Made row by row: what was deleted is in no page of it, as it would be in a
 * copy of pages. Under another name until it is whole, `check` finds nothing wrong with it and it is on the disk.
 * Throws what SQLite, the disk or `check` say, and then leaves nothing.
 */
export function writeWholeCopy(
  db: Database,
  path: string,
  check: (unfinished: string) => void = () => undefined,
): void {
  const unfinished = unfinishedCopy(path);
  const remove = (): void => {
    for (const file of [unfinished, `${unfinished}-journal`]) rmSync(file, { force: true });
  };
  remove();
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    check(unfinished);
    // SQLite leaves that to whoever wants it.
    sync(unfinished);
    renameSync(unfinished, path);
    syncFolder(dirname(path));
  } catch (error) {
    remove();
    throw error;
  }
}

/** A file's name outlives a power cut when its folder does. Windows opens no folders, and needs it not. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') sync(folder);
}

function sync(path: string): void {
  const file = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
