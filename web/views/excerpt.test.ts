import { expect, test } from 'vitest';
import { searchQuery } from '../../protocol/search-tokens.ts';
import { excerptOf } from './excerpt.ts';

const shown = (text: string, query: string) =>
  excerptOf(text, searchQuery(query))
    .map(({ text: piece, isFound }) => (isFound ? `[${piece}]` : piece))
    .join('');

test('the words that were found stand out, in one line', () => {
  expect(shown('The café\n\nis  open', 'cafe op')).toBe('The [café] is [op]en');
  expect(shown('我在北京大学', '大学')).toBe('我在北京[大学]');
  expect(shown('nothing here', 'else')).toBe('nothing here');
});

test('of a long text there is what stands around the first of them', () => {
  const text = `${'before '.repeat(40)}tea ${'after '.repeat(60)}`;
  const line = shown(text, 'tea');
  expect(line.length).toBeLessThan(260);
  expect(line).toMatch(/^… .{40,50}\[tea\] (?:after )+.* …$/u);
});

test('no letter is cut in two', () => {
  const family = '👨‍👩‍👧‍👦';
  const line = shown(`${family.repeat(40)} tea ${family.repeat(40)}`, 'tea');
  expect(line.replaceAll(family, '')).toBe('…  [tea]  …');
});
