import type { SessionId } from '../../protocol/ids.ts';
import type { Act, Caller, Place } from './act.ts';
import { leave } from './leave-room.ts';

/** The open connections of this node, as far as ending a session concerns them. */
export interface Connections extends Pick<Caller, 'takeOut'> {
  closeSession(session: SessionId): void;
}

/** N7: the session ends, its names are free, its members leave everywhere at once. Throws StoreUnavailable: then nothing ended. */
export async function signOut(act: Act, connections: Connections, session: SessionId): Promise<void> {
  const places = await placesOf(act, session);
  await act.store.endSession(session);
  // They lose their places before they are closed: a closed connection would be given its grace.
  const told = places.map((place) => leave(act, connections, place));
  connections.closeSession(session);
  await Promise.all(told);
}

async function placesOf(act: Act, session: SessionId): Promise<readonly Place[]> {
  const rooms = await act.store.rooms(session);
  const places = rooms.map(async ({ room }) => {
    const members = await act.store.membersOf(session, room.id);
    return members.map((member) => ({ room, member: member.id }));
  });
  return (await Promise.all(places)).flat();
}
