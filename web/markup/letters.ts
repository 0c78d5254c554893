// What stands beside a mark decides whether it is one.

/** The whole character before `at`, '' at the beginning. */
export function characterBefore(text: string, at: number): string {
  const unit = text.charCodeAt(at - 1);
  const isSecondHalf = unit >= 0xdc00 && unit < 0xe000;
  return text.slice(Math.max(0, at - (isSecondHalf ? 2 : 1)), at);
}

/** The whole character at `at`, '' at the end. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** Nothing counts as space: a mark at an edge has nothing to hold on to there. */
export function isSpace(character: string): boolean {
  const code = character.charCodeAt(0);
  // Most are ASCII, and asked about at every mark: no expression is as fast.
  return code < 0x80 ? code === 0x20 || (code >= 0x09 && code <= 0x0d) : character === '' || /^\s/u.test(character);
}

export function isDigit(character: string): boolean {
  return /^\d/u.test(character);
}

/** Scripts that put no spaces between words: there a word ends wherever a mark stands. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc]/u;

/** A letter or digit of a word that goes on until there is something else, as in snake_case. */
export function isWordLetter(character: string): boolean {
  if (character.charCodeAt(0) < 0x80) return /^\w/.test(character);
  return /^[\p{L}\p{N}\p{M}_]/u.test(character) && !UNSPACED.test(character);
}
