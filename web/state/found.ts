import type { MessageEntry } from '../../protocol/entries.ts';
import type { Address, Seq } from '../../protocol/ids.ts';

/** `room`: undefined where all rooms are meant. mentions: what mentions oneself, in all of them. */
export type Question =
  | { readonly kind: 'search'; readonly text: string; readonly room: Address | undefined }
  | { readonly kind: 'mentions' };

/** After which hit the next page begins, as the server said it. */
export type Next = readonly [room: Address, seq: Seq];

export interface FoundHit {
  readonly room: Address;
  readonly title: string;
  readonly entry: MessageEntry;
}

export interface Trouble {
  /** What happened, and what to do now. */
  readonly text: string;
  /** Asking again may help; `waitMs`: by itself, after so long. */
  readonly isPassing: boolean;
  readonly waitMs: number | undefined;
}

export type Answer =
  | { readonly ok: true; readonly hits: readonly FoundHit[]; readonly next: Next | undefined }
  | { readonly ok: false; readonly trouble: Trouble };

/** Never rejects. */
export type Find = (question: Question, before: Next | undefined) => Promise<Answer>;

/** What was asked last, and what was found so far. */
export interface Found {
  readonly question: Question | undefined;
  /** The newest first. */
  readonly hits: readonly FoundHit[];
  readonly next: Next | undefined;
  readonly isAsking: boolean;
  readonly trouble: Trouble | undefined;
}

export const NOTHING_ASKED: Found = {
  question: undefined,
  hits: [],
  next: undefined,
  isAsking: false,
  trouble: undefined,
};

/** What was found before stays until there is an answer. */
export function asking(found: Found, question: Question): Found {
  return { ...found, question, isAsking: true, trouble: undefined };
}

/** `before`: where the page began; undefined where it is the first. */
export function answered(found: Found, answer: Answer, before: Next | undefined): Found {
  const isFirst = before === undefined;
  if (!answer.ok) {
    const kept = isFirst ? { hits: [], next: undefined } : {};
    return { ...found, ...kept, isAsking: false, trouble: answer.trouble };
  }
  const hits = isFirst ? answer.hits : [...found.hits, ...answer.hits];
  return { ...found, hits, next: answer.next, isAsking: false, trouble: undefined };
}

/** In words, for whoever looks and whoever listens; '' while there is nothing to say. */
export function resultText({ question, hits, next, isAsking, trouble }: Found): string {
  if (question === undefined || isAsking) return '';
  if (trouble !== undefined) return trouble.text;
  if (next !== undefined) return `The newest ${hits.length} results. There are more.`;
  if (hits.length > 0) return hits.length === 1 ? '1 result.' : `${hits.length} results.`;
  return question.kind === 'mentions' ? 'Nobody has mentioned you so far.' : 'Nothing was found.';
}
