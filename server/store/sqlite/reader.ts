import type {
  Address,
  ClientId,
  EntryId,
  MemberId,
  NodeId,
  RoomId,
  Seq,
  SessionId,
  Time,
} from '../../../protocol/ids.ts';
import type { Author, Entry } from '../../../protocol/entries.ts';
import { UNREAD_MAX } from '../../../protocol/limits.ts';
import { otherIn, pairOf } from '../direct.ts';
import { centred } from '../centred.ts';
import { earlierTexts, type Replaced } from '../earlier.ts';
import { fittingEntries, ReplyRoom } from '../fit-reply.ts';
import { roomOf } from '../rooms.ts';
import { authorOf, type LogRow, type MemberRow, memberOf, nowOf, type RoomRow } from '../rows.ts';
import type {
  Head,
  Around,
  AroundPage,
  Earlier,
  Found,
  Hits,
  Member,
  Membership,
  Page,
  People,
  Picked,
  Pins,
  Room,
  RoomNow,
  RoomSummary,
  Since,
} from '../store.ts';
import type { DeviceRow } from '../session-rows.ts';
import type { Known } from '../transaction.ts';
import {
  DEVICE_OF,
  deviceRow,
  deviceRows,
  DEVICES,
  LOG,
  logRow,
  MEMBER,
  memberRow,
  memberRows,
  ROOM,
  ROOM_OF_PAIR,
  roomRow,
} from './columns.ts';
import type { Database } from './driver.ts';
import { HitReader } from './hit-reader.ts';
import type { Reading } from './requests.ts';
import { RowReader } from './row-reader.ts';
import { Statements } from './statements.ts';

const NOTHING: Head = { seq: 0, id: '' };
const NO_PAGE: Page = { entries: [], head: NOTHING, first: 1, atStart: true, atEnd: true };
/** Rows of a long log are fetched in pieces: most replies are full long before 500 entries of 16 kB are. */
const PIECE = 250;

export class Reader implements Reading {
  readonly #sql: Statements;
  readonly #rows: RowReader;
  readonly #hits: HitReader;

  constructor(db: Database) {
    this.#sql = new Statements(db);
    this.#rows = new RowReader(this.#sql);
    this.#hits = new HitReader(this.#sql, this.#rows);
  }

  /** Whatever `run` reads is of one snapshot. */
  inOneMoment<Result>(run: () => Result): Result {
    this.#sql.db.exec('BEGIN');
    try {
      return run();
    } finally {
      this.#sql.db.exec('ROLLBACK');
    }
  }

