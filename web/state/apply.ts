import type { Entry, MessageChange, MessageEntry, NoticeEntry } from '../../protocol/entries.ts';
import type { EntryId, Seq } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { withChange as lookedUpWith } from './looked-up.ts';
import { changed } from './message-change.ts';
import type { Line, RenameEntry, RoomState } from './room-state.ts';

/** The room after its next entry. `entry.seq` must be `state.last.seq + 1`: received() sees to that (C5). */
export function apply(state: RoomState, entry: Entry): RoomState {
  const last = { seq: entry.seq, id: entry.id };
  switch (entry.kind) {
    case 'message':
      return withLine({ ...state, last, ...told(state, entry) }, entry);
    case 'notice':
      return withLine({ ...state, last, here: cameOrWent(state.here, entry) }, entry);
    case 'rename':
      return withLine({ ...renamed(state, entry), last }, entry);
    case 'title':
      return withLine({ ...state, last, title: entry.title }, entry);
    case 'topic':
      return withLine({ ...state, last, topic: entry.topic }, entry);
    case 'edit':
    case 'delete':
    case 'react':
    case 'unreact':
    case 'pin':
    case 'unpin':
      return changedRow(state, entry, last);
    case 'settings':
      return { ...state, last, here: [], crowd: entry.here, isHereOld: entry.notices };
    case 'void':
      return { ...state, last };
    default:
      // W3: of a newer server. It counts, and says nothing here.
      entry satisfies never;
      return { ...state, last };
  }
}

/** Whoever writes has read what was there before, wherever they wrote it. */
function told({ me, heard, firstUnread }: RoomState, { by }: MessageEntry): Pick<RoomState, 'heard' | 'firstUnread'> {
  const isOwn = by.id === me?.id;
  return { heard: heard + (isOwn ? 0 : 1), firstUnread: isOwn ? undefined : firstUnread };
}

/** Where newer lines are missing this one would stand in the wrong place: it comes with them. */
function withLine(state: RoomState, line: Line): RoomState {
  if (state.atEnd) return { ...state, lines: [...state.lines, line] };
  return state.asking > 0 ? { ...state, kept: [...state.kept, line] } : state;
}

/** C6: while history is on its way, what changes is kept, for the row may be among those on their way. */
function changedRow(state: RoomState, change: MessageChange, last: { seq: Seq; id: EntryId }): RoomState {
  const kept = state.asking + state.lookedUp.asking > 0 ? [...state.kept, change] : state.kept;
  const lookedUp = lookedUpWith(state.lookedUp, change);
  return { ...state, last, kept, lookedUp, lines: withChange(state.lines, change) };
}

/** The same array where no row is changed; every other row keeps its identity. */
function withChange(lines: readonly Line[], change: MessageChange): readonly Line[] {
  const at = indexOfSeq(lines, change.target);
  const line = lines[at];
  if (line?.kind !== 'message') return lines;
  const next = changed(line, change);
  return next === line ? lines : lines.with(at, next);
}

/** Where the line of this seq stands; -1 when it is not there. Lines ascend by seq. */
export function indexOfSeq(lines: readonly Line[], seq: Seq): number {
  let low = 0;
  let high = lines.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = lines[middle]?.seq ?? 0;
    if (at === seq) return middle;
    if (at < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** A role is only told in lists: who comes in between is shown as a member until the next one. */
function cameOrWent(here: readonly Person[], notice: NoticeEntry): readonly Person[] {
  const { id, name } = notice.by;
  if (notice.type === 'disconnect') return here.filter((person) => person.id !== id);
  if (here.some((person) => person.id === id))
    return here.map((person) => (person.id === id ? { ...person, name } : person));
  return [...here, { id, name, role: 'member' }];
}

function renamed(state: RoomState, { by, name }: RenameEntry): RoomState {
  const rename = (person: Person): Person => (person.id === by.id ? { ...person, name } : person);
  return { ...state, me: state.me && rename(state.me), here: state.here.map(rename) };
}
