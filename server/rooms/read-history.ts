import { PAGE_ENTRIES } from '../../protocol/limits.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { RoomId } from '../../protocol/ids.ts';
import type { AroundPage, Page } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { placeOf } from './rights.ts';

/** C12: a page of messages, wherever in the room. */
export async function readHistory(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'history'>,
): Promise<Granted<'history'>> {
  const { room } = placeOf(caller, request.room);
  const { entries, head, atStart, atEnd, anchor } = await pageMeant(act, room.id, request);
  const page = { head: head.seq, headId: head.id, entries: [...entries], atStart, atEnd };
  return { ok: true, room: room.address, ...page, ...(anchor !== undefined && { anchor }) };
}

function pageMeant(
  { store }: Act,
  room: RoomId,
  request: ParsedRequest<'history'>,
): Promise<Page & Partial<Pick<AroundPage, 'anchor'>>> {
  const limit = request.limit ?? PAGE_ENTRIES;
  if ('around' in request) return store.around(room, { seq: request.around }, limit);
  if ('date' in request) return store.around(room, { time: request.date }, limit);
  return store.page(room, request.before, limit);
}
