// Rows as SQLite gives them. Each list of columns stands beside the type it fills.
import type { LogRow, MemberRow, ReactionRow, RoomRow } from '../rows.ts';
import type { CodeRow, DeviceRow } from '../session-rows.ts';

export const ROOM = `id, address, pair, title, topic, title_seq AS titleSeq, topic_seq AS topicSeq, last_seq AS seq, last_id AS lastId, last_at AS at, first_seq AS first, here, members,
  visited_at AS visitedAt, spoken, quiet`;
export const MEMBER = `id, room_id AS room, session_id AS session, nth, role, name, name_key AS key, skeleton, held,
  read_seq AS readSeq, visited_at AS visitedAt, wrote, rename_seq AS renameSeq`;
export const LOG = `seq, id, at, sender_id AS sender, sender_name AS senderName, client_id AS clientId, target_seq AS target,
  here, kind, log.body AS body, reply_to AS replyTo, mentions, rev, edit_seq AS editSeq, edited_at AS editedAt, deleted_seq AS deletedSeq,
  pinned_seq AS pinnedSeq`;
export const REACTION = 'target_seq AS target, emoji, member_id AS member, name, seq, kind_since AS kindSince';
export const DEVICE = `id, session_id AS session, name, token_hash AS tokenHash, former_hash AS formerHash, replaced_at AS replacedAt,
  made_at AS madeAt, used_at AS usedAt`;
/** By either of its tokens; without the comparison with '' SQLite could not use the index. */
export const DEVICE_OF = `SELECT ${DEVICE} FROM device WHERE token_hash = ?1
  UNION ALL SELECT ${DEVICE} FROM device WHERE former_hash = ?1 AND former_hash <> '' LIMIT 1`;
export const DEVICES = `SELECT ${DEVICE} FROM device WHERE session_id = ? ORDER BY made_at, id`;
export const CODE = `link_hash AS linkHash, typed_hash AS typedHash, session_id AS session, device_id AS device, until, used_by AS usedBy,
  used_from AS usedFrom`;
export const CODE_OF = `SELECT ${CODE} FROM code WHERE link_hash = ?1 UNION ALL SELECT ${CODE} FROM code WHERE typed_hash = ?1`;

/** Without the comparison with '' SQLite could not use the index. */
export const ROOM_OF_PAIR = `SELECT ${ROOM} FROM room WHERE pair = ? AND pair <> ''`;

export function deviceRow(row: unknown): DeviceRow | undefined {
  return row as DeviceRow | undefined;
}

export function deviceRows(rows: unknown[]): DeviceRow[] {
  return rows as DeviceRow[];
}

export function codeRow(row: unknown): CodeRow | undefined {
  return row as CodeRow | undefined;
}

export function codeRows(rows: unknown[]): CodeRow[] {
  return rows as CodeRow[];
}

type StoredRoom = Omit<RoomRow, 'spoken' | 'quiet'> & { spoken: number; quiet: number };
type StoredMember = Omit<MemberRow, 'held' | 'wrote'> & { held: number; wrote: number };

/** What the driver gives is unknown to the compiler; the lists above are what make these true. */
export function roomRow(row: unknown): RoomRow | undefined {
  const stored = row as StoredRoom | undefined;
  return stored && { ...stored, spoken: stored.spoken === 1, quiet: stored.quiet === 1 };
}

export function logRow(row: unknown): LogRow | undefined {
  return row as LogRow | undefined;
}

export function reactionRows(rows: unknown[]): ReactionRow[] {
  return rows as ReactionRow[];
}

export function memberRow(row: unknown): MemberRow | undefined {
  const stored = row as StoredMember | undefined;
  return stored && { ...stored, held: stored.held === 1, wrote: stored.wrote === 1 };
}

export function memberRows(rows: unknown[]): MemberRow[] {
  return rows.map(memberRow).filter((row) => row !== undefined);
}
