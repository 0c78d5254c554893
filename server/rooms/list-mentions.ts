import { HITS_PAGE } from '../../protocol/limits.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Act, Caller } from './act.ts';
import { asHits, placeMeant } from './hits.ts';
import { ownMemberships } from './own-members.ts';

/** L14: in all rooms of the session. Throws `notMember` for a page that begins in a room it is not in. */
export async function listMentions(
  act: Act,
  caller: Caller,
  { before, limit }: ParsedRequest<'mentions'>,
): Promise<Granted<'mentions'>> {
  const own = await ownMemberships(act, caller);
  const members = own.map(({ member }) => member);
  const found = await act.store.mentions(members, limit ?? HITS_PAGE, placeMeant(own, before));
  return asHits(own, found);
}
