// Messages that are looked for in several rooms at once. The one stored last comes first: rid is that order.
import type { MemberId, RoomId, Seq } from '../../../protocol/ids.ts';
import { fittingEntries } from '../fit-reply.ts';
import type { LogRow } from '../rows.ts';
import { searchQuery } from '../search-tokens.ts';
import type { Found, Hit, Hits, Member } from '../store.ts';
import { LOG } from './columns.ts';
import { matchExpression } from './match-expression.ts';
import type { RowReader } from './row-reader.ts';
import type { Statements } from './statements.ts';

type HitRow = LogRow & { room: RoomId };

const NOTHING: Hits = { hits: [], more: false };
/** Before every message; of rowids this one is never given. */
const NEWEST = Number.MAX_SAFE_INTEGER;

export class HitReader {
  readonly #sql: Statements;
  readonly #rows: RowReader;

  constructor(sql: Statements, rows: RowReader) {
    this.#sql = sql;
    this.#rows = rows;
  }

  search(rooms: readonly RoomId[], text: string, limit: number, before: Seq | undefined): Hits {
    const query = searchQuery(text);
    if (query.length === 0 || rooms.length === 0) return NOTHING;
    // CROSS JOIN keeps the index first: the other order would look at every message.
    const found = this.#sql
      .of(
        `SELECT room_id AS room, ${LOG} FROM words CROSS JOIN log ON log.rid = words.rowid
          WHERE words MATCH ? AND seq < ? ORDER BY words.rowid DESC LIMIT ?`,
      )
      .all(matchExpression(rooms, query), before ?? Number.MAX_SAFE_INTEGER, limit + 1) as HitRow[];
    return this.#hitsOf(found, limit);
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
    const found = this.#sql
      .of(`SELECT room_id AS room, ${LOG} FROM log WHERE rid IN (SELECT value FROM json_each(?)) ORDER BY rid DESC`)
      .all(JSON.stringify(newest)) as HitRow[];
    return this.#hitsOf(found, limit);
  }

  /** Whether a message of others after `read` mentions one of these members of the room. */
  isMentioned(room: RoomId, own: readonly MemberId[], read: Seq): boolean {
    const select = this.#sql.of(
      `SELECT 1 FROM mention CROSS JOIN log ON log.rid = mention.rid WHERE mention.room_id = ? AND member_id = ?
        AND mention.seq > ? AND sender_id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
    );
    return own.some((id) => select.get(room, id, read, JSON.stringify(own)) !== undefined);
  }

  /** Of the message, or of the last one before it: a store that went back may not have it any more. */
  #ridOf({ room, seq }: Found): number {
    const row = this.#sql
      .of('SELECT rid FROM log WHERE room_id = ? AND seq <= ? ORDER BY seq DESC LIMIT 1')
      .get(room, seq) as { rid: number } | undefined;
    return row?.rid ?? 0;
  }

  #hitsOf(found: readonly HitRow[], limit: number): Hits {
    const hits = found.slice(0, limit).flatMap((row) => this.#hit(row));
    const fitting = fittingEntries(hits.map((hit) => hit.entry));
    return { hits: hits.slice(0, fitting), more: fitting < found.length };
  }

  #hit(row: HitRow): Hit[] {
    const room = this.#rows.room(row.room);
    return room ? this.#rows.entriesOf(room, [row]).map((entry) => ({ room: row.room, entry })) : [];
  }
}
