// What a room's page shows. Entries in, state out: timeline.ts makes the next state, views draw it, nobody else has one.
import type { Author, Entry, MessageChange, MessageEntry, NoticeEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, Seq } from '../../protocol/ids.ts';
import type { Code } from '../../protocol/refusals.ts';
import type { Target } from '../../protocol/fields.ts';
import type { Person } from '../../protocol/room.ts';
import type { LookedUp } from './looked-up.ts';

export type RenameEntry = Extract<Entry, { kind: 'rename' }>;
/** The room has another title, or is about something else (L17). */
export type RoomChangeEntry = Extract<Entry, { kind: 'title' | 'topic' }>;

/** What is drawn in the transcript, oldest first. A message is in its present state. */
export type Line = MessageEntry | NoticeEntry | RenameEntry | RoomChangeEntry;

/** The lines from one seq to another, both included. */
export interface Span {
  readonly from: Seq;
  readonly to: Seq;
}

export interface Goal {
  readonly seq: Seq;
}

export interface RoomState {
  readonly room: Address;
  readonly title: string;
  /** What the room is about; empty where nobody has said. */
  readonly topic: string;
  /** Of a conversation of two (D1): the other one. */
  readonly direct: Author | undefined;
  /** Undefined until the first `join` was answered. */
  readonly me: Person | undefined;
  readonly here: readonly Person[];
  /** How many are here where nobody is told who comes and goes (P7): `here` is empty then. */
  readonly crowd: number | undefined;
  /** Notices have started again, and who is here has to be asked for. */
  readonly isHereOld: boolean;
  readonly lines: readonly Line[];
  /** Nothing is older than the first line. */
  readonly atStart: boolean;
  /** Nothing is newer than the last line. Where one reads far up there is: trimmed() has dropped it, or it was never added. */
  readonly atEnd: boolean;
  /** Where the lines do not go to the end: the last entry that was read after them, if any was. None of these is a line. */
  readonly readTo: { readonly seq: Seq; readonly id: EntryId } | undefined;
  /** How many messages of others have come since the page was opened, also those that are not among the lines. */
  readonly heard: number;
  /** Why the last question for earlier or newer lines brought none. */
  readonly trouble: string | undefined;
  /** Where the divider of the unread stands: before the first message of others from there on, loaded or not. */
  readonly firstUnread: Seq | undefined;
  /** The message that somebody has asked to be led to, among the lines, until they are: another object each time. */
  readonly goal: Goal | undefined;
  /** The last entry applied. Only `seq + 1` is applied next. */
  readonly last: { readonly seq: Seq; readonly id: EntryId | '' };
  /**
   * Heads beyond `last` at which rows were read: such a row may hold what the log here has not come to. An entry of that
   * seq with another id says that the store went back meanwhile.
   */
  readonly ahead: ReadonlyMap<Seq, EntryId>;
  /** What is shown belongs to a history that the store no longer has: a join without `after` is due. */
  readonly isStale: boolean;
  /** Entries that came too early, by seq: at most MAX_HELD_ENTRIES. */
  readonly held: ReadonlyMap<Seq, Entry>;
  /** How many requests for more lines are on their way; while there is one, what its answer may lack is kept for it. */
  readonly asking: number;
  readonly kept: readonly (MessageChange | Line)[];
  readonly lookedUp: LookedUp;
}

/** A message of one's own that the server has not yet told the seq of. */
export interface PendingMessage {
  readonly clientId: ClientId;
  readonly room: Address;
  readonly text: string;
  /** The message that it answers. */
  readonly replyTo?: Target;
  /** When it was written: from then on it is first undecorated, then "sending". */
  readonly since: number;
  readonly state: PendingState;
}

/** stored: the server has acknowledged it, and its entry is on the way; the row stays until the entry takes its place. */
export type PendingState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'stored'; readonly seq: Seq }
  | { readonly kind: 'failed'; readonly code: Code; readonly message: string };

/** offline: the browser says so. waiting: a connection was lost; the next try is at `until`. ended: the session has to be renewed. */
export type LinkState =
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'online' }
  | { readonly kind: 'waiting'; readonly since: number; readonly until: number }
  | { readonly kind: 'offline'; readonly since: number }
  | { readonly kind: 'ended'; readonly code: Code; readonly message: string };
