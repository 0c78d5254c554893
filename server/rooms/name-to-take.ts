import { type Named, nameProblemText, personName, RESERVED_NAMES } from '../../protocol/names.ts';
import type { Claim } from '../store/store.ts';
import { skeletonOf } from './look-alike.ts';
import { Refusal } from './refusal.ts';

type Name = Pick<Claim, 'name' | 'key' | 'skeleton'>;

const RESERVED_SKELETONS: ReadonlySet<string> = new Set(RESERVED_NAMES.map(skeletonOf));

/** N1 to N3. A name that only looks like one kept for the room is kept too: it is there to be believed. */
export function takeableName(raw: string): ({ readonly ok: true } & Name) | Extract<Named<string>, { ok: false }> {
  const named = personName(raw);
  if (!named.ok) return named;
  const skeleton = skeletonOf(named.name);
  return RESERVED_SKELETONS.has(skeleton) ? { ok: false, problem: 'reserved' } : { ...named, skeleton };
}

/** Throws `nameInvalid` or `nameReserved`, with the reason in words. */
export function nameToTake(raw: string): Name {
  const named = takeableName(raw);
  if (named.ok) return { name: named.name, key: named.key, skeleton: named.skeleton };
  const code = named.problem === 'reserved' ? 'nameReserved' : 'nameInvalid';
  throw new Refusal(code, undefined, nameProblemText(named.problem, 'name'));
}
