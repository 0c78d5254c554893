import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { personOf } from './join-room.ts';
import { placeOf } from './rights.ts';

/** P9: for rooms in which too many are for a list of all of them. */
export async function readHere(act: Act, caller: Caller, request: ParsedRequest<'here'>): Promise<Granted<'here'>> {
  const { room } = placeOf(caller, request.room);
  const { count, members, more } = await act.log.people(room.id, request.after);
  return { ok: true, room: room.address, count, here: members.map(personOf), more };
}
