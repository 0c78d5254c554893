// What a session does with its names beside coming in by them: it looks at them, and gives them up.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressOf } from '../../protocol/names.ts';
import { giveUpName } from '../rooms/give-up-name.ts';
import type { Membership } from '../store/store.ts';
import { lead, queryOf, sendPage } from './answers.ts';
import type { Form } from './form.ts';
import { type Guest, guestOf, pathOf } from './guest.ts';
import type { HttpParts } from './http-parts.ts';
import { renderGiveUp } from './pages/give-up-page.tsx';
import { type OwnName, renderNames } from './pages/names-page.tsx';
import { themeOf } from './theme.ts';

type Posted = { Body: Form | undefined };

export function addNameRoutes(app: FastifyInstance, parts: HttpParts): void {
  const assets = parts.files.login;
  app.get('/names', async (request, reply) => {
    const guest = await guestOf(parts, request);
    if (guest === undefined || guest.memberships.length === 0) return lead(reply, '/');
    return sendPage(reply, 200, renderNames({ assets, theme: themeOf(request), names: ownNames(guest) }));
  });
  app.get('/give-up', async (request, reply) => {
    const own = await nameMeant(parts, request, queryOf(request));
    if (!own) return lead(reply, '/names');
    const { room, member } = own;
    const named = { room: room.address, title: room.title, member: member.id, name: member.name };
    return sendPage(reply, 200, renderGiveUp({ assets, theme: themeOf(request), own: named }));
  });
  app.post<Posted>('/give-up', async (request, reply) => {
    const own = await nameMeant(parts, request, request.body);
    if (own) await giveUpName(parts.act, parts.connections, { room: own.room, member: own.member.id });
    return lead(reply, '/names');
  });
}

export function ownNames(guest: Guest): OwnName[] {
  return guest.memberships.map((membership) => {
    const { room, member, isHere } = membership;
    const path = pathOf(membership, guest);
    return { room: room.address, title: room.title, member: member.id, name: member.name, path, isHere };
  });
}

type Fields = { get(name: string): string | null | undefined } | undefined;

/** Exactly the one that was meant: what is given up in place of another cannot be had back. */
async function nameMeant(parts: HttpParts, request: FastifyRequest, fields: Fields): Promise<Membership | undefined> {
  const address = addressOf(fields?.get('room') ?? '');
  const guest = await guestOf(parts, request);
  return guest?.memberships.find(({ room, member }) => room.address === address && member.id === fields?.get('as'));
}
