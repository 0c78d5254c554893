// Who may do what, from what the store and the connection say. "Not yours" and "not there" look the same.
import type { MemberId } from '../../protocol/ids.ts';
import { addressOf } from '../../protocol/names.ts';
import type { Member } from '../store/store.ts';
import type { Caller, Place } from './act.ts';
import { Refusal } from './refusal.ts';

/** Where the caller is in the room it means. Throws `notMember`, also for rooms that are not there or cannot be. */
export function placeOf(caller: Pick<Caller, 'at'>, spelling: string): Place {
  const address = addressOf(spelling);
  const place = address === undefined ? undefined : caller.at(address);
  if (!place) throw new Refusal('notMember');
  return place;
}

/** H3: the member that `as` says, when it is its own; else the one that it is already; else its oldest. */
export function memberMeant(
  own: readonly Member[],
  as: MemberId | undefined,
  already: MemberId | undefined,
): Member | undefined {
  return own.find(({ id }) => id === as) ?? own.find(({ id }) => id === already) ?? own[0];
}
