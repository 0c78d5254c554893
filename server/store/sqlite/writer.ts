import { randomIds } from '../random-ids.ts';
import type { Database } from './driver.ts';
import { failureOf, messageOf } from './failure.ts';
import { type Illness, illnessOf } from './illness.ts';
import { BUSY_MS, emptyLog } from './open-database.ts';
import type { Failure, ThreadReply, ThreadRequest } from './requests.ts';
import { SqliteTransaction } from './sqlite-transaction.ts';
import { Statements } from './statements.ts';
import { writingIn } from './writing.ts';

type Call = (...args: readonly unknown[]) => unknown;

/** Answers of our reader are shorter; a backup that runs is not, and nobody's message waits for its end. */
const FORGET_BUSY_MS = 50;

/** Carries out what waits, all of it in one durable transaction: a commit costs one fsync, whatever is in it. */
export class Writer {
  readonly #db: Database;
  readonly #tx: SqliteTransaction;
  readonly #calls: ReadonlyMap<string, Call>;
  #illness: Illness | undefined;

  constructor(db: Database) {
    this.#db = db;
    this.#tx = new SqliteTransaction(new Statements(db), randomIds());
    // Both ends of a call take their types from `Writing`; between them the arguments are unknown.
    this.#calls = new Map(Object.entries(writingIn(this.#tx)) as [string, Call][]);
  }

  /** A reply for each, in their order. A call that cannot be stored is undone alone; any other failure undoes all. */
  run(requests: readonly ThreadRequest[]): ThreadReply[] {
    if (this.#illness) return refuseAll(requests, this.#illness.kind, this.#illness.message);
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const replies = requests.map((request) => this.#runOne(request));
      this.#db.exec('COMMIT');
      return replies;
    } catch (error) {
      return this.#undo(requests, error);
    }
  }

  /** L7: what was blanked leaves the write-ahead log too. It may take several tries: a reader can hold it back. */
  forgetBlanked(): void {
    if (this.#illness) return;
    try {
      this.#db.exec(`PRAGMA busy_timeout = ${FORGET_BUSY_MS}`);
      this.#tx.blanked = !emptyLog(this.#db);
    } catch (error) {
      this.#fell(error);
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  }

  /** Something that was blanked is in the write-ahead log still. */
  get hasBlanked(): boolean {
    return this.#tx.blanked && !this.#illness;
  }

  /** Set once a write found it: from then on nothing is tried, and only another writer may say that it is well. */
  get illness(): Illness | undefined {
    return this.#illness;
  }

  /** The write-ahead log is emptied first: the file alone is then the whole, to move or to copy. */
  close(): void {
    this.emptyLog();
    this.#db.close();
  }

  emptyLog(): void {
    try {
      if (!this.#illness) emptyLog(this.#db);
    } catch {
      // What is in the log stays there, and is found at the next start.
    }
  }

  #runOne({ number, now, name, args }: ThreadRequest): ThreadReply {
    const call = this.#calls.get(name);
    if (!call) throw new Error(`The writer cannot ${name}.`);
    this.#db.exec('SAVEPOINT one');
    try {
      this.#tx.now = now;
      const value = call(...args);
      this.#tx.flush();
      this.#db.exec('RELEASE one');
      return { number, ok: true, value };
    } catch (error) {
      if (failureOf(error) !== 'unstorable') throw error;
      this.#tx.forget();
      this.#db.exec('ROLLBACK TO one; RELEASE one');
      return { number, ok: false, failure: 'unstorable', message: messageOf(error) };
    }
  }

  #undo(requests: readonly ThreadRequest[], error: unknown): ThreadReply[] {
    this.#tx.forget();
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself already.
    }
    const failure = failureOf(error);
    this.#fell(error);
    return refuseAll(requests, failure === 'unstorable' ? 'unavailable' : failure, messageOf(error));
  }

  /** Nothing says what else of the file is wrong: an INSERT into a corrupt one may well succeed. */
  #fell(error: unknown): void {
    const illness = illnessOf(error);
    if (illness && illness.kind !== 'full') this.#illness = illness;
  }
}

function refuseAll(requests: readonly ThreadRequest[], failure: Failure, message: string): ThreadReply[] {
  return requests.map(({ number }) => ({ number, ok: false, failure, message }));
}
