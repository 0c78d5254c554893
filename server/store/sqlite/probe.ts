import { closeSync, fsyncSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE } from './files.ts';

const PROBE_FILE = 'snug.probe';
/** What the largest batch takes in the write-ahead log, with its indexes: room for less is a full disk. */
const PROBE_BYTES = 4 * 1024 * 1024;

/** Throws what the disk answers. Beside the database: nothing is written into one of which nobody knows how it is. */
export function probeDisk(folder: string): void {
  const path = join(folder, PROBE_FILE);
  const file = openSync(path, 'w');
  try {
    // Without a name already: whoever is killed leaves nothing.
    unlinkSync(path);
    const bytes = Buffer.alloc(PROBE_BYTES);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Which file the database is, whatever its name. */
export function identityOf(folder: string): number {
  return statSync(join(folder, DATABASE_FILE)).ino;
}

/** Throws when another one, as of a backup, is in its place: that is another history, and is taken up by a start alone. */
export function requireSame(folder: string, identity: number): void {
  if (identityOf(folder) === identity) return;
  throw new Error(`${DATABASE_FILE} is another file than at the start: restart the server`);
}
