import type { MemberId } from '../../protocol/ids.ts';
import type { Line } from './room-state.ts';

/** L14: whether it means one of these. */
export function mentionsAny(line: Line, ids: ReadonlySet<MemberId>): boolean {
  return line.kind === 'message' && (line.mentions ?? []).some(({ id }) => ids.has(id));
}
