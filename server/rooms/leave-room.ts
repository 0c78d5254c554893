import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller, Place } from './act.ts';
import { placeOf } from './rights.ts';

/** P3: the member leaves with all its tabs, and the room is told at once. Its name stays its own. */
export async function leaveRoom(act: Act, caller: Caller, request: ParsedRequest<'leave'>): Promise<Granted<'leave'>> {
  await leave(act, caller, placeOf(caller, request.room));
  return { ok: true };
}

/** Resolves when the room has been told, or the store could not be asked just now: then it is told later. */
export async function leave(
  act: Pick<Act, 'log'>,
  connections: Pick<Caller, 'takeOut'>,
  { room, member }: Place,
): Promise<void> {
  // Together, without waiting in between: a tab that joins from here on counts for itself, and is not silenced.
  const taken = connections.takeOut(room.id, member);
  const told = act.log.left(room.id, member);
  await told;
  taken.silence();
  for (let i = 0; i < taken.connections; i += 1) act.log.leave(room.id);
}
