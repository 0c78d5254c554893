import type { NodeId } from '../../protocol/ids.ts';
import { addEntry, storedAs } from './add-entry.ts';
import { visitRoom } from './membership.ts';
import type { MemberRow, RoomRow } from './rows.ts';
import type { Outcome, Presence } from './store.ts';
import type { Transaction } from './transaction.ts';

/** P2, P4: a node without a running lease may be thought dead, and its rows reaped: it must not add any. */
export function arrive(tx: Transaction, room: RoomRow, write: Presence): Outcome {
  if (!hasLease(tx, write.node)) return { result: 'refused', code: 'fenced' };
  const by = tx.member(write.by);
  if (!by?.held || by.room !== room.id) return { result: 'refused', code: 'notMember' };
  visit(tx, room, by);
  const rows = tx.presence(room.id, by.id);
  const other = rows[0];
  if (other) {
    if (!rows.some((row) => row.node === write.node))
      tx.addPresence(room.id, by.id, { node: write.node, since: other.since });
    return { result: 'unchanged', seq: other.since };
  }
  room.here += 1;
  const added = addEntry(tx, room, by, { kind: 'connect', here: room.here });
  tx.addPresence(room.id, by.id, { node: write.node, since: added.row.seq });
  return storedAs(added, room);
}

/** A member whose name is gone can still go: else it would be here for ever. */
export function depart(tx: Transaction, room: RoomRow, write: Presence): Outcome {
  if (write.ifExpired && hasLease(tx, write.node)) return { result: 'unchanged', seq: 0 };
  const by = tx.member(write.by);
  if (!by || by.room !== room.id) return { result: 'refused', code: 'notMember' };
  const rows = tx.presence(room.id, by.id);
  const gone = rows.filter(({ node }) => node === write.node || (write.withDead && !hasLease(tx, node)));
  const [first] = gone;
  if (!first) return { result: 'unchanged', seq: 0 };
  visit(tx, room, by);
  for (const { node } of gone) tx.removePresence(room.id, by.id, node);
  if (rows.length > gone.length) return { result: 'unchanged', seq: first.since };
  room.here -= 1;
  return storedAs(addEntry(tx, room, by, { kind: 'disconnect', here: room.here }), room);
}

function hasLease(tx: Transaction, node: NodeId): boolean {
  return (tx.lease(node) ?? 0) > tx.now;
}

function visit(tx: Transaction, room: RoomRow, member: MemberRow): void {
  member.visitedAt = tx.now;
  tx.saveMember(member);
  visitRoom(tx, room);
}
