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
  const outcome = tellArrival(tx, room, by);
  tx.addPresence(room.id, by.id, { node: write.node, since: room.seq });
  return outcome;
}

/** A member whose name is gone can still go: else it would be here for ever. */
export function depart(tx: Transaction, room: RoomRow, write: Presence): Outcome {
  if (write.reaper !== undefined) {
    if (!hasLease(tx, write.reaper)) return { result: 'refused', code: 'fenced' };
    if (hasLease(tx, write.node)) return { result: 'unchanged', seq: 0 };
  }
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
  return tellDeparture(tx, room, by);
}

/** P7: the one who is too many is told of by the change of the settings, so that each write adds one entry at most. */
function tellArrival(tx: Transaction, room: RoomRow, by: MemberRow): Outcome {
  if (room.quiet) return untold(tx, room);
  room.quiet = room.here > tx.crowd.above;
  const kind = room.quiet ? 'noticesOff' : 'connect';
  return storedAs(addEntry(tx, room, by, { kind, here: room.here }), room);
}

function tellDeparture(tx: Transaction, room: RoomRow, by: MemberRow): Outcome {
  const kind = room.quiet ? 'noticesOn' : 'disconnect';
  if (room.quiet && room.here >= tx.crowd.below) return untold(tx, room);
  room.quiet = false;
  return storedAs(addEntry(tx, room, by, { kind, here: room.here }), room);
}

function untold(tx: Transaction, room: RoomRow): Outcome {
  tx.saveRoom(room);
  return { result: 'untold', room: room.address, here: room.here };
}

function hasLease(tx: Transaction, node: NodeId): boolean {
  return (tx.lease(node) ?? 0) > tx.now;
}

function visit(tx: Transaction, room: RoomRow, member: MemberRow): void {
  member.visitedAt = tx.now;
  tx.saveMember(member);
  visitRoom(tx, room);
}
