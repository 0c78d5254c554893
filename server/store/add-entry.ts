import type { EntryId, Seq, Time } from '../../protocol/ids.ts';
import type { LogKind, LogRow, MemberRow, RoomRow } from './rows.ts';
import { entryOf } from './rows.ts';
import type { Outcome } from './store.ts';
import type { Transaction } from './transaction.ts';

/** Clocks of nodes differ by less, and are set right in smaller steps. */
const LEVELLED_MS = 60_000;

export interface Content {
  readonly kind: LogKind;
  readonly clientId?: LogRow['clientId'];
  readonly body?: string;
  readonly target?: Seq;
  readonly replyTo?: Seq;
  readonly mentions?: string;
  readonly here?: number;
}

export interface Added {
  readonly row: LogRow;
  /** The id of the entry before it. */
  readonly after: EntryId | '';
}

/** L1, L9: gives the room's next number and its time to an entry. */
export function addEntry(tx: Transaction, room: RoomRow, by: MemberRow, content: Content): Added {
  const after = room.lastId;
  const row: LogRow = {
    seq: room.seq + 1,
    id: tx.newId() as EntryId,
    at: levelledTime(tx.now, room),
    sender: by.id,
    senderName: by.name,
    clientId: content.clientId ?? null,
    target: content.target ?? 0,
    here: content.here ?? 0,
    kind: content.kind,
    body: content.body ?? '',
    replyTo: content.replyTo ?? 0,
    mentions: content.mentions ?? '',
    rev: 0,
    editSeq: 0,
    editedAt: 0,
    deletedSeq: 0,
    pinnedSeq: 0,
  };
  room.seq = row.seq;
  room.lastId = row.id;
  room.at = row.at;
  if (row.kind === 'message') room.spoken = true;
  tx.addEntry(room.id, row);
  tx.saveRoom(room);
  return { row, after };
}

export function storedAs({ row, after }: Added, room: RoomRow): Outcome {
  return { result: 'stored', entry: entryOf(row, room.address), at: row.at, after };
}

/** A larger step back is believed: one clock that was wrong for a moment must not hold a room's time for ever. */
function levelledTime(now: Time, room: RoomRow): Time {
  const stepBack = room.seq === 0 ? 0 : room.at - now;
  return stepBack > 0 && stepBack <= LEVELLED_MS ? room.at : now;
}
