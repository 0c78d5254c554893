import type { Entry } from '../../../protocol/entries.ts';
import type { Seq } from '../../../protocol/ids.ts';
import { entryOf, type LogKind, type LogRow } from '../rows.ts';
import type { RoomState } from './memory-state.ts';

/** A row is read far more often than it changes; and an entry that stays the same one is measured once (R7). */
const made = new WeakMap<LogRow, { readonly rev: Seq; readonly kind: LogKind; readonly entry: Entry }>();

export function entryIn(state: RoomState, row: LogRow): Entry {
  const known = made.get(row);
  if (known?.rev === row.rev && known.kind === row.kind) return known.entry;
  const entry = entryOf(row, state.row.address, state.reactions.get(row.seq));
  made.set(row, { rev: row.rev, kind: row.kind, entry });
  return entry;
}
