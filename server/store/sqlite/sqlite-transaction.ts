import type { ClientId, MemberId, NodeId, RoomId, Seq, SessionId, Time } from '../../../protocol/ids.ts';
import type { LogRow, MemberRow, ReactionRow, RoomRow } from '../rows.ts';
import { CROWD, type Known, type PresenceRow, type Transaction } from '../transaction.ts';
import {
  LOG,
  logRow,
  MEMBER,
  memberRow,
  memberRows,
  REACTION,
  ROOM,
  ROOM_OF_PAIR,
  reactionRows,
  roomRow,
} from './columns.ts';
import { SqliteSessionRows } from './sqlite-session-rows.ts';
import type { Statements } from './statements.ts';
import { Stretches } from './stretches.ts';
import { WordIndex } from './word-index.ts';

/**
 * Rooms and members are read once in a request and written once at its end (`flush`): a batch adds dozens of entries to
 * the same few. Names are written at once, for the next look-up and the unique indexes to see them.
 */
export class SqliteTransaction implements Transaction {
  now: Time = 0;
  readonly newId: () => string;
  readonly crowd = CROWD;
  readonly sessions: SqliteSessionRows;
  /** Something was blanked since this was last set to false: it is in the write-ahead log still. */
  blanked = false;
  readonly #sql: Statements;
  readonly #words: WordIndex;
  readonly #stretches: Stretches;
  readonly #rooms = new Map<RoomId, RoomRow>();
  readonly #members = new Map<MemberId, MemberRow>();
  readonly #changedRooms = new Set<RoomRow>();
  readonly #readers = new Set<MemberRow>();

  constructor(sql: Statements, newId: () => string) {
    this.#sql = sql;
    this.sessions = new SqliteSessionRows(sql);
    this.#words = new WordIndex(sql);
    this.#stretches = new Stretches(sql);
    this.newId = newId;
  }

