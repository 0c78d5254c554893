// The ways in which a route answers.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../rooms/refusal.ts';
import { StorageFull, StoreBusy, StoreUnavailable } from '../store/store.ts';

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

/** What cannot be just now. */
export interface NotNow {
  readonly status: 429 | 503;
  /** After so many seconds it is worth trying again. */
  readonly seconds: number;
  readonly sentence: string;
}

/** Undefined for an error that is another. */
export function notNow(error: unknown): NotNow | undefined {
  if (error instanceof Refusal && error.answer.code === 'rateLimited') {
    const seconds = inSeconds(error.answer.retryAfter ?? 0);
    return { status: 429, seconds, sentence: tooFast(seconds) };
  }
  if (error instanceof StorageFull || error instanceof StoreUnavailable)
    return { status: 503, seconds: inSeconds(error.retryAfter), sentence: storeSentence(error) };
  return undefined;
}

/** Whole ones, as HTTP says it. */
export function inSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

function storeSentence(error: StorageFull | StoreUnavailable): string {
  if (error instanceof StorageFull)
    return 'The server has no space left, so nobody can come in just now. Nothing is lost. Try again when there is some.';
  if (error instanceof StoreBusy)
    return 'More is asked of the server than it can do just now. Nothing is lost. Wait a moment, then try again.';
  return 'The server cannot reach what it remembers with. Nothing is lost. Wait a moment, then try again.';
}

function tooFast(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  const wait = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return `Too many came in from here at once. Nothing is lost: wait ${wait}, then press Join again.`;
}
