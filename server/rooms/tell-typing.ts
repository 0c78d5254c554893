import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { Refusal } from './refusal.ts';
import { placeOf } from './rights.ts';

/** T1: said to the room, and stored nowhere. */
export async function tellTyping(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'typing'>,
): Promise<Granted<'typing'>> {
  // A place has no name: whoever types is told of under the name of now.
  const member = await act.store.member(placeOf(caller, request.room).member);
  // Meanwhile it may have been taken out.
  const { room } = placeOf(caller, request.room);
  if (!member) throw new Refusal('notMember');
  act.log.signal(room.id, { room: room.address, kind: 'typing', by: { id: member.id, name: member.name } });
  return { ok: true };
}
