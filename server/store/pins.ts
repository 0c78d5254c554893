// L16: what a room always has at hand. Decided inside the transaction that stores it.
import { MAX_PINS } from '../../protocol/limits.ts';
import { addChange, type Change } from './add-change.ts';
import { storedAs } from './add-entry.ts';
import type { LogRow, MemberRow, RoomRow } from './rows.ts';
import type { Outcome } from './store.ts';
import type { Transaction } from './transaction.ts';

export function pin(tx: Transaction, room: RoomRow, by: MemberRow, said: Change, target: LogRow): Outcome {
  if (target.pinnedSeq > 0) return { result: 'unchanged', seq: target.pinnedSeq };
  if (tx.pins(room.id) >= MAX_PINS) return { result: 'refused', code: 'tooMany' };
  const added = addChange(tx, room, by, said, target, {});
  target.pinnedSeq = added.row.seq;
  tx.pinned(room.id, target);
  return storedAs(added, room);
}

export function unpin(tx: Transaction, room: RoomRow, by: MemberRow, said: Change, target: LogRow): Outcome {
  if (target.pinnedSeq === 0) return { result: 'unchanged', seq: target.rev || target.seq };
  const added = addChange(tx, room, by, said, target, {});
  target.pinnedSeq = 0;
  tx.pinned(room.id, target);
  return storedAs(added, room);
}
