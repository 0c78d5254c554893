import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { Refusal } from './refusal.ts';
import { placeOf } from './rights.ts';

/** L15. Throws `notFound` for what is no message, `gone` for a deleted one. */
export async function readEarlier(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'earlier'>,
): Promise<Granted<'earlier'>> {
  const { room } = placeOf(caller, request.room);
  const earlier = await act.store.earlier(room.id, request.target);
  if (typeof earlier === 'string') throw new Refusal(earlier);
  return { ok: true, room: room.address, texts: [...earlier.texts], more: earlier.more };
}
