// Addresses in texts: which are links, where they end, and what a reader must see of where they lead.
import type { Reading } from './reading.ts';

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Browsers send no longer ones. */
export const MOST_URL_UNITS = 2_048;

/** The whole address, as a browser will take it; undefined for whatever is not of http, https or mailto. */
export function safeUrl(text: string): string | undefined {
  const url = parsed(text);
  if (url === undefined || !SCHEMES.has(url.protocol)) return undefined;
  const isWhole = url.protocol === 'mailto:' ? /^[^@]+@[^@]+$/u.test(url.pathname) : url.hostname !== '';
  return isWhole ? url.href : undefined;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const BEGINNING = /(?:https?:\/\/|mailto:)/iy;
/** Quotes and brackets around an address are not of it, nor is the punctuation of scripts that write no space after it. */
const ENDS = /[\s\p{Cc}<>"`\u3000-\u303f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u201c-\u201f]/u;
/** The sentence's or the markup's, where they are last. */
const TRAILING = ".,:;!?'*_~|";

/** Where the address that begins at `from` ends; undefined where none does. */
export function bareUrlEnd(text: string, from: number, reading: Reading): number | undefined {
  BEGINNING.lastIndex = from;
  if (!BEGINNING.test(text)) return undefined;
  const most = Math.min(text.length, from + MOST_URL_UNITS);
  let end = BEGINNING.lastIndex;
  // Brackets that were opened in it may be closed in it: /wiki/Snug_(song)
  const open = new Map([
    [')', 0],
    [']', 0],
  ]);
  for (; end < most; end += 1) {
    const character = text.charAt(end);
    if (character === '(') open.set(')', (open.get(')') ?? 0) + 1);
    else if (character === '[') open.set(']', (open.get(']') ?? 0) + 1);
    else if (open.has(character)) {
      const count = open.get(character) ?? 0;
      if (count === 0) break;
      open.set(character, count - 1);
    } else if (ENDS.test(character) || text.startsWith('||', end)) break;
  }
  reading.steps += end - from;
  while (TRAILING.includes(text.charAt(end - 1))) end -= 1;
  return end > BEGINNING.lastIndex ? end : undefined;
}

/** Where the address in round brackets that begins at `from` ends, before its bracket; undefined where there is none. */
export function bracketedUrlEnd(text: string, from: number, reading: Reading): number | undefined {
  const most = Math.min(text.length, from + MOST_URL_UNITS + 1);
  let open = 0;
  for (let at = from; at < most; at += 1) {
    const character = text.charAt(at);
    reading.steps += 1;
    // At the next "[" another link may begin, and is not to be read twice.
    if (character === '[' || character === '<' || /[\s\p{Cc}]/u.test(character)) return undefined;
    if (character === '(') open += 1;
    else if (character === ')') {
      if (open === 0) return at;
      open -= 1;
    }
  }
  return undefined;
}

/**
 * Where a link leads, for whoever sees only its words; undefined where they say it themselves. Letters of other scripts
 * that look like Latin ones are told as the browser's address bar would tell them.
 */
export function hiddenHost(url: string, seen: string): string | undefined {
  const to = parsed(url);
  if (to === undefined) return undefined;
  if (to.protocol === 'mailto:') return seen.includes(to.pathname) ? undefined : to.pathname;
  const text = seen.trim();
  const said = parsed(/^https?:/iu.test(text) ? text : `https://${text}`);
  const isSame = said !== undefined && withoutScheme(said.href) === withoutScheme(to.href);
  // https://bank.example@evil.example/ leads to evil.example.
  const isPlain = to.username === '' && to.password === '' && text.toLowerCase().includes(to.host);
  return isSame && isPlain ? undefined : to.host;
}

function withoutScheme(href: string): string {
  return href.replace(/^https?:/u, '');
}
