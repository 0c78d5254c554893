// Changes of one's own messages that the log does not have yet, and what they make of what is shown.
import type { Target } from '../../protocol/fields.ts';
import type { ClientId, MemberId } from '../../protocol/ids.ts';
import type { Code } from '../../protocol/refusals.ts';
import { pendingRows } from './pending-rows.ts';
import type { Line, PendingMessage, RoomState } from './room-state.ts';

/** An edit that is on its way, or was refused for good. */
export interface PendingEdit {
  readonly clientId: ClientId;
  readonly target: Target;
  readonly text: string;
  /** When it was written. */
  readonly since: number;
  readonly refusal?: { readonly code: Code; readonly message: string };
}

/** The edit that the composer holds. */
export interface Editing {
  readonly target: Target;
  /** The message as it was when this began; empty where it is not loaded. */
  readonly before: string;
  readonly text: string;
  /** The refused edit that this goes on from. */
  readonly refused?: ClientId;
}

/** What the composer shows of edits. */
export interface Edits {
  readonly editing: Editing | undefined;
  /** When the oldest edit or deletion that is on its way was made. */
  readonly savingSince: number | undefined;
  /** Oldest first. */
  readonly refused: readonly PendingEdit[];
}

export const NO_EDITS: Edits = { editing: undefined, savingSince: undefined, refused: [] };

/** One of one's own messages, as it is now. */
export interface OwnMessage {
  readonly target: Target;
  readonly text: string;
}

/** The newest message of this member that is loaded and not deleted; `state` and `pending` as they are shown. */
export function newestOwn(state: RoomState, pending: readonly PendingMessage[], me: MemberId): OwnMessage | undefined {
  const row = pendingRows(state, pending).at(-1);
  if (row) return { target: row.clientId, text: row.text };
  const line = state.lines.findLast((one) => one.kind === 'message' && one.by.id === me && one.deleted !== true);
  return line?.kind === 'message' ? { target: line.seq, text: line.text } : undefined;
}

/** What the message says now; undefined where it is not loaded. */
export function textOf(state: RoomState, target: Target): string | undefined {
  const line = state.lines.findLast((one) => isTarget(one, target));
  return line?.kind === 'message' ? line.text : undefined;
}

/** The room as it will be when these edits are in its log. What they do not touch keeps its identity. */
export function withEdits(state: RoomState, edits: readonly PendingEdit[]): RoomState {
  const waiting = edits.filter(({ refusal }) => refusal === undefined);
  if (waiting.length === 0) return state;
  const lines = waiting.reduce(editedLines, state.lines);
  return lines === state.lines ? state : { ...state, lines };
}

export function pendingWithEdits(
  pending: readonly PendingMessage[],
  edits: readonly PendingEdit[],
): readonly PendingMessage[] {
  const waiting = edits.filter(({ refusal }) => refusal === undefined);
  const texts = new Map(waiting.map(({ target, text }) => [target, text]));
  if (!pending.some(({ clientId }) => texts.has(clientId))) return pending;
  return pending.map((row) => ({ ...row, text: texts.get(row.clientId) ?? row.text }));
}

function editedLines(lines: readonly Line[], { target, text, since }: PendingEdit): readonly Line[] {
  const at = lines.findLastIndex((one) => isTarget(one, target));
  const line = lines[at];
  if (line?.kind !== 'message' || line.deleted === true || line.text === text) return lines;
  return lines.with(at, { ...line, text, editedAt: since });
}

function isTarget(line: Line, target: Target): boolean {
  return line.kind === 'message' && (line.seq === target || line.clientId === target);
}
