import { nameProblemText, personName } from '../../protocol/names.ts';
import type { Claim } from '../store/store.ts';
import { skeletonOf } from './look-alike.ts';
import { Refusal } from './refusal.ts';

/** Throws `nameInvalid` or `nameReserved`, with the reason in words. */
export function nameToTake(raw: string): Pick<Claim, 'name' | 'key' | 'skeleton'> {
  const named = personName(raw);
  if (named.ok) return { name: named.name, key: named.key, skeleton: skeletonOf(named.name) };
  const code = named.problem === 'reserved' ? 'nameReserved' : 'nameInvalid';
  throw new Refusal(code, undefined, nameProblemText(named.problem, 'name'));
}
