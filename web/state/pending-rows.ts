import type { PendingMessage, RoomState } from './room-state.ts';

/**
 * Which of one's own messages are to be drawn below the lines: those whose entry is not among them yet. A row is neither
 * drawn twice nor missing for a moment between its acknowledgement and its entry (S5).
 */
export function pendingRows(state: RoomState, pending: readonly PendingMessage[]): readonly PendingMessage[] {
  if (pending.length === 0) return pending;
  const known = new Set(state.lines.map((line) => (line.kind === 'message' ? line.clientId : undefined)));
  return pending.filter((row) => !known.has(row.clientId) && !isReached(row, state));
}

function isReached({ state }: PendingMessage, { last }: RoomState): boolean {
  return state.kind === 'stored' && state.seq <= last.seq;
}

/** One's own message goes to the bottom, wherever one was reading. One that is settled does not. */
export function hasWritten(before: readonly PendingMessage[], now: readonly PendingMessage[]): boolean {
  const newest = now.at(-1);
  return newest !== undefined && !before.some(({ clientId }) => clientId === newest.clientId);
}

/** Nobody has said anything, as far as it is in memory. */
export function isEmpty({ lines }: RoomState): boolean {
  return !lines.some((line) => line.kind === 'message');
}
