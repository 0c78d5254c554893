// What stands under what in the transcript: lines and pending messages in, rows out. A row is drawn anew only when a
// field of it is another one, so rows carry the lines themselves and nothing computed that would always differ.
import type { MessageEntry, NoticeEntry } from '../../protocol/entries.ts';
import type { Person } from '../../protocol/room.ts';
import type { Line, PendingMessage, RenameEntry } from '../state/room-state.ts';

/** What one person says within this time of what they said before stands under one name. */
const GROUP_MS = 5 * 60_000;

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'notice'; readonly key: string; readonly line: NoticeEntry | RenameEntry }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly line: MessageEntry;
      readonly own: boolean;
      readonly first: boolean;
    }
  | {
      readonly kind: 'pending';
      readonly key: string;
      readonly pending: PendingMessage;
      readonly me: Person;
      readonly first: boolean;
    };

/** Oldest first; `pending` stands below the lines (pendingRows says which are still to be shown). */
export function rowsOf(lines: readonly Line[], pending: readonly PendingMessage[], me: Person): Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    const before = rows.at(-1);
    if (before === undefined || !isSameDay(timeOf(before), line.at)) rows.push(dayRow(line.at));
    rows.push(line.kind === 'message' ? messageRow(line, me, rows.at(-1)) : { kind: 'notice', key: line.id, line });
  }
  addPending(rows, pending, me);
  return rows;
}

function messageRow(line: MessageEntry, me: Person, before: Row | undefined): Row {
  const first = !continues(before, line.by.id, line.by.name, line.at);
  return { kind: 'message', key: line.clientId, line, own: line.by.id === me.id, first };
}

function addPending(rows: Row[], pending: readonly PendingMessage[], me: Person): void {
  for (const message of pending) {
    const first = !continues(rows.at(-1), me.id, me.name, message.since);
    rows.push({ kind: 'pending', key: message.clientId, pending: message, me, first });
  }
}

// A changed name begins a new group: the rows above stand under the name of their time.
function continues(before: Row | undefined, id: string, name: string, at: number): boolean {
  if (before?.kind === 'pending') return at - before.pending.since < GROUP_MS;
  if (before?.kind !== 'message') return false;
  const { by } = before.line;
  return by.id === id && by.name === name && at - before.line.at < GROUP_MS;
}

// Local midnight of the day names it: two entries of one day get one row, whichever of them is loaded first.
function dayRow(at: number): Row {
  const day = new Date(at);
  return {
    kind: 'day',
    key: `day ${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`,
    at: day.setHours(0, 0, 0, 0),
  };
}

function timeOf(row: Row): number {
  switch (row.kind) {
    case 'day':
      return row.at;
    case 'pending':
      return row.pending.since;
    case 'message':
    case 'notice':
      return row.line.at;
  }
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
