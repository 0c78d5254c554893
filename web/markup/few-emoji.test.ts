import { expect, test } from 'vitest';
import { isFewEmoji } from './few-emoji.ts';
import { parse } from './parse.ts';

test.each(['🎉', '👍🏽 👩‍👩‍👧‍👦', '🇩🇪🇫🇷', '1️⃣#️⃣', '❤️', '☝🏽', '🎉\n🎉', '🎉🎉🎉🎉🎉🎉', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])(
  '%s is nothing but a few emoji',
  (text) => {
    expect(isFewEmoji(parse(text))).toBe(true);
  },
);

test.each([
  '',
  'a',
  '🎉 yes',
  '🎉🎉🎉🎉🎉🎉🎉',
  '1',
  '2024',
  '#',
  '©',
  '❤',
  '**🎉**',
  '> 🎉',
  '🎉\n\n🎉',
  '/me 🎉',
  '🎉'.repeat(500),
])('%s is something else', (text) => {
  expect(isFewEmoji(parse(text))).toBe(false);
});

test('an emoji that was called by its name is one', () => {
  expect(isFewEmoji(parse(':tada:', { emoji: () => '🎉' }))).toBe(true);
});
