import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller, Place } from './act.ts';
import { placeOf } from './rights.ts';

/**
 * P3: the member leaves with all its tabs, and the room is told at once. Its name stays its own. H5: a script without a
 * key goes alone. R5: what was sent before is stored before.
 */
export function leaveRoom(act: Act, caller: Caller, request: ParsedRequest<'leave'>): Promise<Granted<'leave'>> {
  return caller.turns.take(
    () => placeOf(caller, request.room),
    async (place) => {
      await leave(act, caller, place);
      return { ok: true };
    },
  );
}

/** Resolves when the room has been told, or the store could not be asked just now: then it is told later. */
export async function leave(
  act: Pick<Act, 'log'>,
  connections: Pick<Caller, 'takeOut'>,
  { room, member }: Place,
): Promise<void> {
  // Together, without waiting in between: a tab that joins from here on counts for itself, and is not silenced.
  const taken = connections.takeOut(room.id, member);
  if (taken.othersStay) for (let i = 0; i < taken.connections; i += 1) act.log.went(member);
  else await act.log.left(room.id, member);
  taken.silence();
  for (let i = 0; i < taken.connections; i += 1) act.log.leave(room.id);
}
