import { placesOf } from '../../protocol/search-places.ts';
import type { QueryPart } from '../../protocol/search-tokens.ts';

export interface Piece {
  readonly text: string;
  readonly isFound: boolean;
}

/** What is shown before the first word that was found, and in all: three lines in a panel of 22rem. */
const BEFORE = 48;
const MOST = 240;

/** A line of a text around the first word of a query in it, in pieces that were found or not. */
export function excerptOf(text: string, query: readonly QueryPart[]): readonly Piece[] {
  const line = text.replace(/\s+/gu, ' ').trim();
  const places = placesOf(line, query);
  const first = places[0]?.[0] ?? 0;
  const from = first <= BEFORE ? 0 : wholeLetter(line, first - BEFORE);
  const to = from + MOST >= line.length ? line.length : wholeLetter(line, from + MOST);
  const pieces: Piece[] = from > 0 ? [{ text: '… ', isFound: false }] : [];
  let at = from;
  for (const [start, end] of places) {
    if (start >= to) break;
    if (start > at) pieces.push({ text: line.slice(at, start), isFound: false });
    pieces.push({ text: line.slice(start, Math.min(end, to)), isFound: true });
    at = Math.min(end, to);
  }
  if (at < to) pieces.push({ text: line.slice(at, to), isFound: false });
  return to < line.length ? [...pieces, { text: ' …', isFound: false }] : pieces;
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The beginning of the letter that is there. */
function wholeLetter(line: string, at: number): number {
  return letters.segment(line).containing(at)?.index ?? at;
}
