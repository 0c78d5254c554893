import type { Seq } from '../../protocol/ids.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { KEYLESS, type Room } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { placeOf } from './rights.ts';

/** L12: never goes back, never beyond the head. */
export async function markRead(act: Act, caller: Caller, request: ParsedRequest<'read'>): Promise<Granted<'read'>> {
  const { room, member } = placeOf(caller, request.room);
  tellPlace(act, caller, room, await act.store.markRead(member, request.seq));
  return { ok: true };
}

/** L12: the only thing that goes back. */
export async function markUnread(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'unread'>,
): Promise<Granted<'unread'>> {
  const { room, member } = placeOf(caller, request.room);
  tellPlace(act, caller, room, await act.store.markUnread(member, request.seq));
  return { ok: true };
}

/**
 * T4. Also where it is where it was: sending has moved it there, perhaps, and a device that is not in the room has not heard of
 * that. H5: without a key there is no other device.
 */
function tellPlace(act: Act, { session }: Caller, room: Room, seq: Seq | undefined): void {
  if (seq === undefined || session === KEYLESS) return;
  act.log.signal(room.id, { room: room.address, kind: 'read', seq }, session);
}
