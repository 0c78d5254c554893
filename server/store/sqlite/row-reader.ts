import type { Entry } from '../../../protocol/entries.ts';
import type { RoomId, Seq } from '../../../protocol/ids.ts';
import { entryOf, type LogRow, type ReactionRow, type RoomRow } from '../rows.ts';
import { REACTION, ROOM, reactionRows, roomRow } from './columns.ts';
import type { Statements } from './statements.ts';

/** What every reading is made of: rooms, and entries of rows of the log. */
export class RowReader {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  room(id: RoomId): RoomRow | undefined {
    return roomRow(this.#sql.of(`SELECT ${ROOM} FROM room WHERE id = ?`).get(id));
  }

  /** `rows` of one room, in any order; they may stand far apart. */
  entriesOf(room: RoomRow, rows: readonly LogRow[]): Entry[] {
    const seqs = rows.filter((row) => row.kind === 'message' && row.rev > 0).map((row) => row.seq);
    if (seqs.length === 0) return rows.map((row) => entryOf(row, room.address));
    const sql = `SELECT ${REACTION} FROM reaction WHERE room_id = ? AND target_seq IN (SELECT value FROM json_each(?))
      ORDER BY target_seq, seq`;
    const reactions = reactionRows(this.#sql.of(sql).all(room.id, JSON.stringify(seqs)));
    const byTarget = new Map<Seq, ReactionRow[]>(seqs.map((seq) => [seq, []]));
    for (const reaction of reactions) byTarget.get(reaction.target)?.push(reaction);
    return rows.map((row) => entryOf(row, room.address, byTarget.get(row.seq)));
  }
}
