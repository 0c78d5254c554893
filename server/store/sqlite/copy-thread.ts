// The thread that copies. What to copy where is its `workerData`.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Driver, loadDriver } from './driver.ts';
import { messageOf } from './failure.ts';
import { illnessOf } from './illness.ts';
import { isWhole, openReadOnly } from './open-database.ts';
import { writeWholeCopy } from './whole-copy.ts';

export interface CopyOrder {
  /** The data folder. */
  readonly folder: string;
  /** The file that is to be. */
  readonly copy: string;
}

export type CopyReply =
  | { readonly said: 'begun'; readonly bytes: number }
  | { readonly said: 'done' }
  | { readonly said: 'failed'; readonly why: 'full' | 'failing' | 'damaged' | undefined; readonly message: string };

async function carryOut(port: MessagePort, { folder, copy }: CopyOrder): Promise<void> {
  const say = (reply: CopyReply): void => port.postMessage(reply);
  try {
    const driver = await loadDriver();
    const db = openReadOnly(driver, folder);
    try {
      say({ said: 'begun', bytes: bytesOf(db.prepare(SIZE).get()) });
      writeWholeCopy(db, copy, (unfinished) => checkFile(driver, unfinished));
    } finally {
      db.close();
    }
    say({ said: 'done' });
  } catch (error) {
    say({ said: 'failed', why: illnessOf(error)?.kind, message: messageOf(error) });
  }
}

function checkFile({ DatabaseSync }: Driver, path: string): void {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    if (!isWhole(db)) throw new Error('the copy does not hold what was written into it');
  } finally {
    db.close();
  }
}

/** What the copy will have: without the pages that nothing is in. */
const SIZE =
  'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size';

function bytesOf(row: unknown): number {
  return (row as { bytes: number }).bytes;
}

if (parentPort) await carryOut(parentPort, workerData as CopyOrder);
