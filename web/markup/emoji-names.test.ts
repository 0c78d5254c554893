import shortcodes from 'emojibase-data/en/shortcodes/github.json';
import { expect, test } from 'vitest';
import { isEmoji } from '../../protocol/text.ts';
import { emojiNamed } from './emoji-names.ts';
import { isFewEmoji } from './few-emoji.ts';
import { parse } from './parse.ts';

test.each([
  ['tada', '🎉'],
  ['+1', '👍'],
  ['thumbsup', '👍'],
  ['heart', '❤️'],
  ['family_man_woman_girl_boy', '👨‍👩‍👧‍👦'],
  ['de', '🇩🇪'],
  ['one', '1️⃣'],
])('%s is %s', (name, emoji) => {
  expect(emojiNamed(name)).toBe(emoji);
});

test('what has no such name is nothing', () => {
  for (const name of ['constructor', '__proto__', 'nonsense', '']) expect(emojiNamed(name)).toBeUndefined();
});

test('every name can be written between two colons, and gives one picture', () => {
  const names = Object.values(shortcodes).flat();
  expect(names.length).toBeGreaterThan(1_800);
  for (const name of names) {
    expect(isEmoji(emojiNamed(name) ?? ''), name).toBe(true);
    expect(isFewEmoji(parse(`:${name}:`, { emoji: emojiNamed })), name).toBe(true);
  }
});
