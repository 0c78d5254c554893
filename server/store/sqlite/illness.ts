import { CannotOpenStore } from './cannot-open.ts';
import { failureOf, messageOf } from './failure.ts';

/** full: writes are tried still. failing, damaged: nothing is written until a look at the whole found it well. */
export interface Illness {
  readonly kind: 'full' | 'failing' | 'damaged';
  readonly message: string;
}

/** Undefined: it is of one call alone. */
export function illnessOf(error: unknown): Illness | undefined {
  const failure = failureOf(error);
  return failure === 'unavailable' || failure === 'unstorable'
    ? undefined
    : { kind: failure, message: messageOf(error) };
}

/** Why an attempt to recover failed: whatever it was, it is ill still. */
export function illnessLeftBy(error: unknown): Illness {
  if (error instanceof CannotOpenStore) return { kind: 'damaged', message: error.message };
  return illnessOf(error) ?? { kind: 'failing', message: messageOf(error) };
}

/** For whoever runs the server. */
export function sentenceOf({ kind, message }: Illness): string {
  switch (kind) {
    case 'full':
      return 'There is no space left to write. What is there can be read; writes work again when there is space.';
    case 'failing':
      return `The disk of the database fails (${message}). It is only read from now on, and written again when the disk is well: no restart is needed.`;
    case 'damaged':
      return `The database is damaged (${message}). It is only read from now on: stop the server and restore a backup.`;
  }
}
