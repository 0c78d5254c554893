// The rules of `append`, written once for all engines. They run inside the transaction that stores what they decide.
import { addEntry, storedAs } from './add-entry.ts';
import { change, findTarget } from './decide-change.ts';
import { changeRoom } from './decide-room.ts';
import { takeName } from './membership.ts';
import { mentionsOf } from './mentions.ts';
import { arrive, depart } from './presence.ts';
import type { MemberRow, RoomRow } from './rows.ts';
import type { Outcome, Said, Write } from './store.ts';
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
    case 'title':
    case 'topic':
      return changeRoom(tx, room, by, said);
    case 'rename':
      return rename(tx, room, by, said);
    default:
      return change(tx, room, by, said);
  }
}

function message(tx: Transaction, room: RoomRow, by: MemberRow, said: Extract<Said, { kind: 'message' }>): Outcome {
  const replyTo = said.replyTo === undefined ? 0 : findTarget(tx, room, said.replyTo)?.seq;
  if (replyTo === undefined) return { result: 'refused', code: 'notFound' };
  const { clientId, text } = said;
  const mentions = mentionsOf(tx, room, said.mentions);
  const added = addEntry(tx, room, by, { kind: 'message', clientId, body: text, replyTo, mentions });
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
