import type { Entry } from '../../protocol/entries.ts';
import { ReplyRoom } from './fit-reply.ts';
import type { Page } from './store.ts';

/**
 * `limit` messages around the first of `newer`, which are oldest first; `older` are newest first. Each are more than `limit`
 * where there are so many. What one side has too few of the other side has more; R7: what does not fit is what is furthest.
 */
export function centred(
  older: readonly Entry[],
  newer: readonly Entry[],
  limit: number,
): Pick<Page, 'entries' | 'atStart' | 'atEnd'> {
  const half = Math.floor(limit / 2);
  const before = Math.min(older.length, Math.max(half, limit - newer.length));
  const after = Math.min(newer.length, limit - before);
  const taken = fitting(older.slice(0, before), newer.slice(0, after));
  return {
    entries: [...older.slice(0, taken.before).reverse(), ...newer.slice(0, taken.after)],
    atStart: taken.before === older.length,
    atEnd: taken.after === newer.length,
  };
}

/** Outwards from the middle, one of each side in turn. */
function fitting(older: readonly Entry[], newer: readonly Entry[]): { before: number; after: number } {
  const room = new ReplyRoom();
  let before = 0;
  let after = 0;
  while (before < older.length || after < newer.length) {
    const isAfter = after < newer.length && (after <= before || before === older.length);
    const next = isAfter ? newer[after] : older[before];
    if (!next || !room.takes(next)) break;
    if (isAfter) after += 1;
    else before += 1;
  }
  return { before, after };
}
