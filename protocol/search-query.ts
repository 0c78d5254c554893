// What somebody looks for: words, and what is said beside them. PROTOCOL.md, "Searching". One reading for all engines.
import type { Time } from './ids.ts';
import { tidyName } from './names.ts';
import { foldText, type QueryPart, searchQuery } from './search-tokens.ts';

const HAS = ['link', 'mention', 'reaction', 'pin'] as const;
export type Having = (typeof HAS)[number];

/** A message is found that is all of this. */
export interface SearchQuery {
  readonly words: readonly QueryPart[];
  /** Who wrote it, folded: of two nobody is both. */
  readonly from: readonly string[];
  readonly has: readonly Having[];
  /** It was written before this, and not before that. */
  readonly before: Time;
  readonly after: Time;
}

/** No time is beyond these: nothing was said of it. */
const EVER = Number.MAX_SAFE_INTEGER;
const DAY_MS = 86_400_000;
/** At the beginning of a word, and not in quotes; what it does not know, and what makes no sense, is a word like others. The wide colon is what one types in Chinese. */
const FILTER = /(?<!\S)(from|has|before|after)[:：](?:"([^"]*)"|(\S+))|"[^"]*"/giu;

export function readQuery(text: string): SearchQuery {
  const query = { from: new Set<string>(), has: new Set<Having>(), before: EVER, after: -EVER };
  const words = text.replace(FILTER, (whole, name?: string, quoted?: string, plain?: string) => {
    const value = (quoted ?? plain ?? '').trim();
    return name !== undefined && takeFilter(query, name.toLowerCase(), value) ? ' ' : whole;
  });
  return { ...query, words: searchQuery(words), from: [...query.from], has: [...query.has] };
}

/** Nothing was said that could be looked for: neither a word nor a filter. */
export function isNothing({ words, from, has, before, after }: SearchQuery): boolean {
  return words.length + from.length + has.length === 0 && before === EVER && after === -EVER;
}

/** As names are compared in a search. */
export function foldName(name: string): string {
  return foldText(tidyName(name));
}

interface Reading {
  readonly from: Set<string>;
  readonly has: Set<Having>;
  before: Time;
  after: Time;
}

/** False: it is none, and stays where it was. */
function takeFilter(query: Reading, name: string, value: string): boolean {
  if (name === 'from') return value !== '' && query.from.add(foldName(value)).size > 0;
  if (name === 'has') {
    const having = HAS.find((one) => one === value.toLowerCase());
    return having !== undefined && query.has.add(having).size > 0;
  }
  const day = dayOf(value);
  if (day === undefined) return false;
  if (name === 'before') query.before = Math.min(query.before, day);
  else query.after = Math.max(query.after, day + DAY_MS);
  return true;
}

/** When the day begins, in UTC: the server does not know where anybody is. Undefined for what is no day. */
function dayOf(text: string): Time | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return year !== '' && new Date(time).toISOString().startsWith(text) ? time : undefined;
}
