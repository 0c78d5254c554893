import { PAGE_ENTRIES } from '../../protocol/limits.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { placeOf } from './rights.ts';

export async function readHistory(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'history'>,
): Promise<Granted<'history'>> {
  const { room } = placeOf(caller, request.room);
  const { entries, head, atStart } = await act.store.page(room.id, request.before, request.limit ?? PAGE_ENTRIES);
  return { ok: true, room: room.address, head: head.seq, headId: head.id, entries: [...entries], atStart };
}
