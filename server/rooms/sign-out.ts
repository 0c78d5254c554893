import type { MemberId, SessionId } from '../../protocol/ids.ts';
import type { Act, Caller } from './act.ts';
import { leave } from './leave-room.ts';

/** The open connections of this node, as far as ending a session concerns them. */
export interface Connections extends Pick<Caller, 'takeOut'> {
  /** Nobody is this member any more: it watches no room. */
  forget(member: MemberId): void;
  closeSession(session: SessionId): void;
}

/** N7: the session ends, its names are free, its members leave everywhere at once. Throws StoreUnavailable: then nothing ended. */
export async function signOut(act: Act, connections: Connections, session: SessionId): Promise<void> {
  const memberships = await act.store.memberships(session);
  await act.store.endSession(session);
  // They lose their places before they are closed: a closed connection would be given its grace.
  const told = memberships.map(({ room, member }) => leave(act, connections, { room, member: member.id }));
  connections.closeSession(session);
  await Promise.all(told);
}
