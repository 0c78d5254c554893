import type { Member, Room } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { leave } from './leave-room.ts';
import { Refusal } from './refusal.ts';

/**
 * C1: subscribes, then counts for presence; whoever reads after it misses nothing. For a caller that is there as this
 * member it does nothing. Resolves when the room has been told, or the store could not be asked just now.
 * Throws `notMember` when the member lost its name on the way.
 */
export async function enterRoom(act: Act, caller: Caller, room: Room, member: Member): Promise<void> {
  if (caller.at(room.address)?.member === member.id) return;
  await act.log.enter(room.id);
  // Nothing below waits before it has counted: a connection that closes takes back exactly what was counted for it.
  if (!caller.isOpen) {
    act.log.leave(room.id);
    throw new Refusal('unavailable');
  }
  const before = caller.at(room.address);
  if (before) {
    // A connection counts once in a room, however often it asked while the log was being read.
    act.log.leave(room.id);
    act.log.went(before.member, caller.graceMs);
  }
  caller.enter(room, member);
  await act.log.came(room.id, member.id);
  // A name that nobody uses may be taken until its member has arrived. The store lets nobody in then, but it is subscribed.
  if (await act.store.member(member.id)) return;
  await leave(act, caller, { room, member: member.id });
  throw new Refusal('notMember');
}
