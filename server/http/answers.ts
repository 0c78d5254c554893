// The ways in which a route answers.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../rooms/refusal.ts';
import { StorageFull, StoreUnavailable } from '../store/store.ts';

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(html);
}

/** 303: whatever brought one here, the next request is a GET, and reloading repeats nothing. */
export function lead(reply: FastifyReply, path: string): FastifyReply {
  return reply.redirect(path, 303);
}

/** What stands behind the question mark; of two values with one name `get` gives the first. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const question = request.url.indexOf('?');
  return new URLSearchParams(question < 0 ? '' : request.url.slice(question));
}

/** What to say when the store says no for now; undefined for any other error. */
export function storeSentence(error: unknown): string | undefined {
  if (error instanceof StorageFull) {
    return 'The server has no space left, so nobody can come in just now. Nothing is lost. Try again when there is some.';
  }
  if (error instanceof StoreUnavailable) {
    return 'The server cannot reach what it remembers with. Nothing is lost. Wait a moment, then try again.';
  }
  return undefined;
}

/** How many seconds to wait after `rateLimited`; undefined for any other error. */
export function waitOf(error: unknown): number | undefined {
  if (!(error instanceof Refusal) || error.answer.code !== 'rateLimited') return undefined;
  return Math.ceil((error.answer.retryAfter ?? 0) / 1_000);
}

export function tooFast(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  const wait = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return `Too many came in from here at once. Nothing is lost: wait ${wait}, then press Join again.`;
}
