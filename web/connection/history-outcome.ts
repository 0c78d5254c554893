import { type Refused, whatThen } from '../../protocol/refusals.ts';

/** What became of a question for lines that are not in memory. */
export type HistoryOutcome =
  | { readonly kind: 'loaded' }
  /** There is nothing older, or the question is being asked already. */
  | { readonly kind: 'needless' }
  /** The connection was lost, or the room started over, before the answer was here. */
  | { readonly kind: 'lost' }
  /** Something else was asked for meanwhile. */
  | { readonly kind: 'overtaken' }
  /** There is no message where one wanted to be led. */
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'refused'; readonly refusal: Refused };

/** In words for whoever waits for the rows. */
export function whyNot(outcome: HistoryOutcome): string | undefined {
  switch (outcome.kind) {
    case 'loaded':
    case 'needless':
    case 'overtaken':
      return undefined;
    case 'lost':
      return 'There is no connection to the server at the moment.';
    case 'nowhere':
      return 'There is no such message in this room.';
    case 'refused': {
      const { code, message } = outcome.refusal;
      return whatThen(code) === 'again' ? 'The server has them, and cannot give them at the moment.' : message;
    }
  }
}

/** Of a question that brought nothing: without an answer, with a refusal, or with rows that nobody waits for any more. */
export function failureOf(reply: { readonly ok: true } | Refused | undefined): HistoryOutcome {
  if (reply === undefined) return { kind: 'lost' };
  return reply.ok ? { kind: 'overtaken' } : { kind: 'refused', refusal: reply };
}
