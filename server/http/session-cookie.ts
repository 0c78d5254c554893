import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, hashToken, newToken, newVisitorToken } from '../session-token.ts';
import type { Session } from '../store/store.ts';
import { deviceName } from './device-name.ts';
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

/** Who sent the form, also where the answer to the same form was lost: then the browser has the token before still. */
export async function senderOf(parts: Parts, request: FastifyRequest): Promise<Session | undefined> {
  const visitor = parts.guard.visitorTokenOf(request.raw);
  return visitor === undefined ? sessionOf(parts, request) : parts.act.store.session(hashToken(visitor));
}

/** H1: the session goes on under a new token, or begins. */
export async function renewSession(parts: Parts, request: FastifyRequest, reply: FastifyReply): Promise<Session> {
  const old = await senderOf(parts, request);
  const visitor = parts.guard.visitorTokenOf(request.raw);
  const token = newToken();
  const visitorHash = visitor === undefined ? undefined : hashToken(visitor);
  const session = await parts.act.store.openSession(hashToken(token), {
    replaces: old?.device,
    visitorHash,
    name: deviceName(request.headers['user-agent']),
  });
  keepToken(parts, request, reply, token);
  return session;
}

export function keepToken(parts: Parts, request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(nameFor(parts, request), token, { ...attributes(parts, request), maxAge: COOKIE_SECONDS });
}

/** H1: so that a first form, sent again because its answer was lost, is known to be the same browser's. */
export function welcomeVisitor(parts: Parts, request: FastifyRequest, reply: FastifyReply): void {
  const { guard } = parts;
  if (request.method !== 'GET' || guard.tokenOf(request.raw) || guard.visitorTokenOf(request.raw)) return;
  // No Origin comes with a GET: behind a proxy that says nothing, the address alone tells that the form will come over TLS.
  const secure = guard.isSecure(request.raw) || (guard.originOf(request.raw)?.startsWith('https:') ?? false);
  const options = { ...attributes(parts, request), secure, maxAge: COOKIE_SECONDS };
  reply.setCookie(cookieName(parts.port(), secure), newVisitorToken(), options);
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
