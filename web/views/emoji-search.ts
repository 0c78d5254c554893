// What the picker of emoji shows. All names are English, as Unicode has them.
import { EMOJI } from 'virtual:emoji-list';

export interface Emoji {
  readonly emoji: string;
  readonly label: string;
  /** Its skin can be chosen. */
  readonly hasTones: boolean;
}

export interface Category {
  readonly name: string;
  /** One of its emoji stands for it. */
  readonly sign: string;
  readonly group: number;
}

export const CATEGORIES: readonly Category[] = [
  { name: 'Smileys', sign: '😀', group: 0 },
  { name: 'People', sign: '👋', group: 1 },
  { name: 'Animals and nature', sign: '🐻', group: 3 },
  { name: 'Food and drink', sign: '🍎', group: 4 },
  { name: 'Travel and places', sign: '✈️', group: 5 },
  { name: 'Activities', sign: '⚽', group: 6 },
  { name: 'Objects', sign: '💡', group: 7 },
  { name: 'Symbols', sign: '🔣', group: 8 },
  { name: 'Flags', sign: '🏁', group: 9 },
];

/** More are on no screen, and each is a button. */
const MOST_FOUND = 100;

export function emojiIn(group: number): readonly Emoji[] {
  return EMOJI.filter((row) => row[3] === group).map(emojiOf);
}

/** Those for which every word begins one of theirs; those that are called so come first. */
export function emojiFound(words: string): readonly Emoji[] {
  const wanted = wordsOf(words);
  if (wanted.length === 0) return [];
  const named = EMOJI.filter(([, label]) => isMeant(wanted, wordsOf(label)));
  const others = EMOJI.filter((row) => !named.includes(row) && isMeant(wanted, wordsOf(`${row[1]} ${row[2]}`)));
  return [...named, ...others].slice(0, MOST_FOUND).map(emojiOf);
}

/** What is kept of it is what was sent: its name is found all the same. */
export function emojiNamed(emoji: string): Emoji {
  const plain = emoji.replace(TONE, '');
  const row = EMOJI.find((one) => one[0] === emoji || one[0].replace(/\uFE0F/gu, '') === plain.replace(/\uFE0F/gu, ''));
  return { emoji, label: row?.[1] ?? emoji, hasTones: false };
}

const TONE = /\p{Emoji_Modifier}/gu;
const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

/** In the skin that is chosen, wherever there is one to be seen. */
export function inTone({ emoji, hasTones }: Emoji, tone: number): string {
  const skin = TONES[tone] ?? '';
  if (!hasTones || skin === '') return emoji;
  // A modifier takes the place of what asks for a picture.
  return emoji.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/gu, `$1${skin}`);
}

function emojiOf([emoji, label, , , tones]: (typeof EMOJI)[number]): Emoji {
  return { emoji, label, hasTones: tones === 1 };
}

function isMeant(wanted: readonly string[], words: readonly string[]): boolean {
  return wanted.every((want) => words.some((word) => word.startsWith(want)));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
