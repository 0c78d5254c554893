// Messages that are looked for in several rooms at once. The one stored last comes first: rid is that order.
import type { MemberId, RoomId, Seq } from '../../../protocol/ids.ts';
import { fittingEntries } from '../fit-reply.ts';
import type { LogRow } from '../rows.ts';
import { isNothing, readQuery, type SearchQuery } from '../../../protocol/search-query.ts';
import type { Found, Hit, Hits, Member } from '../store.ts';
import { LOG } from './columns.ts';
import { matchExpression } from './match-expression.ts';
import type { RowReader } from './row-reader.ts';
import type { Statements } from './statements.ts';
import { Stretches } from './stretches.ts';

type HitRow = LogRow & { room: RoomId };

/** Messages with a rid from `from` to below `until`. */
interface Span {
  readonly from: number;
  readonly until: number;
}

interface Indexed {
  readonly rid: number;
  readonly room: RoomId;
}

/** Up to so many, naming them to the index costs less than finding what is in none of them. */
const FEW_ROOMS = 8;
/** What is found of a word at all, before rooms are named: a screen in most cases, and then no more than 2 ms of it. */
const LOOKED_THROUGH = [64, 1_024];
const NOTHING: Hits = { hits: [], more: false };
/** Before every message; of rowids this one is never given. */
const NEWEST = Number.MAX_SAFE_INTEGER;

export class HitReader {
  readonly #sql: Statements;
  readonly #rows: RowReader;
  readonly #stretches: Stretches;

  constructor(sql: Statements, rows: RowReader) {
    this.#sql = sql;
    this.#rows = rows;
    this.#stretches = new Stretches(sql);
  }

  search(rooms: readonly RoomId[], text: string, limit: number, before: Found | undefined): Hits {
    const query = readQuery(text);
    if (isNothing(query) || rooms.length === 0) return NOTHING;
    const { from, to } = this.#stretches.between(query.after, query.before);
    const span = { from, until: before === undefined ? to : Math.min(to, this.#ridOf(before)) };
    const isManyRooms = rooms.length > FEW_ROOMS && query.words.length + query.from.length + query.has.length > 0;
    const rids = isManyRooms ? this.#lookThrough(rooms, query, span, limit + 1) : undefined;
    return this.#hitsAt(rids ?? this.#inIndex(query, span, limit + 1, rooms).map(({ rid }) => rid), limit);
  }

  /**
   * Of many rooms each word of the index costs as many lists as there are rooms. Most of what is found is in one's own
   * rooms: so the newest are looked through without naming these. Undefined where that has not found enough.
   */
  #lookThrough(rooms: readonly RoomId[], query: SearchQuery, span: Span, wanted: number): number[] | undefined {
    const own = new Set(rooms);
    for (const most of LOOKED_THROUGH) {
      const found = this.#inIndex(query, span, most);
      const rids = found.flatMap(({ rid, room }) => (own.has(room) ? [rid] : []));
      if (rids.length >= wanted || found.length < most) return rids.slice(0, wanted);
    }
    return undefined;
  }

  #inIndex(query: SearchQuery, { from, until }: Span, most: number, rooms?: readonly RoomId[]): Indexed[] {
    // CROSS JOIN keeps the index first: the other order would look at every message.
    return this.#sql
      .of(
        `SELECT rid, room_id AS room FROM words CROSS JOIN log ON log.rid = words.rowid
          WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? AND at >= ? AND at < ?
          ORDER BY words.rowid DESC LIMIT ?`,
      )
      .all(matchExpression(query, rooms), from, until, query.after, query.before, most) as Indexed[];
  }

  mentions(members: readonly Pick<Member, 'id' | 'room'>[], limit: number, before: Found | undefined): Hits {
    const own = JSON.stringify(members.map(({ id }) => id));
    const until = before === undefined ? NEWEST : this.#ridOf(before);
    // Each room's newest, for which its index is enough; what they have in common is their rid.
    const select = this.#sql.of(
      `SELECT mention.rid AS rid FROM mention CROSS JOIN log ON log.rid = mention.rid
        WHERE mention.room_id = ? AND member_id = ? AND mention.rid < ? AND sender_id NOT IN (SELECT value FROM json_each(?))
        ORDER BY mention.seq DESC LIMIT ?`,
    );
    const rids = members.flatMap(({ id, room }) => select.all(room, id, until, own, limit + 1) as { rid: number }[]);
    const newest = [...new Set(rids.map(({ rid }) => rid))].sort((a, b) => b - a).slice(0, limit + 1);
    return this.#hitsAt(newest, limit);
  }

  /** Whether a message of others after `read` mentions one of these members of the room. */
  isMentioned(room: RoomId, own: readonly MemberId[], read: Seq): boolean {
    const select = this.#sql.of(
      `SELECT 1 FROM mention CROSS JOIN log ON log.rid = mention.rid WHERE mention.room_id = ? AND member_id = ?
        AND mention.seq > ? AND sender_id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
    );
    return own.some((id) => select.get(room, id, read, JSON.stringify(own)) !== undefined);
  }

  /** Before it: of the message, or behind the last one before it, for a store that went back may not have it any more. */
  #ridOf({ room, seq }: Found): number {
    const row = this.#sql
      .of(
        `SELECT rid, seq FROM log INDEXED BY log_message
          WHERE room_id = ? AND kind = 'message' AND seq <= ? ORDER BY seq DESC LIMIT 1`,
      )
      .get(room, seq) as { rid: number; seq: number } | undefined;
    if (row === undefined) return 0;
    return row.seq === seq ? row.rid : row.rid + 1;
  }

  #hitsAt(rids: readonly number[], limit: number): Hits {
    const found = this.#sql
      .of(`SELECT room_id AS room, ${LOG} FROM log WHERE rid IN (SELECT value FROM json_each(?)) ORDER BY rid DESC`)
      .all(JSON.stringify(rids)) as HitRow[];
    const hits = found.slice(0, limit).flatMap((row) => this.#hit(row));
    const fitting = fittingEntries(hits.map((hit) => hit.entry));
    return { hits: hits.slice(0, fitting), more: fitting < found.length };
  }

  #hit(row: HitRow): Hit[] {
    const room = this.#rows.room(row.room);
    return room ? this.#rows.entriesOf(room, [row]).map((entry) => ({ room: row.room, entry })) : [];
  }
}
