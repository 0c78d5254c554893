// Loaded when a text first calls an emoji by a name. The names are those that GitHub's users write.
import shortcodes from 'emojibase-data/en/shortcodes/github.json';

const EMOJI: ReadonlyMap<string, string> = new Map(
  Object.entries(shortcodes).flatMap(([codes, names]) => [names].flat().map((name) => [name, emojiOf(codes)] as const)),
);

export function emojiNamed(name: string): string | undefined {
  return EMOJI.get(name);
}

function emojiOf(codes: string): string {
  const emoji = String.fromCodePoint(...codes.split('-').map((code) => Number.parseInt(code, 16)));
  // Some are letters unless they are asked to be pictures: ☎, ❤.
  return /^\p{Emoji}$/u.test(emoji) && !/^\p{Emoji_Presentation}/u.test(emoji) ? `${emoji}\ufe0f` : emoji;
}
