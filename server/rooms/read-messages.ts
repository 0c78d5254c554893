import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { placeOf } from './rights.ts';

/** C11: messages wherever they stand, for whoever shows that something answers them. */
export async function readMessages(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'messages'>,
): Promise<Granted<'messages'>> {
  const { room } = placeOf(caller, request.room);
  const { entries, head } = await act.store.messages(room.id, request.seqs);
  return { ok: true, room: room.address, head: head.seq, headId: head.id, entries: [...entries] };
}
