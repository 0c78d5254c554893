import type { RoomId, Seq } from '../protocol/ids.ts';
import type { RoomState } from '../web/state/room-state.ts';
import { describe, described, type Folded, foldInto, isAsFolded } from './fold.ts';
import type { Ledger } from './ledger.ts';

/**
 * At any moment, what a page shows of a message is what the log says of it up to the last entry that the page has applied.
 * What was read ahead of that is left out. So is a store that went back: until it is noticed, a page shows another history.
 */
export function checkRows(ledger: Ledger, room: RoomId, name: string, { lines, last }: RoomState): void {
  if (ledger.era > 0 || lines.length === 0) return;
  const rows = new Map<Seq, Folded>();
  for (const entry of ledger.logOf(room)) if (entry.seq <= last.seq) foldInto(rows, entry);
  for (const line of lines) {
    const row = rows.get(line.seq);
    if (line.kind !== 'message' || !row || (line.rev ?? 0) > last.seq) continue;
    if (isAsFolded(row, line)) continue;
    return ledger.broke(
      'C6',
      `${name}, at ${last.seq}, showed message ${line.seq} as ${described(line)}; it was ${describe(row)}`,
    );
  }
}
