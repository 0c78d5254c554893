// Where in a text the words of a query are, for whoever shows what was found.
import { foldText, placedTokens, type QueryPart, standsAt } from './search-tokens.ts';

/** From where to where: of the text as it is written. */
export type Place = readonly [from: number, to: number];

/** In the order of the text, none of them over another. */
export function placesOf(text: string, query: readonly QueryPart[]): readonly Place[] {
  if (query.length === 0) return [];
  const { folded, letterAt } = foldByLetter(text);
  const placed = placedTokens(folded);
  const tokens = placed.map(({ token }) => token);
  const found = query.flatMap((part) =>
    placed.flatMap(({ at }, start): Place[] => {
      if (!standsAt(tokens, start, part)) return [];
      const last = part.tokens.length - 1;
      const ending = placed[start + last];
      const end = (ending?.at ?? 0) + (part.tokens[last]?.length ?? 0);
      return [[letterAt(at)[0], letterAt(end - 1)[1]]];
    }),
  );
  return joined(found);
}

/** The letter with its marks. Those of kana in half width are letters by themselves, and fold together with theirs. */
const LETTER = /\P{M}[\p{M}\uFF9E\uFF9F]*|\p{M}+/gu;

/** `letterAt`: from where to where in the text the letter is that a place of the folded text is in. A fold may be longer, or a part. */
function foldByLetter(text: string): { folded: string; letterAt: (at: number) => Place } {
  const letters: Place[] = [];
  let folded = '';
  for (const { 0: letter, index } of text.matchAll(LETTER)) {
    const fold = foldText(letter);
    folded += fold;
    for (let i = 0; i < fold.length; i += 1) letters.push([index, index + letter.length]);
  }
  return { folded, letterAt: (at) => letters[at] ?? [text.length, text.length] };
}

function joined(places: readonly Place[]): Place[] {
  const all: Place[] = [];
  for (const [from, to] of [...places].sort(([one], [other]) => one - other)) {
    const last = all.at(-1);
    if (last && from <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], to)];
    else if (to > from) all.push([from, to]);
  }
  return all;
}
