import type { Act, Place } from './act.ts';
import { leave } from './leave-room.ts';
import type { Connections } from './sign-out.ts';

/**
 * N7: the name is free at once, and its member is out of the room with all its tabs. Whoever takes the name next is
 * somebody else; what was written stays under it. Throws StoreUnavailable: then nothing changed.
 */
export async function giveUpName(
  act: Act,
  connections: Pick<Connections, 'takeOut' | 'forget'>,
  place: Place,
): Promise<void> {
  // Given up before it leaves: a tab that came back in between would be in the room under a name that is nobody's.
  await act.store.release(place.member);
  connections.forget(place.member);
  await leave(act, connections, place);
}
