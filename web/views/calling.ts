// What a notification says.
import type { MessageEntry } from '../../protocol/entries.ts';
import { isAction } from '../markup/parse.ts';
import { newMessages } from './announcement.ts';
import { oneLine } from './one-line.ts';

/** What came in a room since somebody looked at it last, of what is to call them. */
export interface Calls {
  readonly count: number;
  readonly mentions: number;
  /** The newest; undefined where its room is not open here, and nobody knows more than that there is one. */
  readonly last: MessageEntry | undefined;
}

export const NO_CALLS: Calls = { count: 0, mentions: 0, last: undefined };

export function callText({ count, mentions, last }: Calls, hasWords: boolean): string {
  const many = count > 1 ? [newMessages(count)] : [];
  if (last !== undefined && hasWords) return [...many, said(last)].join(' ');
  const who = last?.by.name ?? 'Somebody';
  if (count === 1) return mentions > 0 ? `${who} mentions you.` : `${who} has written.`;
  return [...many, ...(mentions > 0 ? ['You are mentioned.'] : [])].join(' ');
}

function said({ by, text, mentions }: MessageEntry): string {
  return `${by.name}${isAction(text) ? '' : ':'} ${oneLine(text, mentions)}`;
}
