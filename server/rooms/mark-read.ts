import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { placeOf } from './rights.ts';

/** L12: never goes back, never beyond the head. */
export async function markRead(act: Act, caller: Caller, request: ParsedRequest<'read'>): Promise<Granted<'read'>> {
  await act.store.markRead(placeOf(caller, request.room).member, request.seq);
  return { ok: true };
}
