// L5 to L8: what is done to a message that is there. Decided inside the transaction that stores it.
import type { Target } from '../../protocol/fields.ts';
import { MAX_REACTION_KINDS } from '../../protocol/limits.ts';
import { addChange, type Change } from './add-change.ts';
import { storedAs } from './add-entry.ts';
import { mentionsOf, mentionsSame } from './mentions.ts';
import { pin, unpin } from './pins.ts';
import type { LogRow, MemberRow, RoomRow } from './rows.ts';
import { KEYLESS, type Outcome } from './store.ts';
import type { Transaction } from './transaction.ts';

export function change(tx: Transaction, room: RoomRow, by: MemberRow, said: Change): Outcome {
  const ownsOnly = said.kind === 'edit' || said.kind === 'delete';
  // Whoever takes a keyless member's name next is that member: what was said under it is nobody's to change, and nothing of
  // the room is theirs to arrange.
  const needsKey = ownsOnly || said.kind === 'pin' || said.kind === 'unpin';
  if (needsKey && by.session === KEYLESS) return { result: 'refused', code: 'forbidden' };
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
    case 'pin':
      return pin(tx, room, by, said, target);
    case 'unpin':
      return unpin(tx, room, by, said, target);
  }
}

export function findTarget(tx: Transaction, room: RoomRow, target: Target): LogRow | undefined {
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
  const mentions = mentionsOf(tx, room, said.mentions);
  if (target.body === said.text && mentionsSame(target.mentions, mentions))
    return { result: 'unchanged', seq: target.editSeq || target.seq };
  const before = { ...target };
  const added = addChange(tx, room, by, said, target, { body: said.text, mentions });
  target.body = said.text;
  target.mentions = mentions;
  target.editSeq = added.row.seq;
  target.editedAt = added.row.at;
  tx.edited(room.id, target, added.row.seq, before);
  return storedAs(added, room);
}

function remove(tx: Transaction, room: RoomRow, by: MemberRow, said: Change, target: LogRow): Outcome {
  const before = { ...target };
  const added = addChange(tx, room, by, said, target, {});
  target.body = '';
  target.replyTo = 0;
  target.mentions = '';
  target.pinnedSeq = 0;
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
  const added = addChange(tx, room, by, said, target, { body: emoji });
  const { seq } = added.row;
  const kindSince = there.find((reaction) => reaction.emoji === emoji)?.kindSince ?? seq;
  tx.reacted(room.id, target, { target: target.seq, emoji, member: by.id, name: by.name, seq, kindSince });
  return storedAs(added, room);
}

function unreact(tx: Transaction, room: RoomRow, by: MemberRow, said: Reacting, target: LogRow): Outcome {
  const there = tx.reactions(room.id, target.seq);
  const own = there.find((reaction) => reaction.member === by.id && reaction.emoji === said.emoji);
  if (!own) return { result: 'unchanged', seq: target.rev || target.seq };
  const added = addChange(tx, room, by, said, target, { body: said.emoji });
  tx.unreacted(room.id, target, own);
  return storedAs(added, room);
}
