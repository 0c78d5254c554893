// H9: another browser becomes a device of a session, by a code that was made there.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MAX_DEVICES_PER_SESSION } from '../../protocol/limits.ts';
import { hashCode } from '../come-along-code.ts';
import { hashToken, newToken } from '../session-token.ts';
import type { CameAlong } from '../store/devices.ts';
import { inSeconds, lead, sendPage } from './answers.ts';
import { deviceName } from './device-name.ts';
import type { Form } from './form.ts';
import { guestOf } from './guest.ts';
import type { HttpParts } from './http-parts.ts';
import { ownNames } from './name-routes.ts';
import { renderComeAlong } from './pages/come-along-page.tsx';
import { keepToken, welcomeVisitor } from './session-cookie.ts';
import { themeOf } from './theme.ts';

type Posted = { Body: Form | undefined };
type WithCode = { Params: { code: string } };

interface Asked {
  readonly status: number;
  /** Of the link; undefined where it is to be typed. */
  readonly link?: string | undefined;
  readonly typed?: string;
  readonly problem?: string;
}

const NO_CODE = 'A code has 8 letters and digits, as in K7WX-2M4P. Look once more at the device that shows it.';

export function addComeAlongRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/come-along', (request, reply) => ask(parts, request, reply, { status: 200 }));
  // Whether there is such a code is not looked up: whoever fetches a link to look at it learns nothing and uses nothing up.
  app.get<WithCode>('/come-along/:code', (request, reply) => {
    const { code } = request.params;
    return hashCode(code) === undefined
      ? lead(reply, '/come-along')
      : ask(parts, request, reply, { status: 200, link: code });
  });
  app.post<Posted>('/come-along', (request, reply) => comeAlong(parts, request, reply));
}

async function ask(
  parts: HttpParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, ...asked }: Asked,
): Promise<FastifyReply> {
  const guest = await guestOf(parts, request);
  welcomeVisitor(parts, request, reply);
  const names = guest === undefined ? [] : ownNames(guest);
  const page = { assets: parts.files.login, theme: themeOf(request), names, ...asked };
  return sendPage(reply, status, renderComeAlong(page));
}

async function comeAlong(
  parts: HttpParts,
  request: FastifyRequest<Posted>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { act, guard, tolls } = parts;
  const link = request.body?.get('link');
  const typed = request.body?.get('code') ?? '';
  const again = (status: number, problem: string) => ask(parts, request, reply, { status, link, typed, problem });
  const codeHash = hashCode(link ?? typed);
  if (codeHash === undefined) return ask(parts, request, reply, { status: 422, typed, problem: NO_CODE });
  const wait = await tolls.pay('codes', guard.clientOf(request.raw).network);
  if (wait > 0) return again(429, tooFast(inSeconds(wait), reply));
  const token = newToken();
  const before = guard.tokenOf(request.raw) ?? guard.visitorTokenOf(request.raw);
  const came = await act.store.devices.comeAlong({
    codeHash,
    tokenHash: hashToken(token),
    fromHash: before === undefined ? undefined : hashToken(before),
    name: deviceName(request.headers['user-agent']),
  });
  if (!came.ok && came.code !== 'here') return again(422, problemOf(came.code));
  if (came.ok) keepToken(parts, request, reply, token);
  return lead(reply, '/names');
}

function tooFast(seconds: number, reply: FastifyReply): string {
  reply.header('retry-after', seconds);
  return `Too many codes were tried from your network. Nothing was used up: wait ${seconds} seconds, then press the button again.`;
}

function problemOf(code: Exclude<Extract<CameAlong, { ok: false }>['code'], 'here'>): string {
  switch (code) {
    case 'gone':
      return 'This code was used already, is older than 10 minutes, or was mistyped. Nothing has changed here. Make a new one where you are signed in: “Your devices” in the menu of a room.';
    case 'tooMany':
      return `You have ${MAX_DEVICES_PER_SESSION} devices already. Sign one of them out where you are signed in, then press the button again: the code is still good.`;
  }
}
