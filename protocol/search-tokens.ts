// One method for all engines and scripts (design: "Search"). Words of scripts that put spaces between them are tokens; a run
// of a script that does not becomes overlapping pairs of characters and its last one. Linear in the text's length.

/** Nobody looks for more of a word; a text without spaces must not make one huge token. */
const TOKEN_MAX_CHARACTERS = 64;
/** Bounds on what one query can cost: its words, and the characters of one that has no spaces. */
const QUERY_MAX_PARTS = 16;
const QUERY_PART_MAX_TOKENS = 64;
/** As typed on any keyboard; an end that is missing is the text's. */
const QUOTED = /["“”„«»]/u;

/** Tokens that stand one after the other; with `prefix`, the last may go on: words are found by their beginning. */
export interface QueryPart {
  readonly tokens: readonly string[];
  readonly prefix: boolean;
}

const DENSE =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Bopomofo}\\p{Script=Tibetan}ー々〆';
const WORD = '[\\p{L}\\p{N}\\p{M}\\p{So}]';
const DENSE_CHARACTER = `(?=${WORD})[${DENSE}]`;
const SPACED_CHARACTER = `(?![${DENSE}])${WORD}`;
/** A mark belongs to the run it stands in, whatever its own script. */
const RUN = new RegExp(
  `(${DENSE_CHARACTER}(?:\\p{M}|${DENSE_CHARACTER})*)|${SPACED_CHARACTER}(?:\\p{M}|${SPACED_CHARACTER})*`,
  'gu',
);

/** Marks that people leave out when they type; elsewhere (Devanagari, Thai …) a mark is a vowel. */
const OPTIONAL_MARKS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])[\p{Mn}\u0640]+/gu;
const SPELLED_OUT = new Map([
  ['ß', 'ss'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);
const HAS_SPELLING = /[ßøłđðþħæœıς]/gu;
const PLAIN = /^[\0-\x7f]*$/;

export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(OPTIONAL_MARKS, '$1')
    .replace(HAS_SPELLING, (letter) => SPELLED_OUT.get(letter) ?? letter)
    .normalize('NFC');
}

/** The tokens of a text, in its order. None holds white space, an ASCII capital or a sign of ASCII. */
export function searchTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const [run, dense] of foldText(text).matchAll(RUN)) {
    if (dense === undefined) tokens.push(cut(run));
    else for (const token of pairs(dense, true)) tokens.push(token);
  }
  return tokens;
}

/** What a message must hold; empty when there is no word in `text`. What stands in quotes is held as it stands there. */
export function searchQuery(text: string): QueryPart[] {
  const parts = foldText(text)
    .split(QUOTED)
    .flatMap((piece, i) => (i % 2 === 1 ? phrase(piece) : words(piece)));
  return parts.slice(0, QUERY_MAX_PARTS);
}

function words(text: string): QueryPart[] {
  return runs(text, QUERY_MAX_PARTS).map(({ run, isDense }) => {
    if (isDense) return densePart(run);
    // One letter begins a part of all words, and hardly ever the one that is meant.
    return { tokens: [cut(run)], prefix: run.length > 1 };
  });
}

function phrase(text: string): QueryPart[] {
  const said = runs(text, QUERY_PART_MAX_TOKENS);
  const last = said.pop();
  if (last === undefined) return [];
  const before = said.flatMap(({ run, isDense }) => (isDense ? pairs(run, true) : [cut(run)]));
  const end = last.isDense ? densePart(last.run) : { tokens: [cut(last.run)], prefix: false };
  const tokens = [...before, ...end.tokens].slice(0, QUERY_PART_MAX_TOKENS);
  return [{ tokens, prefix: end.prefix }];
}

function runs(folded: string, most: number): { run: string; isDense: boolean; at: number }[] {
  const found = [];
  for (const { 0: run, 1: dense, index } of folded.matchAll(RUN)) {
    if (found.length === most) break;
    found.push({ run, isDense: dense !== undefined, at: index });
  }
  return found;
}

/** The tokens of a folded text, each with where it begins there. */
export function placedTokens(folded: string): { token: string; at: number }[] {
  return runs(folded, Infinity).flatMap(({ run, isDense, at }) => {
    if (!isDense) return [{ token: cut(run), at }];
    let next = at;
    const begins = Array.from(run, (character) => (next += character.length) - character.length);
    return pairs(run, true).map((token, nth) => ({ token, at: begins[nth] ?? at }));
  });
}

/** What an index does, done by hand: for the engine that has none, and to test those that have one. */
export function holdsAll(tokens: readonly string[], query: readonly QueryPart[]): boolean {
  return query.length > 0 && query.every((part) => tokens.some((_, start) => standsAt(tokens, start, part)));
}

/** Whether a part of a query stands there, beginning with this token. */
export function standsAt(tokens: readonly string[], start: number, part: QueryPart): boolean {
  const last = part.tokens.length - 1;
  return part.tokens.every((token, i) => {
    const found = tokens[start + i];
    return found === token || (part.prefix && i === last && found !== undefined && found.startsWith(token));
  });
}

function densePart(run: string): QueryPart {
  const tokens = pairs(run, false).slice(0, QUERY_PART_MAX_TOKENS);
  return tokens.length > 0 ? { tokens, prefix: false } : { tokens: [run], prefix: true };
}

function pairs(run: string, withLast: boolean): string[] {
  const characters = Array.from(run);
  const tokens = characters.slice(1).map((second, i) => `${characters[i]}${second}`);
  const last = characters.at(-1);
  if (withLast && last !== undefined) tokens.push(last);
  return tokens;
}

function cut(word: string): string {
  return word.length <= TOKEN_MAX_CHARACTERS ? word : Array.from(word).slice(0, TOKEN_MAX_CHARACTERS).join('');
}
