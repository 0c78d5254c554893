// L12: up to where a session has read a room. Written once for all engines.
import type { MemberId, Seq } from '../../protocol/ids.ts';
import type { MemberRow } from './rows.ts';
import { KEYLESS } from './store.ts';
import type { Transaction } from './transaction.ts';

/** The session's place after it; undefined for a member that is not there. */
export function markRead(tx: Transaction, id: MemberId, seq: Seq): Seq | undefined {
  const member = tx.member(id);
  const head = member && tx.room(member.room)?.seq;
  if (!member || head === undefined) return undefined;
  moveTo(tx, member, Math.max(member.readSeq, Math.min(seq, head)));
  return placeOf(ownOf(tx, member));
}

/** All that the session is there go back: it is one person who wants to read on from here. */
export function markUnread(tx: Transaction, id: MemberId, seq: Seq): Seq | undefined {
  const member = tx.member(id);
  if (!member || !tx.room(member.room)) return undefined;
  const own = ownOf(tx, member);
  for (const one of own) moveTo(tx, one, Math.min(one.readSeq, seq - 1));
  return placeOf(own);
}

function moveTo(tx: Transaction, member: MemberRow, seq: Seq): void {
  if (member.readSeq === seq) return;
  member.readSeq = seq;
  tx.saveReading(member);
}

/** H5: scripts without a key are of one session, and are not one person. */
function ownOf(tx: Transaction, member: MemberRow): readonly MemberRow[] {
  return member.session === KEYLESS ? [member] : tx.holding(member.session, member.room);
}

function placeOf(own: readonly MemberRow[]): Seq {
  return Math.max(0, ...own.map(({ readSeq }) => readSeq));
}
