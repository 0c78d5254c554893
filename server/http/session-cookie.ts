import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, hashToken, newToken } from '../session-token.ts';
import type { Session } from '../store/store.ts';
import type { HttpParts } from './http-parts.ts';

type Parts = Pick<HttpParts, 'act' | 'guard' | 'port'>;

/**
 * 400 days in seconds: as long as browsers keep any cookie. The store ends a session 90 days after its last use; a cookie
 * of 90 days would end one that is used every day.
 */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;

/** Undefined when there is no cookie, or its session has ended. Throws StoreUnavailable. */
export async function sessionOf(parts: Parts, request: FastifyRequest): Promise<Session | undefined> {
  const token = parts.guard.tokenOf(request.raw);
  return token ? parts.act.store.session(hashToken(token)) : undefined;
}

/** H1: the session goes on under a new token, or begins; the old token is dead at once. */
export async function renewSession(parts: Parts, request: FastifyRequest, reply: FastifyReply): Promise<Session> {
  const old = await sessionOf(parts, request);
  const token = newToken();
  const session = await parts.act.store.openSession(hashToken(token), old?.id);
  reply.setCookie(nameFor(parts, request), token, { ...attributes(parts, request), maxAge: COOKIE_SECONDS });
  return session;
}

export function forgetSession(parts: Parts, request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(nameFor(parts, request), attributes(parts, request));
}

function nameFor(parts: Parts, request: FastifyRequest): string {
  return cookieName(parts.port(), parts.guard.isSecure(request.raw));
}

function attributes({ guard }: Parts, request: FastifyRequest) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: guard.isSecure(request.raw) } as const;
}
