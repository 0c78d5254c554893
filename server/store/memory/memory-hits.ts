// Messages that are looked for in several rooms at once: all of them are looked at, the one stored last first.
import type { RoomId } from '../../../protocol/ids.ts';
import { fittingEntries } from '../fit-reply.ts';
import type { LogRow } from '../rows.ts';
import { hasMark, isFrom, type Marked } from '../search-marks.ts';
import { isNothing, readQuery, type SearchQuery } from '../../../protocol/search-query.ts';
import { holdsAll, searchTokens } from '../../../protocol/search-tokens.ts';
import type { Found, Hit, Hits, Member } from '../store.ts';
import { entryIn } from './entry-in.ts';
import type { MemoryState, RoomState } from './memory-state.ts';
import { mentionsAny } from './unread.ts';

export function search(
  state: MemoryState,
  rooms: readonly RoomId[],
  text: string,
  limit: number,
  before: Found | undefined,
): Hits {
  const query = readQuery(text);
  if (isNothing(query)) return { hits: [], more: false };
  const asked = new Set(rooms);
  return hitsWhere(state, before, limit, (room, row) => asked.has(row.room) && isAll(query, room, row));
}

export function mentions(
  state: MemoryState,
  members: readonly Pick<Member, 'id' | 'room'>[],
  limit: number,
  before: Found | undefined,
): Hits {
  const rooms = new Set(members.map(({ room }) => room));
  const ids = new Set(members.map(({ id }) => id));
  return hitsWhere(state, before, limit, (_, row) => rooms.has(row.room) && mentionsAny(row, ids));
}

type MessageRow = LogRow & { room: RoomId };

function isAll({ words, from, has, before, after }: SearchQuery, room: RoomState, row: MessageRow): boolean {
  const isReactedTo = (room.reactions.get(row.seq) ?? []).length > 0;
  const marked: Marked = { ...row, isPinned: row.pinnedSeq > 0, isReactedTo };
  return (
    row.deletedSeq === 0 &&
    row.at < before &&
    row.at >= after &&
    from.every((name) => isFrom(marked, name)) &&
    has.every((having) => hasMark(marked, having)) &&
    (words.length === 0 || holdsAll(searchTokens(row.body), words))
  );
}

/** Before it: of the message, or behind the last one before it, for a store that went back may not have it any more. */
function placeOf({ messages }: MemoryState, { room, seq }: Found): number {
  const at = messages.findLastIndex((message) => message.room === room && message.row.seq <= seq);
  return messages[at]?.row.seq === seq ? at : at + 1;
}

function hitsWhere(
  state: MemoryState,
  before: Found | undefined,
  limit: number,
  holds: (room: RoomState, row: MessageRow) => boolean,
): Hits {
  const hits: Hit[] = [];
  const until = before === undefined ? state.messages.length : placeOf(state, before);
  for (let i = until - 1; i >= 0 && hits.length <= limit; i -= 1) {
    const message = state.messages[i];
    const room = message && state.rooms.get(message.room);
    if (room && holds(room, { ...message.row, room: message.room }))
      hits.push({ room: message.room, entry: entryIn(room, message.row) });
  }
  const fitting = fittingEntries(hits.slice(0, limit).map((hit) => hit.entry));
  return { hits: hits.slice(0, fitting), more: fitting < hits.length };
}
