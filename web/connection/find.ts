import { whatThen } from '../../protocol/refusals.ts';
import type { ReplyTo } from '../../protocol/requests.ts';
import type { Answer, Find, FoundHit, Trouble } from '../state/found.ts';
import { type Ask, answerOf } from './ask.ts';

/** Q1, L14: what is found in the rooms of the session, a page at a time. */
export function finder(ask: Ask): Find {
  return async (question, next) => {
    const before = next === undefined ? {} : { before: [...next] satisfies [string, number] };
    if (question.kind === 'mentions') return toAnswer(await answerOf(ask('mentions', before)));
    const { text, room } = question;
    return toAnswer(await answerOf(ask('search', { text, ...(room !== undefined && { room }), ...before })));
  };
}

function toAnswer(reply: ReplyTo<'search' | 'mentions'> | undefined): Answer {
  if (!reply?.ok) return { ok: false, trouble: troubleOf(reply) };
  // Nothing else is ever found; a server of the next version may find more.
  const hits = reply.hits.flatMap(({ entry, ...hit }): FoundHit[] =>
    entry.kind === 'message' ? [{ ...hit, entry }] : [],
  );
  return { ok: true, hits, next: reply.next };
}

type Refusal = Extract<ReplyTo<'search'>, { ok: false }>;

function troubleOf(refusal: Refusal | undefined): Trouble {
  if (refusal === undefined) return passing('There is no connection to the server at the moment.', undefined);
  const { code, message, retryAfter } = refusal;
  if (code === 'rateLimited')
    return passing('You search faster than the server looks. It goes on in a moment.', retryAfter);
  if (whatThen(code) === 'again') return passing('The server cannot look for it at the moment.', undefined);
  return { text: message, isPassing: false, waitMs: undefined };
}

function passing(text: string, waitMs: number | undefined): Trouble {
  return { text, isPassing: true, waitMs };
}
