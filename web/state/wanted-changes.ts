// What is to be done to messages and is not in the log yet: shown at once (experience 18), as if it were.
import type { Author } from '../../protocol/entries.ts';
import type { Target } from '../../protocol/fields.ts';
import { altered } from './message-change.ts';
import type { Line, PendingMessage, RoomState } from './room-state.ts';

export type WantedChange = { readonly target: Target } & (
  | { readonly kind: 'delete' | 'pin' | 'unpin' }
  | { readonly kind: 'react' | 'unreact'; readonly emoji: string }
);

/** The room as it will be when these are in its log. What they do not touch keeps its identity. */
export function withWanted(state: RoomState, wanted: readonly WantedChange[], by: Author): RoomState {
  const lines = wanted.reduce((before, change) => changedLines(before, change, by), state.lines);
  return lines === state.lines ? state : { ...state, lines };
}

/** Without those of one's own that are to be deleted: these may have reached the server, and so wait for it. */
export function withoutUnwanted(
  pending: readonly PendingMessage[],
  wanted: readonly WantedChange[],
): readonly PendingMessage[] {
  const unwanted = new Set(wanted.flatMap(({ kind, target }) => (kind === 'delete' ? [target] : [])));
  const isUnwanted = ({ clientId, state }: PendingMessage): boolean =>
    unwanted.has(clientId) || (state.kind === 'stored' && unwanted.has(state.seq));
  return pending.some(isUnwanted) ? pending.filter((row) => !isUnwanted(row)) : pending;
}

function changedLines(lines: readonly Line[], wanted: WantedChange, by: Author): readonly Line[] {
  const { target } = wanted;
  const at = lines.findLastIndex((one) => one.kind === 'message' && (one.seq === target || one.clientId === target));
  const line = lines[at];
  if (line?.kind !== 'message' || line.deleted === true) return lines;
  return lines.with(at, altered(line, 'emoji' in wanted ? { ...wanted, by } : wanted));
}
