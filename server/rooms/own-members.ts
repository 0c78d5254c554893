import { KEYLESS, type Member, type Membership, type Room } from '../store/store.ts';
import type { Act, Caller } from './act.ts';

/** Where the caller is somebody, and as whom. H5: a keyless script is one member, in one room. */
export async function ownMemberships(
  act: Pick<Act, 'store'>,
  caller: Pick<Caller, 'session' | 'home'>,
): Promise<readonly Pick<Membership, 'room' | 'member'>[]> {
  if (caller.session !== KEYLESS) return act.store.memberships(caller.session);
  if (!caller.home) return [];
  const { room } = caller.home;
  return (await ownMembers(act, caller, room)).map((member) => ({ room, member }));
}

/**
 * The members that the caller may be in a room, oldest first. H5: all keyless scripts are of one session, and each of
 * them is its own member alone, for as long as nobody else has taken its name.
 */
export async function ownMembers(
  act: Pick<Act, 'store'>,
  caller: Pick<Caller, 'session' | 'home'>,
  room: Room,
): Promise<readonly Member[]> {
  if (caller.session !== KEYLESS) return act.store.membersOf(caller.session, room.id);
  if (caller.home?.room.id !== room.id) return [];
  const member = await act.store.member(caller.home.member.id);
  return member ? [member] : [];
}
