import type { Seq } from '../../../protocol/ids.ts';
import { mentionedIn } from '../mentions.ts';
import type { LogRow, MemberRow } from '../rows.ts';
import type { RoomState } from './memory-state.ts';

/** Seqs of undeleted messages after `read` that none of `own` wrote, oldest first, `most` at most. */
export function unread(room: RoomState, read: Seq, own: readonly MemberRow[], most: number): Seq[] {
  const seqs: Seq[] = [];
  for (let i = read; i < room.log.length && seqs.length < most; i += 1) {
    const row = room.log[i];
    if (row?.kind === 'message' && row.deletedSeq === 0 && !own.some((member) => member.id === row.sender))
      seqs.push(row.seq);
  }
  return seqs;
}

/** L14: one of them mentions one of `own`. */
export function isMentioned(room: RoomState, read: Seq, own: readonly MemberRow[]): boolean {
  const ids = new Set(own.map(({ id }) => id));
  return room.log.slice(read).some((row) => mentionsAny(row, ids));
}

/** A message that mentions one of them, and that none of them wrote. A deleted one mentions nobody. */
export function mentionsAny(row: LogRow, ids: ReadonlySet<string>): boolean {
  if (row.kind !== 'message' || row.mentions === '' || ids.has(row.sender)) return false;
  return mentionedIn(row.mentions).some(({ id }) => ids.has(id));
}
