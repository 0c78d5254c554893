import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { readSince } from './read-log.ts';
import { placeOf } from './rights.ts';

/** C3: only forward, however far. */
export async function catchUp(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'catchUp'>,
): Promise<Granted<'catchUp'>> {
  return readSince(act, placeOf(caller, request.room).room, request.after, request.id ?? '');
}
