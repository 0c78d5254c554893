import { type Clock, wallClock } from '../../clock.ts';
import type { Store } from '../store.ts';
import type { Reading, Writing } from './requests.ts';
import { SqliteEngine } from './sqlite-engine.ts';
import { Thread } from './thread.ts';

export interface SqliteParts {
  /** Where snug.db, snug.lock and snug.made are, or will be. Made when it is not there. */
  readonly folder: string;
  readonly clock?: Pick<Clock, 'now'>;
  /** Is told of each new answer of Store.problem. */
  readonly changed?: (problem: string | undefined) => void;
}

/** Throws CannotOpenStore, whose message is for whoever started the server. */
export async function openSqlite({ folder, clock = wallClock, changed }: SqliteParts): Promise<Store> {
  // The writer makes and checks what the reader opens.
  const writer = await Thread.start<Writing>('writer', folder);
  try {
    return new SqliteEngine(writer, await Thread.start<Reading>('reader', folder), clock, changed);
  } catch (error) {
    await writer.close();
    throw error;
  }
}
