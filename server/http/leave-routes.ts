import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { MemberId } from '../../protocol/ids.ts';
import { addressOf } from '../../protocol/names.ts';
import type { Place } from '../rooms/act.ts';
import { leave } from '../rooms/leave-room.ts';
import { memberMeant } from '../rooms/rights.ts';
import { signOut, signOutDevice } from '../rooms/sign-out.ts';
import { lead, sendPage } from './answers.ts';
import type { Form } from './form.ts';
import { guestOf } from './guest.ts';
import type { HttpParts } from './http-parts.ts';
import { ownNames } from './name-routes.ts';
import { renderSignOut } from './pages/sign-out-page.tsx';
import { forgetSession, sessionOf } from './session-cookie.ts';
import { themeOf } from './theme.ts';

/**
 * Drafts, what was still to be sent, names: for the next person at this machine nothing stays. Not "cookies": those of
 * other ports would go too. Browsers heed it under TLS and on localhost; elsewhere the next page's script does it.
 */
const FORGET = '"storage"';

type Posted = { Body: Form | undefined };

export function addLeaveRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post<Posted>('/leave', async (request, reply) => {
    const place = await placeMeant(parts, request);
    if (place) await leave(parts.act, parts.connections, place);
    return lead(reply, '/');
  });
  app.get('/sign-out', async (request, reply) => {
    const guest = await guestOf(parts, request);
    if (guest === undefined) return lead(reply, '/');
    const others = (await parts.act.store.devices.of(guest.session.id)).length - 1;
    const page = { assets: parts.files.login, theme: themeOf(request), names: ownNames(guest), others };
    return sendPage(reply, 200, renderSignOut(page));
  });
  app.post<Posted>('/sign-out', async (request, reply) => {
    const session = await sessionOf(parts, request);
    const isEverywhere = request.body?.get('everywhere') === 'yes';
    if (session && isEverywhere) await signOut(parts.act, parts.connections, session.id);
    else if (session) await signOutDevice(parts.act, parts.connections, session);
    forgetSession(parts, request, reply);
    reply.header('clear-site-data', FORGET);
    return lead(reply, '/');
  });
}

/** Undefined where there is nothing to leave: whoever wanted to be outside is. */
async function placeMeant(parts: HttpParts, request: FastifyRequest<Posted>): Promise<Place | undefined> {
  const { store } = parts.act;
  const address = addressOf(request.body?.get('room') ?? '');
  const session = await sessionOf(parts, request);
  const room = session && address !== undefined ? await store.room(address) : undefined;
  if (!session || !room) return undefined;
  const own = await store.membersOf(session.id, room.id);
  const member = memberMeant(own, request.body?.get('as') as MemberId | undefined, undefined);
  return member && { room, member: member.id };
}
