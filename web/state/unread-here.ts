import type { Seq } from '../../protocol/ids.ts';
import type { RoomState } from './room-state.ts';

/** Up to where the room was read when one came in, as far as the server said. Undefined before that. */
export function readOnEntering({ me, firstUnread, last }: RoomState): Seq | undefined {
  if (me === undefined) return undefined;
  return firstUnread === undefined ? last.seq : firstUnread - 1;
}

/** How many messages of others came after `read`, of those in memory. Whoever writes has read what was above (L12). */
export function unreadHere({ lines, me }: RoomState, read: Seq): number {
  const own = lines.findLast((line) => line.kind === 'message' && line.by.id === me?.id)?.seq ?? 0;
  const from = Math.max(read, own);
  return lines.filter((line) => line.kind === 'message' && line.seq > from && line.deleted !== true).length;
}
