import { parse } from '../markup/parse.ts';
import { toldText } from '../markup/plain-text.ts';
import type { Named } from '../markup/tree.ts';
import { knownEmoji } from './known-emoji.ts';

/** What can stand in the one line that is shown; the rest of a long text is not even read. */
const LINE_CHARACTERS = 300;

/** A text where there is room for one line of it: without its marks, and nothing given away that is veiled. */
export function oneLine(text: string, named: readonly Named[] = []): string {
  const told = toldText(parse(text.slice(0, 4 * LINE_CHARACTERS), { named, emoji: knownEmoji() }));
  const line = told.replace(/\s+/gu, ' ').trim().slice(0, LINE_CHARACTERS);
  // Half a letter is none.
  return line.replace(/[\ud800-\udbff]$/u, '');
}
