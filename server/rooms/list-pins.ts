import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { placeOf } from './rights.ts';

/** L16. */
export async function listPins(act: Act, caller: Caller, request: ParsedRequest<'pins'>): Promise<Granted<'pins'>> {
  const { room } = placeOf(caller, request.room);
  const { seqs, entries, head } = await act.store.pins(room.id);
  return { ok: true, room: room.address, head: head.seq, headId: head.id, seqs: [...seqs], entries: [...entries] };
}
