// What engines keep, and how it becomes what the interface gives. Rows never leave server/store.
import type { Author, EditEntry, Entry, MessageEntry, Reaction } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId, RoomId, Seq, SessionId, Time } from '../../protocol/ids.ts';
import { mentionedIn } from './mentions.ts';
import type { Member, RoomNow } from './store.ts';

export interface RoomRow {
  readonly id: RoomId;
  readonly address: Address;
  /** D1: the two for whom it was opened, as direct.ts writes it; '' of every other room. */
  readonly pair: string;
  title: string;
  topic: string;
  /** Of the entries that made them so; 0: as when the room was made. */
  titleSeq: Seq;
  topicSeq: Seq;
  /** Of the last entry; 0 and '' while there is none. */
  seq: Seq;
  lastId: EntryId | '';
  at: Time;
  readonly first: Seq;
  /** Members with a presence row, counted once each. */
  here: number;
  /** How many members the room ever had: the next one's `nth`. */
  members: number;
  /** When somebody last came, went, or took a name. Not kept up once it is spoken in. */
  visitedAt: Time;
  /** Somebody wrote a message. */
  spoken: boolean;
  /** P7: so many are here that nobody is told who comes and goes. */
  quiet: boolean;
}

export interface MemberRow {
  readonly id: MemberId;
  readonly room: RoomId;
  readonly session: SessionId;
  readonly nth: number;
  readonly role: 'member' | 'owner';
  name: string;
  key: string;
  skeleton: string;
  /** False once the name was given up or taken: the row stays as the author of what it wrote. */
  held: boolean;
  readSeq: Seq;
  visitedAt: Time;
  /** It has written a message. */
  wrote: boolean;
  /** Of its last rename; 0 when there was none. */
  renameSeq: Seq;
}

export type LogKind =
  | Exclude<Entry['kind'], 'notice' | 'settings'>
  | 'connect'
  | 'disconnect'
  | 'noticesOff'
  | 'noticesOn';

/** One entry. Numbers that are not there are 0. The last nine fields change; `kind` only to `void`. */
export interface LogRow {
  readonly seq: Seq;
  readonly id: EntryId;
  readonly at: Time;
  readonly sender: MemberId;
  readonly senderName: string;
  readonly clientId: ClientId | null;
  readonly target: Seq;
  readonly here: number;
  kind: LogKind;
  /** message, edit: the text; react, unreact: the emoji; rename, title: the new name; topic: the new one. */
  body: string;
  /** message: the one it answers. */
  replyTo: Seq;
  /** message, edit: as mentions.ts writes it; '' where nobody is mentioned. */
  mentions: string;
  rev: Seq;
  editSeq: Seq;
  editedAt: Time;
  deletedSeq: Seq;
  /** Of the `pin` entry, while it is pinned. */
  pinnedSeq: Seq;
}

export interface ReactionRow {
  readonly target: Seq;
  readonly emoji: string;
  readonly member: MemberId;
  readonly name: string;
  /** Of the `react` entry. */
  readonly seq: Seq;
  /** Of the `react` entry since which the message has had this emoji: kinds stand in this order. */
  readonly kindSince: Seq;
}

export function nowOf(row: RoomRow): RoomNow {
  return { seq: row.seq, id: row.lastId, address: row.address, here: row.here, notices: !row.quiet };
}

export function authorOf({ id, name }: MemberRow): Author {
  return { id, name };
}

export function memberOf(row: MemberRow): Member {
  return { id: row.id, room: row.room, session: row.session, name: row.name, role: row.role, readSeq: row.readSeq };
}

/** `reactions` in the order of their seq; only those of this entry are used. */
export function entryOf(row: LogRow, room: Address, reactions: readonly ReactionRow[] = []): Entry {
  const { seq, id, at } = row;
  // Written out, without spreads: for pages of entries those took longer than all the rest of reading them.
  if (row.kind === 'void') return { room, seq, id, kind: 'void' };
  const by = { id: row.sender, name: row.senderName };
  if (row.kind === 'connect' || row.kind === 'disconnect')
    return { room, seq, id, at, by, kind: 'notice', type: row.kind, here: row.here };
  if (row.kind === 'noticesOff' || row.kind === 'noticesOn')
    return { room, seq, id, at, by, kind: 'settings', notices: row.kind === 'noticesOn', here: row.here };
  if (row.kind === 'rename') return { room, seq, id, at, by, kind: 'rename', name: row.body };
  const clientId = requireClientId(row);
  if (row.kind === 'title') return { room, seq, id, at, by, clientId, kind: 'title', title: row.body };
  if (row.kind === 'topic') return { room, seq, id, at, by, clientId, kind: 'topic', topic: row.body };
  switch (row.kind) {
    case 'message':
      return withState({ room, seq, id, at, by, clientId, kind: 'message', text: row.body }, row, reactions);
    case 'edit':
      return withMentions<EditEntry>(
        { room, seq, id, at, by, clientId, kind: 'edit', target: row.target, text: row.body },
        row,
      );
    case 'delete':
    case 'pin':
    case 'unpin':
      return { room, seq, id, at, by, clientId, kind: row.kind, target: row.target };
    case 'react':
    case 'unreact':
      return { room, seq, id, at, by, clientId, kind: row.kind, target: row.target, emoji: row.body };
  }
}

function requireClientId(row: LogRow): ClientId {
  if (row.clientId === null) throw new Error(`Entry ${row.seq} (${row.kind}) has no client id.`);
  return row.clientId;
}

function withMentions<Worded extends MessageEntry | EditEntry>(entry: Worded, { mentions }: LogRow): Worded {
  if (mentions !== '') entry.mentions = mentionedIn(mentions);
  return entry;
}

function withState(message: MessageEntry, row: LogRow, reactions: readonly ReactionRow[]): MessageEntry {
  if (row.replyTo > 0) message.replyTo = row.replyTo;
  withMentions(message, row);
  if (row.rev > 0) message.rev = row.rev;
  if (row.deletedSeq > 0) message.deleted = true;
  else if (row.editSeq > 0) message.editedAt = row.editedAt;
  if (row.pinnedSeq > 0) message.pinned = true;
  if (reactions.length === 0) return message;
  const grouped = groupReactions(reactions, row.seq);
  if (grouped.length > 0) message.reactions = grouped;
  return message;
}

function groupReactions(rows: readonly ReactionRow[], target: Seq): Reaction[] {
  const kinds = new Map<string, { since: Seq; by: Author[] }>();
  for (const row of rows) {
    if (row.target !== target) continue;
    const author = { id: row.member, name: row.name };
    const kind = kinds.get(row.emoji);
    if (kind) kind.by.push(author);
    else kinds.set(row.emoji, { since: row.kindSince, by: [author] });
  }
  const inOrder = [...kinds].sort(([, a], [, b]) => a.since - b.since);
  return inOrder.map(([emoji, { by }]) => ({ emoji, by }));
}
