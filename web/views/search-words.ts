/** What has all the words that were typed, in any order; what begins with the first of them stands before the rest. */
export function found<Thing extends { readonly words: string }>(
  things: readonly Thing[],
  typed: string,
): readonly Thing[] {
  const sought = folded(typed)
    .split(' ')
    .filter((word) => word !== '');
  const [first = ''] = sought;
  const all = things.flatMap((thing) => {
    const words = folded(thing.words);
    return sought.every((word) => words.includes(word)) ? [{ thing, isBegun: words.startsWith(first) }] : [];
  });
  return [...all.filter(({ isBegun }) => isBegun), ...all.filter(({ isBegun }) => !isBegun)].map(({ thing }) => thing);
}

/** Without case and accents: nobody has every letter on their keyboard. */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}
