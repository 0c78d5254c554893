// Messages that are looked for in several rooms at once: all of them are looked at, the one stored last first.
import type { RoomId, Seq } from '../../../protocol/ids.ts';
import { fittingEntries } from '../fit-reply.ts';
import type { LogRow } from '../rows.ts';
import { holdsAll, searchQuery, searchTokens } from '../search-tokens.ts';
import type { Found, Hit, Hits, Member } from '../store.ts';
import { entryIn } from './entry-in.ts';
import type { MemoryState } from './memory-state.ts';
import { mentionsAny } from './unread.ts';

export function search(
  state: MemoryState,
  rooms: readonly RoomId[],
  text: string,
  limit: number,
  before: Seq | undefined,
): Hits {
  const query = searchQuery(text);
  const asked = new Set(rooms);
  const holds = (room: RoomId, row: LogRow): boolean =>
    asked.has(room) && (before === undefined || row.seq < before) && holdsAll(searchTokens(row.body), query);
  return hitsWhere(state, state.messages.length, limit, holds);
}

export function mentions(
  state: MemoryState,
  members: readonly Pick<Member, 'id' | 'room'>[],
  limit: number,
  before: Found | undefined,
): Hits {
  const rooms = new Set(members.map(({ room }) => room));
  const ids = new Set(members.map(({ id }) => id));
  const holds = (room: RoomId, row: LogRow): boolean => rooms.has(room) && mentionsAny(row, ids);
  return hitsWhere(state, before === undefined ? state.messages.length : placeOf(state, before), limit, holds);
}

/** Of the message, or of the last one before it: a store that went back may not have it any more. */
function placeOf({ messages }: MemoryState, { room, seq }: Found): number {
  return messages.findLastIndex((message) => message.room === room && message.row.seq <= seq);
}

function hitsWhere(
  { messages, rooms }: MemoryState,
  until: number,
  limit: number,
  holds: (room: RoomId, row: LogRow) => boolean,
): Hits {
  const hits: Hit[] = [];
  for (let i = until - 1; i >= 0 && hits.length <= limit; i -= 1) {
    const message = messages[i];
    const room = message && rooms.get(message.room);
    if (room && holds(message.room, message.row)) hits.push({ room: message.room, entry: entryIn(room, message.row) });
  }
  const fitting = fittingEntries(hits.slice(0, limit).map((hit) => hit.entry));
  return { hits: hits.slice(0, fitting), more: fitting < hits.length };
}
