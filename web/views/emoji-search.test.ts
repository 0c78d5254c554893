import { describe, expect, test } from 'vitest';
import { CATEGORIES, emojiFound, emojiIn, emojiNamed, inTone } from './emoji-search.ts';

const found = (words: string) => emojiFound(words).map(({ emoji }) => emoji);

describe('the search for an emoji', () => {
  test('finds it by the beginnings of its words, and first those that are called so', () => {
    expect(found('thumbs up')[0]).toBe('👍');
    expect(found('tada')[0]).toBe('🎉');
    expect(found('RED HEA')).toContain('❤️');
    expect(found('cat')[0]).toMatch(/🐈|🐱|😺/u);
  });

  test('finds nothing for nothing, and never more than a screen', () => {
    expect(found('  ')).toEqual([]);
    expect(found('qqqq')).toEqual([]);
    expect(found('a')).toHaveLength(100);
  });
});

test('every category has emoji, and each is written in one way', () => {
  for (const { group, sign } of CATEGORIES) {
    expect(emojiIn(group).length).toBeGreaterThan(50);
    expect(emojiIn(group).map(({ emoji }) => emoji)).toContain(sign);
  }
  const all = CATEGORIES.flatMap(({ group }) => emojiIn(group)).map(({ emoji }) => emoji);
  expect(new Set(all.map((emoji) => emoji.replace(/\uFE0F/gu, ''))).size).toBe(all.length);
});

test('a skin tone is put on every person in it, and on nothing else', () => {
  const first = (words: string, tone: number) =>
    emojiFound(words)
      .slice(0, 1)
      .map((one) => inTone(one, tone));
  expect(first('waving hand', 5)).toEqual(['👋🏿']);
  expect(first('waving hand', 0)).toEqual(['👋']);
  expect(first('family man boy', 3)).toEqual(first('family man boy', 0));
  expect(inTone({ emoji: '✌️', label: '', hasTones: true }, 1)).toBe('✌🏻');
  expect(emojiNamed('👋🏿').label).toBe('waving hand');
});
