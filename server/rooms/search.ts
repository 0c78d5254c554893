import { HITS_PAGE, SEARCH_MAX_BYTES } from '../../protocol/limits.ts';
import { addressOf } from '../../protocol/names.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { countBytes, isStorable } from '../../protocol/text.ts';
import { isNothing, readQuery } from '../../protocol/search-query.ts';
import type { Room } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { asHits, placeMeant } from './hits.ts';
import { ownMembers, ownMemberships } from './own-members.ts';
import { Refusal } from './refusal.ts';

/** Q1. Throws `tooLong`, `unreadable`, `empty`, and `notMember` for a room of which the session is nobody. */
export async function search(act: Act, caller: Caller, request: ParsedRequest<'search'>): Promise<Granted<'search'>> {
  const { text, room, before, limit } = request;
  refuseWhatCannotBe(text);
  const own = room === undefined ? await ownMemberships(act, caller) : [{ room: await ownRoom(act, caller, room) }];
  const rooms = [...new Set(own.map((one) => one.room.id))];
  return asHits(own, await act.store.search(rooms, text, limit ?? HITS_PAGE, placeMeant(own, before)));
}

/** Joined or not: one looks for something while one is elsewhere. */
async function ownRoom(act: Act, caller: Caller, spelling: string): Promise<Room> {
  const address = addressOf(spelling);
  const room = address && (await act.store.room(address));
  if (!room || (await ownMembers(act, caller, room)).length === 0) throw new Refusal('notMember');
  return room;
}

function refuseWhatCannotBe(text: string): void {
  if (text.length > SEARCH_MAX_BYTES || countBytes(text) > SEARCH_MAX_BYTES) throw new Refusal('tooLong');
  if (!isStorable(text)) throw new Refusal('unreadable');
  if (isNothing(readQuery(text))) throw new Refusal('empty', undefined, 'There is no word in it to look for.');
}
