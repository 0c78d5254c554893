// What the composer makes of a text before it goes anywhere.
import { TEXT_MAX_BYTES, TEXT_MAX_GRAPHEMES } from '../../protocol/limits.ts';
import { REFUSALS } from '../../protocol/refusals.ts';
import { countBytes, countGraphemes, textRefusal } from '../../protocol/text.ts';

/** Empty lines before and white space after it say nothing; the indentation of the first line does. */
export function tidy(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, '').trimEnd();
}

/** Why a text cannot be sent; blank: there is nothing in it, and nothing to be said of it. */
export type TextProblem = { readonly kind: 'blank' } | { readonly kind: 'wrong'; readonly words: string };

export function problemOf(text: string): TextProblem | undefined {
  const code = textRefusal(text);
  switch (code) {
    case undefined:
      return undefined;
    case 'empty':
      return { kind: 'blank' };
    case 'tooLong': {
      const words = `This is too long: ${TEXT_MAX_GRAPHEMES} characters at most${lengthText(text)}. It is kept here; send it in parts.`;
      return { kind: 'wrong', words };
    }
    default:
      return { kind: 'wrong', words: REFUSALS[code].message };
  }
}

/** Beyond this nobody counts on to the end: a pasted book has millions. */
const COUNTED_GRAPHEMES = 5 * TEXT_MAX_GRAPHEMES;

function lengthText(text: string): string {
  const count = countGraphemes(text, COUNTED_GRAPHEMES);
  // Fewer characters than allowed and still too long: they are large ones, and the bytes were too many.
  if (count <= TEXT_MAX_GRAPHEMES) return ', fewer of large ones like emoji';
  return count > COUNTED_GRAPHEMES ? `, and this has more than ${COUNTED_GRAPHEMES}` : `, and this has ${count}`;
}

/** The last lines of a page: before, the number would be noise. */
const TOLD_FROM = 200;
/** Counted at every key: of a pasted book, only that it is far too long. */
const MOST_TOLD = 1_000;
/** What bytes leave room for is told in characters as large as most emoji. */
const LARGE_BYTES = 4;

/** How much more goes into the text, below 0 when it is too long; nothing while there is plenty. */
export function lengthLeft(text: string): { readonly words: string; readonly isOver: boolean } | undefined {
  // A grapheme has at least one code unit, and a unit is at most three bytes: short texts need no counting.
  if (text.length <= TEXT_MAX_GRAPHEMES - TOLD_FROM) return undefined;
  const left = charactersLeft(tidy(text));
  if (left > TOLD_FROM) return undefined;
  if (left >= 0) return { words: `${left} left`, isOver: false };
  return { words: left < -MOST_TOLD ? `More than ${MOST_TOLD} too many` : `${-left} too many`, isOver: true };
}

function charactersLeft(text: string): number {
  const characters = TEXT_MAX_GRAPHEMES - countGraphemes(text, TEXT_MAX_GRAPHEMES + MOST_TOLD);
  return Math.min(characters, Math.floor((TEXT_MAX_BYTES - countBytes(text)) / LARGE_BYTES));
}
