import type { DeviceId, MemberId, SessionId } from '../../protocol/ids.ts';
import type { Session } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { leave } from './leave-room.ts';

/** The open connections of this node, as far as ending a session concerns them. */
export interface Connections extends Pick<Caller, 'takeOut'> {
  /** Nobody is this member any more: it watches no room. */
  forget(member: MemberId): void;
  closeSession(session: SessionId): void;
  closeDevice(session: SessionId, device: DeviceId): void;
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

/** H8: the others stay, with all names. The last one takes the session along. Throws StoreUnavailable: then nothing ended. */
export async function signOutDevice(
  act: Act,
  connections: Connections,
  { id, device }: Pick<Session, 'id' | 'device'>,
): Promise<void> {
  const ended = await act.store.devices.end(id, device);
  if (ended === 'last') return signOut(act, connections, id);
  if (ended === 'ended') connections.closeDevice(id, device);
}

/** H8: this device stays, alone. */
export async function signOutOthers(
  act: Act,
  connections: Connections,
  { id, device }: Pick<Session, 'id' | 'device'>,
): Promise<void> {
  for (const other of await act.store.devices.endOthers(id, device)) connections.closeDevice(id, other);
}
