// What lies in the data folder.
export const DATABASE_FILE = 'snug.db';
/** SQLite's own name for what is not in the database file yet. */
export const LOG_FILE = `${DATABASE_FILE}-wal`;
export const LOCK_FILE = 'snug.lock';
export const MARK_FILE = 'snug.made';
