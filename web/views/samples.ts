// Lines for the tests of views.
import type { MessageEntry, NoticeEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import type { PendingMessage, RoomState } from '../state/room-state.ts';
import { emptyRoom } from '../state/timeline.ts';

export const ROOM = 'tea' as Address;
/** Noon, so that minutes more or less stay within the day in every time zone there is. */
export const NOON = new Date(2026, 4, 4, 12).getTime();

export const ada: Person = { id: 'm-ada' as MemberId, name: 'Ada', role: 'member' };
export const linus: Person = { id: 'm-linus' as MemberId, name: 'Linus', role: 'member' };

export function message(seq: number, by: Person, more: Partial<MessageEntry> = {}): MessageEntry {
  const { id, name } = by;
  const stamp = { room: ROOM, seq, id: `e${seq}` as EntryId, at: NOON + seq * 1_000, by: { id, name } };
  return { ...stamp, kind: 'message', clientId: `c${seq}` as ClientId, text: `text ${seq}`, ...more };
}

export function notice(seq: number, by: Person, type: NoticeEntry['type']): NoticeEntry {
  const { id, name } = by;
  return {
    room: ROOM,
    seq,
    id: `e${seq}` as EntryId,
    at: NOON + seq * 1_000,
    by: { id, name },
    kind: 'notice',
    type,
    here: 2,
  };
}

export function waiting(clientId: string, more: Partial<PendingMessage> = {}): PendingMessage {
  return {
    clientId: clientId as ClientId,
    room: ROOM,
    text: `text ${clientId}`,
    since: NOON,
    state: { kind: 'waiting' },
    ...more,
  };
}

export function roomOf(lines: RoomState['lines'], more: Partial<RoomState> = {}): RoomState {
  const last = lines.at(-1);
  return {
    ...emptyRoom(ROOM),
    title: 'Tea',
    me: ada,
    here: [ada, linus],
    lines,
    atStart: true,
    last: { seq: last?.seq ?? 0, id: last?.id ?? '' },
    heard: lines.filter((line) => line.kind === 'message' && line.by.id !== ada.id).length,
    ...more,
  };
}
