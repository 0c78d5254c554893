import type { StatementSyncInstance } from '@photostructure/sqlite';
import type { Database } from './driver.ts';

/** Prepares each statement once. */
export class Statements {
  readonly db: Database;
  readonly #prepared = new Map<string, StatementSyncInstance>();

  constructor(db: Database) {
    this.db = db;
  }

  of(sql: string): StatementSyncInstance {
    const there = this.#prepared.get(sql);
    if (there) return there;
    const made = this.db.prepare(sql);
    this.#prepared.set(sql, made);
    return made;
  }
}
