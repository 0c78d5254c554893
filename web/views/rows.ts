// What stands under what in the transcript: lines and pending messages in, rows out. A row is drawn anew only when a
// field of it is another one, so rows carry the lines themselves and nothing computed that would always differ.
import type { Author, MessageEntry, NoticeEntry } from '../../protocol/entries.ts';
import type { Target } from '../../protocol/fields.ts';
import type { MemberId, Seq } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { isAction } from '../markup/parse.ts';
import type { Line, PendingMessage, RenameEntry, RoomChangeEntry, RoomState, Span } from '../state/room-state.ts';
import { type Quoted, quotedBy } from '../state/quoted.ts';
import { hasGap } from '../state/timeline.ts';
import { isOthers, reaches } from '../state/unread.ts';
import { isNothing, summaryOf } from './notice-summary.ts';

/** What one person says within this time of what they said before stands under one name. */
const GROUP_MS = 5 * 60_000;

/** Where lines are missing. cut: newer ones are not in memory; gap: they did not arrive, and were asked for. */
export type Hole = 'cut' | 'gap';

interface Said {
  readonly kind: 'message';
  readonly line: MessageEntry;
  readonly own: boolean;
  readonly first: boolean;
  /** Who looks. */
  readonly me: MemberId;
  /** What it answers, as it is now. */
  readonly quoted?: Quoted;
}

export type SaidRow = Span & { readonly key: string } & Said;

/** `from` and `to`: the lines it shows; those of a pending message stand below all lines. */
export type Row = Span & { readonly key: string } & (
    | { readonly kind: 'day'; readonly at: number }
    | { readonly kind: 'notices'; readonly run: readonly NoticeEntry[] }
    | { readonly kind: 'change'; readonly line: RenameEntry | RoomChangeEntry }
    | Said
    | { readonly kind: 'unread' }
    | { readonly kind: 'ignored'; readonly run: readonly SaidRow[] }
    | { readonly kind: 'hole'; readonly hole: Hole }
    | {
        readonly kind: 'pending';
        readonly pending: PendingMessage;
        readonly me: Person;
        readonly first: boolean;
        readonly quoted?: Quoted;
      }
  );

/** Oldest first; `pending` stands below the lines (pendingRows says which are still to be shown). */
export function rowsOf(
  state: RoomState,
  pending: readonly PendingMessage[],
  me: Person,
  ignored: readonly Author[] = [],
): Row[] {
  const quoted = (target: Target | undefined) => quotedBy(state, pending, target);
  const rows = new RowList({ me, unread: firstUnreadIn(state), quoted, ignored });
  for (const line of state.lines) rows.add(line);
  rows.endRun();
  const last = state.lines.at(-1)?.seq ?? state.last.seq;
  if (!state.atEnd) rows.addHole('cut', last + 1);
  else if (hasGap(state)) rows.addHole('gap', last + 1);
  for (const [index, message] of pending.entries()) rows.addPending(message, last + 2 + index);
  return rows.all;
}

/** The line that the divider stands above, where that is known. */
function firstUnreadIn(state: RoomState): Seq | undefined {
  const { firstUnread, lines } = state;
  if (firstUnread === undefined || !reaches(state, firstUnread)) return undefined;
  return lines.find((line) => line.seq >= firstUnread && isOthers(line, state))?.seq;
}

/** The day of a row, to stand above it where it is the first that is drawn. */
export function dayAbove(row: Row): Row {
  return dayRow(timeOf(row), row.from);
}

interface RowListParts {
  readonly me: Person;
  readonly unread: Seq | undefined;
  readonly quoted: (target: Target | undefined) => Quoted;
  readonly ignored: readonly Author[];
}

class RowList {
  readonly all: Row[] = [];
  readonly #me: Person;
  readonly #ignored: ReadonlySet<MemberId>;
  #isUnreadDue = false;
  readonly #quoted: (target: Target | undefined) => Quoted;
  /** Notices that no row stands for yet. */
  #run: NoticeEntry[] = [];
  #day = { from: 0, until: 0 };
  readonly #days = new Set<string>();

  readonly #unread: Seq | undefined;

  constructor({ me, unread, quoted, ignored }: RowListParts) {
    this.#me = me;
    this.#unread = unread;
    this.#quoted = quoted;
    this.#ignored = new Set(ignored.map(({ id }) => id));
  }

