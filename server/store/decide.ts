// The rules of `append`, written once for all engines. They run inside the transaction that stores what they decide.
import type { Target } from '../../protocol/fields.ts';
import { MAX_REACTION_KINDS } from '../../protocol/limits.ts';
import { type Added, addEntry, storedAs } from './add-entry.ts';
import { takeName } from './membership.ts';
import { arrive, depart } from './presence.ts';
import type { LogRow, MemberRow, RoomRow } from './rows.ts';
import { KEYLESS, type Outcome, type Said, type Write } from './store.ts';
import type { Transaction } from './transaction.ts';

export function decide(tx: Transaction, write: Write): Outcome {
  const room = tx.room(write.room);
  if (!room) return { result: 'refused', code: 'notMember' };
  switch (write.kind) {
    case 'arrive':
      return arrive(tx, room, write);
    case 'depart':
      return depart(tx, room, write);
    default:
      return say(tx, room, write);
  }
}

function say(tx: Transaction, room: RoomRow, said: Said): Outcome {
  // L4: before any right is looked at. A retry after the member was removed is "sent", not "failed".
  const known = tx.known(room.id, said.clientId);
  if (known) return { result: 'duplicate', ...known };
  const by = tx.member(said.by);
  if (!by?.held || by.room !== room.id) return { result: 'refused', code: 'notMember' };
  switch (said.kind) {
    case 'message':
      return message(tx, room, by, said);
    case 'rename':
      return rename(tx, room, by, said);
    default:
      return change(tx, room, by, said);
  }
}

function message(tx: Transaction, room: RoomRow, by: MemberRow, said: Extract<Said, { kind: 'message' }>): Outcome {
  const added = addEntry(tx, room, by, { kind: 'message', clientId: said.clientId, body: said.text });
  by.readSeq = added.row.seq;
  by.wrote = true;
  tx.saveReading(by);
  return storedAs(added, room);
}

function rename(tx: Transaction, room: RoomRow, by: MemberRow, said: Extract<Said, { kind: 'rename' }>): Outcome {
  if (by.name === said.name) return { result: 'unchanged', seq: by.renameSeq };
  if (!takeName(tx, room.id, said, by.id)) return { result: 'refused', code: 'nameTaken' };
  // The entry comes first: `by` has the old name.
  const added = addEntry(tx, room, by, { kind: 'rename', clientId: said.clientId, body: said.name });
  by.name = said.name;
  by.key = said.key;
  by.skeleton = said.skeleton;
  by.renameSeq = added.row.seq;
  tx.saveMember(by);
  return storedAs(added, room);
}

type Change = Extract<Said, { target: Target }>;

function change(tx: Transaction, room: RoomRow, by: MemberRow, said: Change): Outcome {
  const ownsOnly = said.kind === 'edit' || said.kind === 'delete';
  // Whoever takes a keyless member's name next is that member: what was said under it is nobody's to change.
  if (ownsOnly && by.session === KEYLESS) return { result: 'refused', code: 'forbidden' };
  const target = findTarget(tx, room, said.target);
  if (!target) return { result: 'refused', code: 'notFound' };
  if (target.deletedSeq > 0) {
    return said.kind === 'delete'
      ? { result: 'unchanged', seq: target.deletedSeq }
      : { result: 'refused', code: 'gone' };
  }
  if (ownsOnly && target.sender !== by.id) return { result: 'refused', code: 'forbidden' };
  switch (said.kind) {
    case 'edit':
      return edit(tx, room, by, said, target);
    case 'delete':
      return remove(tx, room, by, said, target);
    case 'react':
      return react(tx, room, by, said, target);
    case 'unreact':
      return unreact(tx, room, by, said, target);
  }
}

function findTarget(tx: Transaction, room: RoomRow, target: Target): LogRow | undefined {
  const seq = typeof target === 'number' ? target : tx.known(room.id, target)?.seq;
  return seq === undefined ? undefined : tx.message(room.id, seq);
}

function edit(
  tx: Transaction,
  room: RoomRow,
  by: MemberRow,
  said: Extract<Change, { kind: 'edit' }>,
  target: LogRow,
): Outcome {
  if (target.body === said.text) return { result: 'unchanged', seq: target.editSeq || target.seq };
  const added = addChange(tx, room, by, said, target, said.text);
  const before = target.body;
  target.body = said.text;
  target.editSeq = added.row.seq;
  target.editedAt = added.row.at;
  tx.edited(room.id, target, added.row.seq, before);
  return storedAs(added, room);
}

function remove(tx: Transaction, room: RoomRow, by: MemberRow, said: Change, target: LogRow): Outcome {
  const added = addChange(tx, room, by, said, target, '');
  const before = target.body;
  target.body = '';
  target.deletedSeq = added.row.seq;
  tx.deleted(room.id, target, before);
  return storedAs(added, room);
}

type Reacting = Extract<Change, { emoji: string }>;

function react(tx: Transaction, room: RoomRow, by: MemberRow, said: Reacting, target: LogRow): Outcome {
  const { emoji } = said;
  const there = tx.reactions(room.id, target.seq);
  const own = there.find((reaction) => reaction.member === by.id && reaction.emoji === emoji);
  if (own) return { result: 'unchanged', seq: own.seq };
  const kinds = new Set(there.map((reaction) => reaction.emoji));
  if (!kinds.has(emoji) && kinds.size >= MAX_REACTION_KINDS) return { result: 'refused', code: 'tooMany' };
  const added = addChange(tx, room, by, said, target, emoji);
  const { seq } = added.row;
  const kindSince = there.find((reaction) => reaction.emoji === emoji)?.kindSince ?? seq;
  tx.reacted(room.id, target, { target: target.seq, emoji, member: by.id, name: by.name, seq, kindSince });
  return storedAs(added, room);
}

function unreact(tx: Transaction, room: RoomRow, by: MemberRow, said: Reacting, target: LogRow): Outcome {
  const there = tx.reactions(room.id, target.seq);
  const own = there.find((reaction) => reaction.member === by.id && reaction.emoji === said.emoji);
  if (!own) return { result: 'unchanged', seq: target.rev || target.seq };
  const added = addChange(tx, room, by, said, target, said.emoji);
  tx.unreacted(room.id, target, own);
  return storedAs(added, room);
}

function addChange(tx: Transaction, room: RoomRow, by: MemberRow, said: Change, target: LogRow, body: string): Added {
  const { kind, clientId } = said;
  const added = addEntry(tx, room, by, { kind, clientId, body, target: target.seq });
  target.rev = added.row.seq;
  return added;
}