  read(room: RoomId, after: Seq, limit: number, id: EntryId | ''): Since {
    const row = this.#rows.room(room);
    if (!row) return { entries: [], head: NOTHING, first: 1, reset: after > 0 };
    const head = headOf(row);
    const isOther = id !== '' && after >= row.first && this.#idAt(room, after) !== id;
    if (isOther || after > row.seq || after + 1 < row.first)
      return { entries: [], head, first: row.first, reset: true };
    return { entries: this.#entriesAfter(row, after, limit), head, first: row.first, reset: false };
  }

  page(room: RoomId, before: Seq | undefined, limit: number): Page {
    const row = this.#rows.room(room);
    if (!row) return NO_PAGE;
    const newest = this.#sql
      .of(
        `SELECT ${LOG} FROM log INDEXED BY log_message WHERE room_id = ? AND kind = 'message' AND seq < ? ORDER BY seq DESC LIMIT ?`,
      )
      .all(room, before ?? Number.MAX_SAFE_INTEGER, limit + 1) as LogRow[];
    const entries = this.#rows.entriesOf(row, newest.slice(0, limit));
    const fitting = fittingEntries(entries);
    return {
      entries: entries.slice(0, fitting).reverse(),
      head: headOf(row),
      first: row.first,
      atStart: fitting === newest.length,
      atEnd: before === undefined || this.#messageFrom(room, before) === undefined,
    };
  }

  around(room: RoomId, at: Around, limit: number): AroundPage {
    const row = this.#rows.room(room);
    if (!row) return { ...NO_PAGE, anchor: undefined };
    const anchor = 'seq' in at ? this.#messageFrom(room, at.seq) : this.#messageSince(room, at.time);
    const from = anchor ?? Number.MAX_SAFE_INTEGER;
    const messages = `SELECT ${LOG} FROM log INDEXED BY log_message WHERE room_id = ? AND kind = 'message'`;
    const older = this.#sql.of(`${messages} AND seq < ? ORDER BY seq DESC LIMIT ?`).all(room, from, limit + 1);
    const newer = this.#sql.of(`${messages} AND seq >= ? ORDER BY seq LIMIT ?`).all(room, from, limit + 1);
    const entriesOf = (rows: unknown[]): Entry[] => this.#rows.entriesOf(row, rows as LogRow[]);
    return { ...centred(entriesOf(older), entriesOf(newer), limit), head: headOf(row), first: row.first, anchor };
  }

  messages(room: RoomId, seqs: readonly Seq[]): Picked {
    const row = this.#rows.room(room);
    if (!row) return { entries: [], head: NOTHING };
    const found = this.#sql
      .of(
        `SELECT ${LOG} FROM log WHERE room_id = ? AND kind = 'message' AND seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
      )
      .all(room, JSON.stringify(seqs)) as LogRow[];
    const entries = this.#rows.entriesOf(row, found);
    return { entries: entries.slice(0, fittingEntries(entries)), head: headOf(row) };
  }

  pins(room: RoomId): Pins {
    const row = this.#rows.room(room);
    if (!row) return { seqs: [], entries: [], head: NOTHING };
    const pinned = this.#sql
      .of(`SELECT ${LOG} FROM log INDEXED BY log_pinned WHERE room_id = ? AND pinned_seq > 0 ORDER BY pinned_seq DESC`)
      .all(room) as LogRow[];
    const entries = this.#rows.entriesOf(row, pinned);
    const fitting = entries.slice(0, fittingEntries(entries));
    return { seqs: pinned.map(({ seq }) => seq), entries: fitting, head: headOf(row) };
  }

  earlier(room: RoomId, target: Seq): Earlier | 'notFound' | 'gone' {
    const message = logRow(
      this.#sql.of(`SELECT ${LOG} FROM log WHERE room_id = ? AND seq = ? AND kind = 'message'`).get(room, target),
    );
    if (!message) return 'notFound';
    if (message.deletedSeq > 0) return 'gone';
    const sql = `SELECT text, at FROM replaced CROSS JOIN log ON log.room_id = replaced.room_id AND seq = replaced.edit_seq
      WHERE replaced.room_id = ? AND replaced.target_seq = ? ORDER BY replaced.edit_seq DESC`;
    return earlierTexts(message.at, this.#sql.of(sql).iterate(room, target) as Iterable<Replaced>);
  }

  heads(rooms: readonly RoomId[]): ReadonlyMap<RoomId, RoomNow> {
    const heads = new Map<RoomId, RoomNow>();
    for (const id of rooms) {
      const row = this.#rows.room(id);
      if (row) heads.set(id, nowOf(row));
    }
    return heads;
  }

  known(room: RoomId, clientIds: readonly ClientId[]): ReadonlyMap<ClientId, Known> {
    const known = new Map<ClientId, Known>();
    const select = this.#sql.of('SELECT seq, id, at FROM log WHERE room_id = ? AND client_id = ?');
    for (const clientId of clientIds) {
      const row = select.get(room, clientId) as Known | undefined;
      if (row) known.set(clientId, row);
    }
    return known;
  }

  search(rooms: readonly RoomId[], text: string, limit: number, before: Found | undefined): Hits {
    return this.#hits.search(rooms, text, limit, before);
  }

  mentions(members: readonly Pick<Member, 'id' | 'room'>[], limit: number, before: Found | undefined): Hits {
    return this.#hits.mentions(members, limit, before);
  }

  room(address: Address): Room | undefined {
    const row = roomRow(this.#sql.of(`SELECT ${ROOM} FROM room WHERE address = ?`).get(address));
    return row && roomOf(row);
  }

  spokenRoom(address: Address): Room | undefined {
    const row = roomRow(this.#sql.of(`SELECT ${ROOM} FROM room WHERE address = ?`).get(address));
    return row?.spoken ? roomOf(row) : undefined;
  }

  direct(one: MemberId, other: MemberId): Room | undefined {
    const member = this.#member(one);
    const here = member && this.#rows.room(member.room);
    const talk = here && here.pair !== '' ? here : roomRow(this.#sql.of(ROOM_OF_PAIR).get(pairOf(one, other)));
    return talk && roomOf(talk);
  }

  otherOf(member: MemberId): Author | undefined {
    const me = this.#member(member);
    const room = me && this.#rows.room(me.room);
    return room && this.#otherIn(room, me);
  }

  member(id: MemberId): Member | undefined {
    const row = this.#member(id);
    return row?.held ? memberOf(row) : undefined;
  }

  membersOf(session: SessionId, room: RoomId): readonly Member[] {
    const sql = `SELECT ${MEMBER} FROM member WHERE session_id = ? AND room_id = ? AND held = 1 ORDER BY nth`;
    return memberRows(this.#sql.of(sql).all(session, room)).map(memberOf);
  }

  memberships(session: SessionId): readonly Membership[] {
    const sql = `SELECT ${MEMBER} FROM member WHERE session_id = ? AND held = 1 ORDER BY visited_at DESC, nth`;
    const isHere = this.#sql.of('SELECT 1 FROM presence WHERE room_id = ? AND member_id = ? LIMIT 1');
    return memberRows(this.#sql.of(sql).all(session)).flatMap((row) => {
      const room = this.#rows.room(row.room);
      if (!room) return [];
      return [{ room: roomOf(room), member: memberOf(row), isHere: isHere.get(row.room, row.id) !== undefined }];
    });
  }

  firstUnread(member: MemberId): Seq | undefined {
    const row = this.#member(member);
    return row && this.#unread(row.room, row.readSeq, [row.id], 1)[0];
  }

  rooms(session: SessionId): readonly RoomSummary[] {
    const sql = `SELECT ${MEMBER} FROM member WHERE session_id = ? AND held = 1 ORDER BY nth`;
    const own = memberRows(this.#sql.of(sql).all(session));
    const rooms = [...new Set(own.map((member) => member.room))]
      .map((id) => this.#rows.room(id))
      .filter((room) => room !== undefined);
    rooms.sort((a, b) => b.at - a.at || (a.address < b.address ? -1 : 1));
    return rooms.map((room) => {
      const members = own.filter((member) => member.room === room.id);
      const read = Math.max(...members.map((member) => member.readSeq));
      const ids = members.map((member) => member.id);
      return {
        room: roomOf(room),
        head: room.seq,
        unread: this.#unread(room.id, read, ids, UNREAD_MAX).length,
        mentioned: this.#hits.isMentioned(room.id, ids, read),
        direct: this.#otherIn(room, members[0]),
      };
    });
  }

  session(tokenHash: string): { device: DeviceRow; lastRoom: string } | undefined {
    const device = deviceRow(this.#sql.of(DEVICE_OF).get(tokenHash));
    const sql = 'SELECT last_room AS lastRoom FROM session WHERE id = ?';
    const row = device && (this.#sql.of(sql).get(device.session) as { lastRoom: string } | undefined);
    return row && { device, lastRoom: row.lastRoom };
  }

  devices(session: SessionId): readonly DeviceRow[] {
    return deviceRows(this.#sql.of(DEVICES).all(session));
  }

  here(room: RoomId, most = Number.MAX_SAFE_INTEGER): readonly Member[] {
    const sql = `SELECT ${MEMBER} FROM member JOIN
      (SELECT member_id, min(since_seq) AS since FROM presence WHERE room_id = ? GROUP BY member_id) ON member_id = id
      WHERE room_id = ? ORDER BY since, nth LIMIT ?`;
    return memberRows(this.#sql.of(sql).all(room, room, most)).map(memberOf);
  }

  people(room: RoomId, after: MemberId | undefined, limit: number): People {
    const last = after === undefined ? { key: '', nth: -1 } : this.#nameOf(room, after);
    if (!last) return { members: [], more: false };
    const sql = `SELECT ${MEMBER} FROM member WHERE room_id = ?1 AND (name_key, nth) > (?2, ?3)
      AND id IN (SELECT member_id FROM presence WHERE room_id = ?1) ORDER BY name_key, nth LIMIT ?4`;
    const rows = memberRows(this.#sql.of(sql).all(room, last.key, last.nth, limit + 1));
    return { members: rows.slice(0, limit).map(memberOf), more: rows.length > limit };
  }

  ghosts(before: Time): readonly { room: RoomId; member: MemberId; node: NodeId }[] {
    const sql = `SELECT room_id AS room, member_id AS member, node_id AS node FROM presence
      WHERE node_id NOT IN (SELECT id FROM node WHERE until >= ?)`;
    return this.#sql.of(sql).all(before) as { room: RoomId; member: MemberId; node: NodeId }[];
  }

  #member(id: MemberId): MemberRow | undefined {
    return memberRow(this.#sql.of(`SELECT ${MEMBER} FROM member WHERE id = ?`).get(id));
  }

  /** Undefined in every room but a conversation of two. */
  #otherIn(room: RoomRow, me: MemberRow | undefined): Author | undefined {
    if (room.pair === '' || !me) return undefined;
    const all = this.#sql.of(`SELECT ${MEMBER} FROM member WHERE room_id = ? ORDER BY nth`).all(room.id);
    const other = otherIn(memberRows(all), me);
    return other && authorOf(other);
  }

  #nameOf(room: RoomId, member: MemberId): { key: string; nth: number } | undefined {
    return this.#sql.of('SELECT name_key AS key, nth FROM member WHERE room_id = ? AND id = ?').get(room, member) as
      | { key: string; nth: number }
      | undefined;
  }

  #messageFrom(room: RoomId, seq: Seq): Seq | undefined {
    const sql = `SELECT seq FROM log INDEXED BY log_message WHERE room_id = ? AND kind = 'message' AND seq >= ?
      ORDER BY seq LIMIT 1`;
    return (this.#sql.of(sql).get(room, seq) as { seq: Seq } | undefined)?.seq;
  }

  /** By time, not by seq: a clock that was set back may have put later ones before earlier ones. */
  #messageSince(room: RoomId, time: Time): Seq | undefined {
    const sql = `SELECT seq FROM log INDEXED BY log_at WHERE room_id = ? AND kind = 'message' AND at >= ?
      ORDER BY at, seq LIMIT 1`;
    return (this.#sql.of(sql).get(room, time) as { seq: Seq } | undefined)?.seq;
  }

  #idAt(room: RoomId, seq: Seq): string | undefined {
    const row = this.#sql.of('SELECT id FROM log WHERE room_id = ? AND seq = ?').get(room, seq) as
      | { id: string }
      | undefined;
    return row?.id;
  }

  #entriesAfter(room: RoomRow, after: Seq, limit: number): Entry[] {
    const entries: Entry[] = [];
    const reply = new ReplyRoom();
    const select = this.#sql.of(`SELECT ${LOG} FROM log WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?`);
    while (entries.length < limit) {
      const rows = select.all(room.id, after + entries.length, Math.min(PIECE, limit - entries.length)) as LogRow[];
      for (const entry of this.#rows.entriesOf(room, rows)) {
        if (!reply.takes(entry)) return entries;
        entries.push(entry);
      }
      if (rows.length < PIECE) break;
    }
    return entries;
  }

  #unread(room: RoomId, read: Seq, own: readonly MemberId[], most: number): Seq[] {
    const sql = `SELECT seq FROM log INDEXED BY log_message WHERE room_id = ? AND kind = 'message' AND seq > ? AND deleted_seq = 0
      AND sender_id NOT IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`;
    const rows = this.#sql.of(sql).all(room, read, JSON.stringify(own), most) as { seq: Seq }[];
    return rows.map(({ seq }) => seq);
  }
}

function headOf(row: RoomRow): Head {
  return { seq: row.seq, id: row.lastId };
}