  add(line: Line): void {
    if (line.kind === 'notice') return this.#addNotice(line);
    this.endRun();
    const { seq } = line;
    this.#addDay(line.at, seq);
    if (line.kind !== 'message') {
      this.all.push({ kind: 'change', key: line.id, from: seq, to: seq, line });
      return;
    }
    const first = !continues(this.all.at(-1), line.by.id, line.by.name, line.at);
    const me = this.#me.id;
    const own = line.by.id === me;
    const quoted = this.#quoted(line.replyTo);
    // Between two messages of one group: it takes no place, and goes without moving anything.
    if (seq === this.#unread) this.#isUnreadDue = true;
    const isIgnored = this.#ignored.has(line.by.id);
    // What is folded up is nothing that one has to read.
    if (this.#isUnreadDue && !isIgnored) this.#addUnread(seq);
    const row: SaidRow = { kind: 'message', key: line.clientId, from: seq, to: seq, line, own, first, me, quoted };
    if (isIgnored) this.#addIgnored(row);
    else this.all.push(row);
  }

  addHole(hole: Hole, seq: Seq): void {
    this.all.push({ kind: 'hole', key: hole, from: seq, to: seq, hole });
  }

  addPending(pending: PendingMessage, seq: Seq): void {
    const me = this.#me;
    const first = !continues(this.all.at(-1), me.id, me.name, pending.since);
    const quoted = this.#quoted(pending.replyTo);
    this.all.push({ kind: 'pending', key: pending.clientId, from: seq, to: seq, pending, me, first, quoted });
  }

  /** The first notice of a run names its row: however many follow, it is the same row. */
  endRun(): void {
    const [first] = this.#run;
    const run = this.#run;
    this.#run = [];
    if (first === undefined || isNothing(summaryOf(run))) return;
    this.#addDay(first.at, first.seq);
    this.all.push({ kind: 'notices', key: first.id, from: first.seq, to: run.at(-1)?.seq ?? first.seq, run });
  }

  #addUnread(seq: Seq): void {
    this.#isUnreadDue = false;
    this.all.push({ kind: 'unread', key: 'unread', from: seq, to: seq });
  }

  /** The first of a run names its row, as with notices. */
  #addIgnored(row: SaidRow): void {
    const { key, from, to } = row;
    const before = this.all.at(-1);
    if (before?.kind !== 'ignored') {
      this.all.push({ kind: 'ignored', key, from, to, run: [{ ...row, first: true }] });
      return;
    }
    const first = before.run.at(-1)?.line.by.id !== row.line.by.id;
    this.all[this.all.length - 1] = { ...before, to, run: [...before.run, { ...row, first }] };
  }

  #addNotice(line: NoticeEntry): void {
    const [first] = this.#run;
    if (first !== undefined && !isSameDay(first.at, line.at)) this.endRun();
    this.#run.push(line);
  }

  #addDay(at: number, seq: Seq): void {
    if (at >= this.#day.from && at < this.#day.until) return;
    const row = dayRow(at, seq);
    this.#day = { from: row.at, until: new Date(row.at).setDate(new Date(row.at).getDate() + 1) };
    // A clock that was put back may bring a day a second time.
    this.all.push(this.#days.has(row.key) ? { ...row, key: `${row.key} ${seq}` } : row);
    this.#days.add(row.key);
  }
}

// A changed name begins a new group: the rows above stand under the name of their time. So does what follows "Ada waves",
// which stands under no name.
function continues(before: Row | undefined, id: string, name: string, at: number): boolean {
  if (before?.kind === 'pending') return at - before.pending.since < GROUP_MS && !isAction(before.pending.text);
  if (before?.kind !== 'message') return false;
  const { by, text } = before.line;
  return by.id === id && by.name === name && at - before.line.at < GROUP_MS && !isAction(text);
}

// Local midnight of the day names it: two entries of one day get one row, whichever of them is loaded first.
function dayRow(at: number, seq: Seq): Extract<Row, { kind: 'day' }> {
  const day = new Date(at);
  const key = `day ${day.getFullYear()}-${day.getMonth()}-${day.getDate()}`;
  return { kind: 'day', key, from: seq, to: seq, at: day.setHours(0, 0, 0, 0) };
}

function timeOf(row: Row): number {
  switch (row.kind) {
    case 'day':
      return row.at;
    case 'pending':
      return row.pending.since;
    case 'message':
    case 'change':
      return row.line.at;
    case 'notices':
      return row.run[0]?.at ?? 0;
    case 'ignored':
      return row.run[0]?.line.at ?? 0;
    case 'hole':
    case 'unread':
      return 0;
  }
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
