// The one place that knows which of two databases of the same API this is.
import type { DatabaseSyncInstance, DatabaseSyncOptions } from '@photostructure/sqlite';

/** Keep it referenced for as long as one of its statements is used: it closes when it is collected. */
export type Database = DatabaseSyncInstance;

export interface Driver {
  readonly DatabaseSync: new (path: string, options?: DatabaseSyncOptions) => Database;
}

/** Before, Node's own needs a flag, or lacks parts of what it has now. */
const BUILT_IN_SINCE = 24;

export async function loadDriver(): Promise<Driver> {
  const major = Number.parseInt(process.versions.node, 10);
  const builtIn = major >= BUILT_IN_SINCE ? process.getBuiltinModule('node:sqlite') : undefined;
  // Not in the types of the oldest Node that runs this.
  return (builtIn as Driver | undefined) ?? import('@photostructure/sqlite');
}

/** SQLITE_IOERR_SHMSIZE, an input/output error by its number: no space for snug.db-shm, which grows with the write-ahead log. */
const NO_SPACE_FOR_INDEX = 4_874;

/** SQLite's primary result code, also of what the disk says to us and would have said to SQLite; undefined for any other error. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'errcode' in error ? error.errcode : undefined;
  if (code === NO_SPACE_FOR_INDEX) return RESULT.full;
  if (typeof code === 'number') return code & 0xff;
  return 'code' in error ? SYSTEM.get(error.code) : undefined;
}

export const RESULT = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  interrupted: 9,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  protocol: 15,
  notADatabase: 26,
} as const;

const SYSTEM: ReadonlyMap<unknown, number> = new Map([
  ['ENOSPC', RESULT.full],
  ['EDQUOT', RESULT.full],
  ['EIO', RESULT.io],
]);
