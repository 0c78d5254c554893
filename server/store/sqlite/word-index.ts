import type { RoomId, Seq } from '../../../protocol/ids.ts';
import { mentionedIn } from '../mentions.ts';
import type { LogRow } from '../rows.ts';
import { hasMark, type Marked } from '../search-marks.ts';
import { foldName, type Having } from '../../../protocol/search-query.ts';
import { searchTokens } from '../../../protocol/search-tokens.ts';
import type { Statements } from './statements.ts';

/** What of a message in the log the index is made of. */
export const INDEXED = `rid, room_id AS room, seq, at, body, sender_name AS senderName, mentions, pinned_seq > 0 AS isPinned,
  EXISTS (SELECT 1 FROM reaction WHERE reaction.room_id = log.room_id AND target_seq = log.seq) AS isReactedTo`;

export interface IndexedRow extends Pick<LogRow, 'seq' | 'at' | 'body' | 'senderName' | 'mentions'> {
  readonly rid: number;
  readonly room: RoomId;
  readonly isPinned: number;
  readonly isReactedTo: number;
}

const MARKS: readonly Having[] = ['link', 'mention', 'reaction', 'pin'];

/** By what messages are found: by their words and what they are, and by whom they mention. */
export class WordIndex {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  /** As the message is now. */
  add(room: RoomId, seq: Seq): void {
    const row = this.#row(room, seq);
    if (row) this.put(row);
  }

  put(row: IndexedRow): void {
    const { rid, room, seq, mentions } = row;
    const { body, marks } = tokensOf(row);
    this.#sql.of('INSERT INTO words (rowid, room, body, marks) VALUES (?, ?, ?, ?)').run(rid, room, body, marks);
    const insert = this.#sql.of('INSERT INTO mention (room_id, member_id, seq, rid) VALUES (?, ?, ?, ?)');
    for (const { id } of mentionedIn(mentions)) insert.run(room, id, seq, rid);
  }

  /** To be called before anything of the message changes: an index without texts forgets by the very tokens it was given. */
  remove(room: RoomId, seq: Seq): void {
    const row = this.#row(room, seq);
    if (!row) return;
    const { body, marks } = tokensOf(row);
    this.#sql
      .of("INSERT INTO words (words, rowid, room, body, marks) VALUES ('delete', ?, ?, ?, ?)")
      .run(row.rid, room, body, marks);
    const remove = this.#sql.of('DELETE FROM mention WHERE room_id = ? AND member_id = ? AND seq = ?');
    for (const { id } of mentionedIn(row.mentions)) remove.run(room, id, seq);
  }

  #row(room: RoomId, seq: Seq): IndexedRow | undefined {
    return this.#sql.of(`SELECT ${INDEXED} FROM log WHERE room_id = ? AND seq = ?`).get(room, seq) as
      | IndexedRow
      | undefined;
  }
}

export function tokensOf(row: IndexedRow): { body: string; marks: string } {
  const marked: Marked = { ...row, isPinned: row.isPinned === 1, isReactedTo: row.isReactedTo === 1 };
  const marks = [fromToken(foldName(row.senderName)), ...MARKS.filter((one) => hasMark(marked, one)).map(hasToken)];
  return { body: searchTokens(row.body).join(' '), marks: marks.join(' ') };
}

/** One word of letters and digits, whatever the name holds. */
export function fromToken(folded: string): string {
  return `f${Buffer.from(folded).toString('hex')}`;
}

export function hasToken(having: Having): string {
  return `h${having}`;
}
