// A copy of the data while the server goes on, for `npm run backup`.
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { CopyOrder, CopyReply } from './copy-thread.ts';
import { messageOf } from './failure.ts';
import { DATABASE_FILE, LOG_FILE } from './files.ts';
import { traceOfEmptied } from './mark.ts';
import { startWorker, threadFile } from './start-worker.ts';
import { syncFolder, unfinishedCopy } from './whole-copy.ts';

const PROGRESS_EVERY_MS = 200;

/** `message` is one line for the person who asked for the backup. Nothing was kept of it. */
export class CannotBackUp extends Error {
  override name = 'CannotBackUp';
}

export interface BackupParts {
  /** The data folder, and the folder that is to have the copy; both absolute. */
  readonly from: string;
  readonly to: string;
  /** Is told again and again how much there is, in bytes. */
  readonly progress: (copied: number, all: number) => void;
}

export class Backup {
  readonly #parts: BackupParts;
  readonly #copy: string;
  /** Made by us, the outermost first: they go again with what is in them. */
  #made: readonly string[] = [];
  /** Undefined: nothing was touched. */
  #state: 'copying' | 'done' | undefined;

  constructor(parts: BackupParts) {
    this.#parts = parts;
    this.#copy = join(parts.to, DATABASE_FILE);
  }

  /** Resolves with the bytes of the copy, which is whole and on the disk then. Throws CannotBackUp. */
  async run(): Promise<number> {
    const { from, to } = this.#parts;
    requireData(from);
    requireOutside(from, to);
    this.#makeFolder();
    this.#state = 'copying';
    try {
      await this.#write();
      chmodSync(this.#copy, statSync(join(from, DATABASE_FILE)).mode);
      this.#writeEmptyLog();
      syncFolder(to);
      this.#state = 'done';
      return statSync(this.#copy).size;
    } catch (error) {
      this.abandon();
      throw error instanceof CannotBackUp ? error : cannotWrite(to, error);
    }
  }

  /** Leaves nothing of a copy that is not whole. */
  abandon(): void {
    if (this.#state !== 'copying') return;
    this.#state = undefined;
    // The thread may just make its journal, after which it finds no folder to make anything in.
    for (let tries = 0; tries < 3 && !this.#remove(); tries += 1);
  }

  /** False: something is there still, perhaps of somebody else. */
  #remove(): boolean {
    const unfinished = unfinishedCopy(this.#copy);
    for (const file of [unfinished, `${unfinished}-journal`, this.#copy, join(this.#parts.to, LOG_FILE)])
      rmSync(file, { force: true });
    try {
      for (const folder of this.#made.toReversed()) rmdirSync(folder);
      return true;
    } catch {
      return false;
    }
  }

  #makeFolder(): void {
    const { from, to } = this.#parts;
    let there: readonly string[];
    try {
      this.#made = makeFolders(to, statSync(from).mode);
      there = readdirSync(to);
    } catch (error) {
      throw cannotWrite(to, error);
    }
    // What a backup left that was killed is no reason to refuse the next one.
    if (there.every((name) => join(to, name).startsWith(unfinishedCopy(this.#copy)))) return;
    throw new CannotBackUp(`${to} is not empty. Name a folder that is empty, or one that is not there yet.`);
  }

  async #write(): Promise<void> {
    const { from, to } = this.#parts;
    const worker = startWorker(threadFile('copy'), { folder: from, copy: this.#copy } satisfies CopyOrder);
    let timer: NodeJS.Timeout | undefined;
    try {
      let bytes = 0;
      const last = await lastReply(worker, (all) => {
        bytes = all;
        this.#parts.progress(0, all);
        timer = setInterval(() => this.#tell(all), PROGRESS_EVERY_MS);
      });
      if (last.said === 'failed') throw inWords(from, to, last);
      this.#parts.progress(bytes, bytes);
    } finally {
      clearInterval(timer);
    }
  }

  /**
   * A server that was killed leaves a log whose frames SQLite would put into any database of this name: whoever copies the
   * backup over the old files instead of moving them away overwrites that log too.
   */
  #writeEmptyLog(): void {
    closeSync(openSync(join(this.#parts.to, LOG_FILE), 'w'));
  }

  #tell(all: number): void {
    const { size = 0 } = statSync(unfinishedCopy(this.#copy), { throwIfNoEntry: false }) ?? {};
    this.#parts.progress(Math.min(size, all), all);
  }
}

type Last = Exclude<CopyReply, { said: 'begun' }>;
type Failed = Extract<CopyReply, { said: 'failed' }>;

async function lastReply(worker: Worker, begun: (bytes: number) => void): Promise<Last> {
  return new Promise((resolve) => {
    const failed = (message: string): void => resolve({ said: 'failed', why: undefined, message });
    worker.on('message', (reply: CopyReply) => {
      if (reply.said === 'begun') begun(reply.bytes);
      else resolve(reply);
    });
    worker.once('error', (error) => failed(messageOf(error)));
    worker.once('exit', () => failed('the copying stopped'));
  });
}

function inWords(from: string, to: string, { why, message }: Failed): CannotBackUp {
  switch (why) {
    case 'full':
      return noSpace(to);
    case 'damaged':
      return new CannotBackUp(
        `The database in ${from} is damaged (${message}): there is nothing whole to copy. Restore an earlier backup.`,
      );
    case 'failing':
      return new CannotBackUp(
        `${join(from, DATABASE_FILE)} could not be read, or ${to} not be written (${message}). Check both disks, and that you may read the one and write the other.`,
      );
    case undefined:
      return new CannotBackUp(`The data in ${from} could not be copied to ${to}: ${message}.`);
  }
}

function noSpace(to: string): CannotBackUp {
  return new CannotBackUp(`There is no space left for the copy in ${to}. Make some, or name a folder on another disk.`);
}

function cannotWrite(to: string, error: unknown): CannotBackUp {
  const code = error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return noSpace(to);
  return new CannotBackUp(`The folder ${to} cannot be written to (${code}). Make it writable, or name another one.`);
}

function requireData(from: string): void {
  if (statSync(join(from, DATABASE_FILE), { throwIfNoEntry: false })?.isFile() !== true) {
    throw new CannotBackUp(
      `There is no data in ${from} (no ${DATABASE_FILE}). Name the server's data folder in SNUG_DATA.`,
    );
  }
  const trace = traceOfEmptied(from);
  if (trace === undefined) return;
  throw new CannotBackUp(
    `${join(from, DATABASE_FILE)} is empty, and ${trace} beside it says that there was a database: there is nothing whole to copy. Restore an earlier backup.`,
  );
}

/** A backup is for the day on which this folder is lost. */
function requireOutside(from: string, to: string): void {
  const way = relative(from, to);
  if (way === '..' || way.startsWith(`..${sep}`)) return;
  throw new CannotBackUp(`${to} is in the data folder itself. Name a folder elsewhere, best on another disk.`);
}

/** As open as the data folder is, and no more. Those that were made, the outermost first. */
function makeFolders(folder: string, mode: number): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return [];
  const outer = dirname(folder) === folder ? [] : makeFolders(dirname(folder), mode);
  mkdirSync(folder, { mode });
  return [...outer, folder];
}
