import type { RoomId } from '../protocol/ids.ts';
import type { RoomState } from '../web/state/room-state.ts';
import { foldOf, unlike } from './check-state.ts';
import { describe, described } from './fold.ts';
import type { Ledger } from './ledger.ts';

/**
 * At any moment, what a page shows of a message is what the log says of it up to the last entry that the page has applied.
 * What was read ahead of that is left out. So is a store that went back: until it is noticed, a page shows another history.
 */
export function checkRows(ledger: Ledger, room: RoomId, name: string, { lines, last }: RoomState): void {
  if (ledger.era > 0 || lines.length === 0) return;
  const rows = foldOf(ledger.logOf(room).filter(({ seq }) => seq <= last.seq));
  const [wrong] = unlike(rows, lines, last.seq);
  if (!wrong) return;
  const { seen, row } = wrong;
  ledger.broke(
    'C6',
    `${name}, at ${last.seq}, showed message ${seen.seq} as ${described(seen)}; it was ${describe(row)}`,
  );
}
