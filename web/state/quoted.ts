// What an answer shows of what it answers.
import type { MessageEntry } from '../../protocol/entries.ts';
import type { Target } from '../../protocol/fields.ts';
import type { Seq } from '../../protocol/ids.ts';
import { indexOfSeq } from './apply.ts';
import type { Found } from './looked-up.ts';
import type { PendingMessage, RoomState } from './room-state.ts';

/** Undefined: it is not in memory and has to be asked for. */
export type Quoted = Found | PendingMessage | undefined;

/** The same object for as long as it says the same: rows are drawn anew when it is another. */
export function quotedBy(state: RoomState, pending: readonly PendingMessage[], target: Target | undefined): Quoted {
  if (target === undefined) return undefined;
  if (typeof target === 'number') return quotedLine(state, target) ?? state.lookedUp.messages.get(target);
  const waiting = pending.find(({ clientId }) => clientId === target);
  if (waiting !== undefined) return waiting;
  const line = state.lines.findLast((one) => one.kind === 'message' && one.clientId === target);
  return line?.kind === 'message' ? line : undefined;
}

function quotedLine({ lines }: RoomState, seq: Seq): MessageEntry | undefined {
  const line = lines[indexOfSeq(lines, seq)];
  return line?.kind === 'message' ? line : undefined;
}
