// Where the unread of a room begin, for the divider: it is placed on entering, and stays whatever is read meanwhile.
import type { MessageEntry } from '../../protocol/entries.ts';
import type { Seq } from '../../protocol/ids.ts';
import type { Line, RoomState } from './room-state.ts';

/** What the bar says of them; `count` and `since` undefined while nobody has said. */
export interface Unread {
  readonly from: Seq;
  readonly count: number | undefined;
  /** When the first of them was written, in ms since 1970. */
  readonly since: number | undefined;
}

export function isOthers(line: Line, { me }: Pick<RoomState, 'me'>): line is MessageEntry {
  return line.kind === 'message' && line.by.id !== me?.id && line.deleted !== true;
}

/** All lines from there on are in memory. */
export function reaches({ lines, atStart }: RoomState, seq: Seq): boolean {
  return atStart || (lines[0]?.seq ?? seq + 1) <= seq;
}

/** The first message of others after what has been read; undefined where there is none. Of what is not in memory: any. */
export function firstUnreadAfter(state: RoomState, read: Seq): Seq | undefined {
  if (!reaches(state, read + 1)) return read + 1;
  const first = state.lines.find((line) => line.seq > read && isOthers(line, state))?.seq;
  return first ?? (state.atEnd || read >= state.last.seq ? undefined : read + 1);
}

/** As far as the lines in memory tell. */
export function unreadOf(state: RoomState, from: Seq): Unread {
  if (!reaches(state, from) || !state.atEnd) return { from, count: undefined, since: undefined };
  const unread = state.lines.filter((line) => line.seq >= from && isOthers(line, state));
  return { from, count: unread.length, since: unread[0]?.at };
}

/** One's own newest message: whoever writes has read what was there. */
export function newestOwnSeq({ lines, me }: RoomState): Seq {
  return lines.findLast((line) => line.kind === 'message' && line.by.id === me?.id)?.seq ?? 0;
}