  /** What was lent is written. Call it before the transaction commits. */
  flush(): void {
    for (const row of this.#changedRooms) this.#writeRoom(row);
    for (const row of this.#readers) this.#writeReading(row);
    this.#stretches.flush();
    this.forget();
  }

  /** What was lent is void: the next look-up reads it again. */
  forget(): void {
    this.#rooms.clear();
    this.#members.clear();
    this.#changedRooms.clear();
    this.#readers.clear();
    this.#stretches.forget();
  }

  room(id: RoomId): RoomRow | undefined {
    const there = this.#rooms.get(id);
    if (there) return there;
    const row = roomRow(this.#sql.of(`SELECT ${ROOM} FROM room WHERE id = ?`).get(id));
    if (row) this.#rooms.set(id, row);
    return row;
  }

  roomAt(address: string): RoomRow | undefined {
    const row = roomRow(this.#sql.of(`SELECT ${ROOM} FROM room WHERE address = ?`).get(address));
    return row && this.room(row.id);
  }

  roomOfPair(pair: string): RoomRow | undefined {
    const row = roomRow(this.#sql.of(ROOM_OF_PAIR).get(pair));
    return row && this.room(row.id);
  }

  addRoom(row: RoomRow): void {
    this.#sql
      .of(
        `INSERT INTO room (id, address, pair, title, topic, title_seq, topic_seq, last_seq, last_id, last_at, first_seq, here, members,
          visited_at, spoken, quiet) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        row.id, row.address, row.pair, row.title, row.topic, row.titleSeq, row.topicSeq, row.seq, row.lastId, row.at, row.first, row.here, row.members,
        row.visitedAt, Number(row.spoken), Number(row.quiet),
      ); // biome-ignore format: as the columns
  }

  saveRoom(row: RoomRow): void {
    this.#changedRooms.add(row);
  }

  forgetRooms(before: Time, limit: number): void {
    const sql =
      'SELECT id FROM room INDEXED BY room_silent WHERE spoken = 0 AND here = 0 AND visited_at < ? ORDER BY visited_at, address LIMIT ?';
    for (const { id } of this.#sql.of(sql).all(before, limit) as { id: RoomId }[]) {
      // Nobody wrote, so nothing was replaced, reacted to or indexed; nobody is there, so there is no presence.
      this.#sql.of('DELETE FROM log WHERE room_id = ?').run(id);
      this.#sql.of('DELETE FROM member WHERE room_id = ?').run(id);
      this.#sql.of('DELETE FROM room WHERE id = ?').run(id);
      this.#rooms.delete(id);
    }
  }

  member(id: MemberId): MemberRow | undefined {
    const there = this.#members.get(id);
    if (there) return there;
    const row = memberRow(this.#sql.of(`SELECT ${MEMBER} FROM member WHERE id = ?`).get(id));
    return row && this.#lent(row);
  }

  addMember(row: MemberRow): void {
    this.#sql
      .of(
        `INSERT INTO member (room_id, id, session_id, nth, role, name, name_key, skeleton, held, read_seq, visited_at, wrote, rename_seq)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        row.room, row.id, row.session, row.nth, row.role, row.name, row.key, row.skeleton, Number(row.held),
        row.readSeq, row.visitedAt, Number(row.wrote), row.renameSeq,
      ); // biome-ignore format: one line for each line of columns
    this.#lent(row);
  }

  saveMember(row: MemberRow): void {
    this.#sql
      .of(
        `UPDATE member SET name = ?, name_key = ?, skeleton = ?, held = ?, visited_at = ?, rename_seq = ?
          WHERE room_id = ? AND id = ?`,
      )
      .run(row.name, row.key, row.skeleton, Number(row.held), row.visitedAt, row.renameSeq, row.room, row.id);
  }

  saveReading(row: MemberRow): void {
    this.#readers.add(row);
  }

  holders(room: RoomId, key: string, skeleton: string): readonly MemberRow[] {
    const sql = `SELECT ${MEMBER} FROM member WHERE room_id = ? AND name_key = ? AND held = 1
      UNION SELECT ${MEMBER} FROM member WHERE room_id = ? AND skeleton = ? AND held = 1`;
    return this.#lentAll(this.#sql.of(sql).all(room, key, room, skeleton));
  }

  holding(session: SessionId, room?: RoomId): readonly MemberRow[] {
    const all = `SELECT ${MEMBER} FROM member WHERE session_id = ? AND held = 1`;
    if (room === undefined) return this.#lentAll(this.#sql.of(all).all(session));
    return this.#lentAll(this.#sql.of(`${all} AND room_id = ? ORDER BY nth`).all(session, room));
  }

  known(room: RoomId, clientId: ClientId): Known | undefined {
    return this.#sql.of('SELECT seq, id, at FROM log WHERE room_id = ? AND client_id = ?').get(room, clientId) as
      | Known
      | undefined;
  }

  message(room: RoomId, seq: Seq): LogRow | undefined {
    return logRow(
      this.#sql.of(`SELECT ${LOG} FROM log WHERE room_id = ? AND seq = ? AND kind = 'message'`).get(room, seq),
    );
  }

  addEntry(room: RoomId, row: LogRow): void {
    const { lastInsertRowid } = this.#sql
      .of(
        `INSERT INTO log (room_id, seq, id, at, kind, sender_id, sender_name, client_id, target_seq, here, body, reply_to, mentions)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        room, row.seq, row.id, row.at, row.kind, row.sender, row.senderName, row.clientId,
        row.target, row.here, row.body, row.replyTo, row.mentions,
      ); // biome-ignore format: as the columns
    if (row.kind !== 'message') return;
    const rid = Number(lastInsertRowid);
    this.#words.put({ ...row, rid, room, isPinned: 0, isReactedTo: 0 });
    this.#stretches.add(rid, row.at);
  }

  edited(room: RoomId, target: LogRow, by: Seq, before: LogRow): void {
    this.#words.remove(room, target.seq);
    this.#sql
      .of('INSERT INTO replaced (room_id, target_seq, edit_seq, text) VALUES (?, ?, ?, ?)')
      .run(room, target.seq, by, before.body);
    this.#sql
      .of('UPDATE log SET body = ?, mentions = ?, rev = ?, edit_seq = ?, edited_at = ? WHERE room_id = ? AND seq = ?')
      .run(target.body, target.mentions, target.rev, target.editSeq, target.editedAt, room, target.seq);
    this.#words.add(room, target.seq);
  }

  deleted(room: RoomId, target: LogRow): void {
    this.#words.remove(room, target.seq);
    this.#sql.of('DELETE FROM replaced WHERE room_id = ? AND target_seq = ?').run(room, target.seq);
    this.#sql.of('DELETE FROM reaction WHERE room_id = ? AND target_seq = ?').run(room, target.seq);
    this.#sql
      .of(
        "UPDATE log SET kind = 'void', body = '', mentions = '' WHERE room_id = ? AND target_seq = ? AND target_seq > 0 AND kind <> 'delete'",
      )
      .run(room, target.seq);
    this.#sql
      .of(
        "UPDATE log SET body = '', reply_to = 0, mentions = '', pinned_seq = 0, rev = ?, deleted_seq = ? WHERE room_id = ? AND seq = ?",
      )
      .run(target.rev, target.deletedSeq, room, target.seq);
    this.blanked = true;
  }

  pins(room: RoomId): number {
    const sql = 'SELECT count(*) AS pins FROM log INDEXED BY log_pinned WHERE room_id = ? AND pinned_seq > 0';
    return (this.#sql.of(sql).get(room) as { pins: number }).pins;
  }

  pinned(room: RoomId, target: LogRow): void {
    this.#words.remove(room, target.seq);
    this.#sql
      .of('UPDATE log SET pinned_seq = ?, rev = ? WHERE room_id = ? AND seq = ?')
      .run(target.pinnedSeq, target.rev, room, target.seq);
    this.#words.add(room, target.seq);
  }

  reactions(room: RoomId, target: Seq): readonly ReactionRow[] {
    return reactionRows(
      this.#sql
        .of(`SELECT ${REACTION} FROM reaction WHERE room_id = ? AND target_seq = ? ORDER BY seq`)
        .all(room, target),
    );
  }

  reacted(room: RoomId, target: LogRow, reaction: ReactionRow): void {
    const isFirst = this.#countReactions(room, target.seq, 1) === 0;
    if (isFirst) this.#words.remove(room, target.seq);
    this.#sql
      .of(
        'INSERT INTO reaction (room_id, target_seq, seq, emoji, member_id, name, kind_since) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(room, target.seq, reaction.seq, reaction.emoji, reaction.member, reaction.name, reaction.kindSince);
    this.#writeRev(room, target);
    if (isFirst) this.#words.add(room, target.seq);
  }

  unreacted(room: RoomId, target: LogRow, reaction: ReactionRow): void {
    const isLast = this.#countReactions(room, target.seq, 2) === 1;
    if (isLast) this.#words.remove(room, target.seq);
    this.#sql
      .of('DELETE FROM reaction WHERE room_id = ? AND target_seq = ? AND seq = ?')
      .run(room, target.seq, reaction.seq);
    this.#writeRev(room, target);
    if (isLast) this.#words.add(room, target.seq);
  }

  /** No further than `most`. */
  #countReactions(room: RoomId, target: Seq, most: number): number {
    const sql = 'SELECT 1 FROM reaction WHERE room_id = ? AND target_seq = ? LIMIT ?';
    return this.#sql.of(sql).all(room, target, most).length;
  }

  presence(room: RoomId, member: MemberId): readonly PresenceRow[] {
    const sql = 'SELECT node_id AS node, since_seq AS since FROM presence WHERE room_id = ? AND member_id = ?';
    return this.#sql.of(sql).all(room, member) as PresenceRow[];
  }

  addPresence(room: RoomId, member: MemberId, row: PresenceRow): void {
    this.#sql
      .of('INSERT INTO presence (room_id, member_id, node_id, since_seq) VALUES (?, ?, ?, ?)')
      .run(room, member, row.node, row.since);
  }

  removePresence(room: RoomId, member: MemberId, node: NodeId): void {
    this.#sql.of('DELETE FROM presence WHERE room_id = ? AND member_id = ? AND node_id = ?').run(room, member, node);
  }

  lease(node: NodeId): Time | undefined {
    const row = this.#sql.of('SELECT until FROM node WHERE id = ?').get(node) as { until: Time } | undefined;
    return row?.until;
  }

  saveLease(node: NodeId, until: Time): void {
    this.#sql
      .of('INSERT INTO node (id, until) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until')
      .run(node, until);
  }

  forgetLeases(before: Time): void {
    this.#sql
      .of('DELETE FROM node WHERE until < ? AND NOT EXISTS (SELECT 1 FROM presence WHERE node_id = node.id)')
      .run(before);
  }

  #lent(row: MemberRow): MemberRow {
    const there = this.#members.get(row.id);
    if (there) return there;
    this.#members.set(row.id, row);
    return row;
  }

  #lentAll(rows: unknown[]): MemberRow[] {
    return memberRows(rows).map((row) => this.#lent(row));
  }

  #writeRev(room: RoomId, target: LogRow): void {
    this.#sql.of('UPDATE log SET rev = ? WHERE room_id = ? AND seq = ?').run(target.rev, room, target.seq);
  }

  #writeRoom(row: RoomRow): void {
    this.#sql
      .of(
        `UPDATE room SET title = ?, topic = ?, title_seq = ?, topic_seq = ?, last_seq = ?, last_id = ?, last_at = ?, here = ?,
          members = ?, visited_at = ?, spoken = ?, quiet = ? WHERE id = ?`,
      )
      .run(
        row.title, row.topic, row.titleSeq, row.topicSeq, row.seq, row.lastId, row.at, row.here,
        row.members, row.visitedAt, Number(row.spoken), Number(row.quiet), row.id,
      ); // biome-ignore format: as the columns
  }

  #writeReading(row: MemberRow): void {
    this.#sql
      .of('UPDATE member SET read_seq = ?, wrote = ? WHERE room_id = ? AND id = ?')
      .run(row.readSeq, Number(row.wrote), row.room, row.id);
  }
}
