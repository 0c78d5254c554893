// What can be done with a message, and with which.
import type { Author, MessageEntry, Reaction } from '../../protocol/entries.ts';
import type { Target } from '../../protocol/fields.ts';
import type { MemberId, Seq } from '../../protocol/ids.ts';
import type { ReplyTo } from '../../protocol/requests.ts';
import { codeIn } from '../markup/code-in.ts';
import type { OwnMessage } from '../state/edits.ts';
import type { PendingMessage } from '../state/room-state.ts';

export type MessageAct =
  | 'react'
  | 'reply'
  | 'edit'
  | 'more'
  | 'copy'
  | 'code'
  | 'link'
  | 'pin'
  | 'unread'
  | 'earlier'
  | 'delete';

/** The message that something is done with, as it is shown. */
export interface Subject {
  readonly target: Target;
  /** Undefined while the log does not have it. */
  readonly seq: Seq | undefined;
  readonly by: Author;
  readonly text: string;
  readonly own: boolean;
  readonly isPinned: boolean;
  readonly isEdited: boolean;
  readonly reactions: readonly Reaction[];
}

/** `row` gets the focus back; `at` is where what opens is to stand. */
export type Perform = (act: MessageAct, subject: Subject, row: HTMLElement, at?: Element) => void;

/** What the views want to have done. All of it shows at once, and goes when it can. */
export interface MessageActions {
  readonly react: (target: Target, emoji: string, isWanted: boolean) => void;
  readonly pin: (target: Target, isWanted: boolean) => void;
  readonly deleteMessage: (target: Target) => void;
  readonly editMessage: (own: OwnMessage) => void;
  /** The next message is to answer it. */
  readonly reply: (target: Target) => void;
  readonly cancelReply: () => void;
  /** Asks for messages that are shown and are not in memory. */
  readonly lookUp: (seqs: readonly Seq[]) => void;
  /** From now on it is known what is pinned. */
  readonly listPins: () => void;
  /** False: the server could not be told. */
  readonly markUnread: (seq: Seq) => Promise<boolean>;
  readonly earlier: (seq: Seq) => Promise<ReplyTo<'earlier'> | undefined>;
}

/** For rows: the same functions at every drawing. */
export interface RowActs {
  readonly perform: Perform;
  readonly react: MessageActions['react'];
  /** Leads to a message, wherever it is. */
  readonly showAround: (seq: Seq) => void;
}

interface Shape {
  readonly by: Author;
  readonly own: boolean;
  readonly line: MessageEntry | undefined;
  readonly pending: PendingMessage | undefined;
}

/** Undefined for what nothing can be done with: what is deleted, and what was not taken, which has buttons of its own. */
export function subjectOf({ line, pending, own, by }: Shape): Subject | undefined {
  if (line !== undefined && line.deleted !== true) {
    const { seq, text, pinned, editedAt, reactions = [] } = line;
    const is = { isPinned: pinned === true, isEdited: editedAt !== undefined };
    return { target: seq, seq, by, text, own, ...is, reactions };
  }
  if (pending === undefined || pending.state.kind === 'failed') return undefined;
  const { clientId, text } = pending;
  return { target: clientId, seq: undefined, by, text, own, isPinned: false, isEdited: false, reactions: [] };
}

const OWN: ReadonlySet<MessageAct> = new Set(['edit', 'delete']);
/** Others can do these with what they can see, and so can one oneself. */
const STORED: ReadonlySet<MessageAct> = new Set(['react', 'pin', 'link', 'unread', 'earlier']);

export function isPossible(act: MessageAct, { own, seq, text, isEdited }: Subject): boolean {
  if (act === 'earlier' && !isEdited) return false;
  if (act === 'code' && codeIn(text) === '') return false;
  return (own || !OWN.has(act)) && (seq !== undefined || !STORED.has(act));
}

/** Pressed on a row that has the focus, without any other key. */
export const ROW_KEYS: ReadonlyMap<string, MessageAct> = new Map([
  ['r', 'reply'],
  ['e', 'edit'],
  ['+', 'react'],
  [':', 'react'],
  ['c', 'copy'],
  ['p', 'pin'],
  ['u', 'unread'],
  ['Delete', 'delete'],
  ['Enter', 'more'],
  ['ContextMenu', 'more'],
]);

export function actOfKey(key: string): MessageAct | undefined {
  return ROW_KEYS.get(key);
}

export function hasReacted(reaction: Reaction | undefined, me: MemberId): boolean {
  return reaction?.by.some(({ id }) => id === me) === true;
}
