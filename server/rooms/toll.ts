import type { Address, SessionId } from '../../protocol/ids.ts';
import { personName } from '../../protocol/names.ts';
import type { Tolls } from '../limits/tolls.ts';
import type { Store } from '../store/store.ts';
import { Refusal } from './refusal.ts';

/** From where somebody comes, and what it has left there. */
export interface Visitor {
  readonly network: string;
  readonly tolls: Pick<Tolls, 'pay'>;
}

export interface Coming {
  /** Undefined where nobody could prove to have been here before. */
  readonly session: SessionId | undefined;
  readonly room: Address;
  /** The key of the name. */
  readonly name: string;
}

/**
 * What would be made anew is paid for before it is made, so that nothing is left behind of what was refused. Coming back is
 * free. Throws `rateLimited`.
 */
export async function payToComeIn(
  store: Pick<Store, 'room' | 'membersOf'>,
  { network, tolls }: Visitor,
  { session, room, name }: Coming,
): Promise<void> {
  const there = await store.room(room);
  const own = there && session ? await store.membersOf(session, there.id) : [];
  if (own.some((member) => hasKey(member.name, name))) return;
  if (session !== undefined && own.length === 0) refuseFor(await tolls.pay('joins', session));
  refuseFor(await tolls.pay('members', network));
  if (!there) refuseFor(await tolls.pay('rooms', network));
}

export function refuseFor(retryAfter: number): void {
  if (retryAfter > 0) throw new Refusal('rateLimited', retryAfter);
}

function hasKey(name: string, key: string): boolean {
  const person = personName(name);
  return person.ok && person.key === key;
}
