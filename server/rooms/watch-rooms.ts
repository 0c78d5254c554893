import type { MemberId, RoomId } from '../../protocol/ids.ts';
import { KEYLESS, type Membership } from '../store/store.ts';
import type { Act, Caller } from './act.ts';

/**
 * T5: from now on the caller is told what is said in the rooms of its session, and of no others. What is read after it
 * misses nothing of that. H5: a script without a key is in its only room. Throws StoreUnavailable.
 */
export async function watchRooms(
  act: Pick<Act, 'log'>,
  caller: Caller,
  own: readonly Pick<Membership, 'room' | 'member'>[],
): Promise<void> {
  if (caller.session === KEYLESS) return;
  const rooms = new Map<RoomId, MemberId[]>();
  for (const { room, member } of own) rooms.set(room.id, [...(rooms.get(room.id) ?? []), member.id]);
  for (const room of caller.watched.keys()) if (!rooms.has(room)) caller.unwatch(room);
  await Promise.all([...rooms].map(([room, members]) => watch(act, caller, room, members)));
}

async function watch({ log }: Pick<Act, 'log'>, caller: Caller, room: RoomId, members: MemberId[]): Promise<void> {
  if (!caller.watched.has(room)) {
    await log.watch(room);
    // It has closed, or has asked twice at once: it counts once.
    if (!caller.isOpen || caller.watched.has(room)) log.unwatch(room);
  }
  if (caller.isOpen) caller.watch(room, members);
}
