// L17: what a room is called and is about. Decided inside the transaction that stores it.
import { addEntry, storedAs } from './add-entry.ts';
import type { MemberRow, RoomRow } from './rows.ts';
import { KEYLESS, type Outcome, type Said } from './store.ts';
import type { Transaction } from './transaction.ts';

export type OfRoom = Extract<Said, { kind: 'title' | 'topic' }>;

export function changeRoom(tx: Transaction, room: RoomRow, by: MemberRow, said: OfRoom): Outcome {
  // H5: nobody could be asked why.
  if (by.session === KEYLESS) return { result: 'refused', code: 'forbidden' };
  // D3: it is called as its two members are.
  if (said.kind === 'title' && room.pair !== '') return { result: 'refused', code: 'forbidden' };
  return said.kind === 'title'
    ? call(tx, room, by, said.clientId, said.title)
    : tell(tx, room, by, said.clientId, said.topic);
}

function call(tx: Transaction, room: RoomRow, by: MemberRow, clientId: OfRoom['clientId'], title: string): Outcome {
  if (room.title === title) return { result: 'unchanged', seq: room.titleSeq };
  const added = addEntry(tx, room, by, { kind: 'title', clientId, body: title });
  room.title = title;
  room.titleSeq = added.row.seq;
  return storedAs(added, room);
}

function tell(tx: Transaction, room: RoomRow, by: MemberRow, clientId: OfRoom['clientId'], topic: string): Outcome {
  if (room.topic === topic) return { result: 'unchanged', seq: room.topicSeq };
  const added = addEntry(tx, room, by, { kind: 'topic', clientId, body: topic });
  room.topic = topic;
  room.topicSeq = added.row.seq;
  return storedAs(added, room);
}
