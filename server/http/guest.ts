import type { FastifyRequest } from 'fastify';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { roomPath } from '../../protocol/names.ts';
import type { Membership, Session } from '../store/store.ts';
import type { HttpParts } from './http-parts.ts';
import { sessionOf } from './session-cookie.ts';

/** Who asks for a page, and who it is in which rooms, the last visited first. */
export interface Guest {
  readonly session: Session;
  readonly memberships: readonly Membership[];
}

/** Undefined without a session. Nothing here is told to anybody but the session itself. Throws StoreUnavailable. */
export async function guestOf(parts: HttpParts, request: FastifyRequest): Promise<Guest | undefined> {
  const session = await sessionOf(parts, request);
  return session && asGuest(parts, session);
}

export async function asGuest(parts: HttpParts, session: Session): Promise<Guest> {
  return { session, memberships: await parts.act.store.memberships(session.id) };
}

/** H3: the address says which of several members of this session a tab is. */
export function placePath(room: Address, as: MemberId, isOnly: boolean): string {
  return isOnly ? roomPath(room) : `${roomPath(room)}?as=${encodeURIComponent(as)}`;
}

/** Comes in at once, as this member. */
export function pathOf({ room, member }: Membership, { memberships }: Guest): string {
  const isOnly = memberships.filter((other) => other.room.id === room.id).length <= 1;
  return placePath(room.address, member.id, isOnly);
}
