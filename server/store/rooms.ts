// Rooms, made and forgotten, written once for all engines.
import type { Address, RoomId } from '../../protocol/ids.ts';
import { SILENT_NAME_KEPT_MS, visitRoom } from './membership.ts';
import type { RoomRow } from './rows.ts';
import type { Room } from './store.ts';
import type { Transaction } from './transaction.ts';

/** Whoever makes a room waits for as many to go. */
export const FORGOTTEN_AT_ONCE = 10;

/** Opening is a visit: the room is there for whoever claims a name next. */
export function openRoom(tx: Transaction, address: Address, title: string): Room {
  const there = tx.roomAt(address);
  if (!there) return roomOf(newRoom(tx, address, title));
  visitRoom(tx, there);
  return roomOf(there);
}

export function roomOf({ id, address, title, topic }: RoomRow): Room {
  return { id, address, title, topic };
}

/** N8: each that comes lets some go, so that there are never many. `pair`: of a conversation of two. */
export function newRoom(tx: Transaction, address: Address, title: string, pair = ''): RoomRow {
  tx.forgetRooms(tx.now - SILENT_NAME_KEPT_MS, FORGOTTEN_AT_ONCE);
  const row: RoomRow = {
    id: tx.newId() as RoomId,
    address,
    pair,
    title,
    topic: '',
    titleSeq: 0,
    topicSeq: 0,
    seq: 0,
    lastId: '',
    at: 0,
    first: 1,
    here: 0,
    members: 0,
    visitedAt: tx.now,
    spoken: false,
    quiet: false,
  };
  tx.addRoom(row);
  return row;
}
