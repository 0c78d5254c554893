// Loaded when a text first calls an emoji by a name. The names are those that GitHub's users write.
import shortcodes from 'emojibase-data/en/shortcodes/github.json';

const EMOJI: ReadonlyMap<string, string> = new Map(
  Object.entries(shortcodes).flatMap(([codes, names]) => [names].flat().map((name) => [name, emojiOf(codes)] as const)),
);

export function emojiNamed(name: string): string | undefined {
  return EMOJI.get(name);
}

/** Names that hold these letters: those that begin with them first, of these the shorter ones; each emoji once. */
export function emojiCalled(letters: string, most: number): readonly (readonly [name: string, emoji: string])[] {
  const found = [...EMOJI].filter(([name]) => name.includes(letters));
  const rank = ([name]: readonly [string, string]): number => (name.startsWith(letters) ? 0 : 1_000) + name.length;
  const seen = new Set<string>();
  return found
    .toSorted((one, other) => rank(one) - rank(other))
    .filter(([, emoji]) => !seen.has(emoji) && seen.add(emoji))
    .slice(0, most);
}

function emojiOf(codes: string): string {
  const emoji = String.fromCodePoint(...codes.split('-').map((code) => Number.parseInt(code, 16)));
  // Some are letters unless they are asked to be pictures: ☎, ❤.
  return /^\p{Emoji}$/u.test(emoji) && !/^\p{Emoji_Presentation}/u.test(emoji) ? `${emoji}\ufe0f` : emoji;
}
