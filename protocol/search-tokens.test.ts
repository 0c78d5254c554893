import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPOKEN } from './spoken.contract.ts';
import { foldText, holdsAll, searchQuery, searchTokens } from './search-tokens.ts';

function finds(query: string, text: string): boolean {
  return holdsAll(searchTokens(text), searchQuery(query));
}

test('words between spaces are tokens, a run without spaces is pairs and its last character', () => {
  expect(searchTokens('Tea, at 9!')).toEqual(['tea', 'at', '9']);
  expect(searchTokens('北京大学 bot')).toEqual(['北京', '京大', '大学', '学', 'bot']);
  expect(searchTokens('用Python写')).toEqual(['用', 'python', '写']);
  expect(searchTokens('!? …')).toEqual([]);
});

test('what people leave out when they type makes no difference', () => {
  const alike = [
    ['CAFÉ', 'cafe'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['ﬁne', 'fine'],
    ['Ёлка', 'елка'],
    ['ΘΆΛΑΣΣΑΣ', 'θαλασσας'],
    ['اِجْتَمَعَ', 'اجتمع'],
    ['בְּרֵאשִׁית', 'בראשית'],
    ['ﾃﾞｰﾀ', 'データ'],
    ['Æsir', 'aesir'],
    ['İstanbul', 'istanbul'],
  ] as const;
  for (const [written, typed] of alike) expect(foldText(written), written).toBe(foldText(typed));
});

test('a vowel sign is not a mark that may be left out', () => {
  expect(foldText('की')).not.toBe(foldText('का'));
  expect(finds('दिल्ली', 'कल हम दिल्ली जा रहे हैं')).toBe(true);
  expect(finds('दल्ली', 'कल हम दिल्ली जा रहे हैं')).toBe(false);
});

test('Q3: a word is found by its beginning, of two letters at least, in every script that puts spaces between words', () => {
  const spaced = ['latin', 'cyrillic', 'greek', 'arabic', 'hebrew', 'devanagari'] as const;
  for (const text of spaced.flatMap((script) => SPOKEN[script]))
    for (const word of foldText(text).split(' '))
      for (let end = 2; end <= word.length; end += 1) expect(finds(word.slice(0, end), text), text).toBe(true);
  expect(finds('teap', 'a teapot')).toBe(true);
  expect(finds('pot', 'a teapot')).toBe(false);
  expect(finds('t', 'a teapot')).toBe(false);
  expect(finds('a', 'a teapot')).toBe(true);
  expect(finds('teapots', 'a teapot')).toBe(false);
});

test('Q3: what stands in quotes is found as it stands there: whole words, one after the other', () => {
  const text = 'Tea at nine, 我在北京大学 and no sugar';
  for (const query of [
    '"tea"',
    '"TEA at  nine"',
    '“at nine”',
    '"北京"',
    '"nine 我在北京大学 and"',
    '"nine 我',
    'no "at nine" te',
  ])
    expect(finds(query, text), query).toBe(true);
  for (const query of ['"te"', '"nine at"', '"tea nine"', '"北京 and"', '"at nin', 'sug "no su"'])
    expect(finds(query, text), query).toBe(false);
  expect(searchQuery('" "')).toEqual([]);
});

test('any part of a run without spaces finds it, one character as well', () => {
  for (const text of [...SPOKEN.han, ...SPOKEN.japanese, ...SPOKEN.thai, ...SPOKEN.hangul, ...SPOKEN.khmer]) {
    for (const word of foldText(text).split(/[^\p{L}\p{M}\p{N}]+/u)) {
      const characters = Array.from(word);
      for (const [start, character] of characters.entries()) {
        // A mark alone is no character to look for.
        if (/\p{M}/u.test(character)) continue;
        for (const length of [1, 2, 3])
          expect(finds(characters.slice(start, start + length).join(''), text), text).toBe(true);
      }
    }
  }
  expect(finds('大京', '北京大学')).toBe(false);
  expect(finds('京学', '北京大学')).toBe(false);
});

test('every text is found by itself, and tokens are as an index expects them', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(...Object.values(SPOKEN).flat()),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 4 }), (parts) => {
      const text = parts.join(' ');
      const tokens = searchTokens(text);
      if (tokens.length > 0) expect(holdsAll(tokens, searchQuery(text))).toBe(true);
      // The index splits at ASCII signs and folds ASCII capitals: neither may be there.
      for (const token of tokens) expect(token).toMatch(/^[a-z0-9\u0080-\u{10ffff}]+$/u);
    }),
    { numRuns: 300 },
  );
});

test('a token ends after 64 characters, and a query costs no more than its bounds', () => {
  const long = 'x'.repeat(16_000);
  expect(searchTokens(long)).toEqual(['x'.repeat(64)]);
  expect(finds(long, long)).toBe(true);
  expect(searchTokens('𝒳'.repeat(5_000))).toEqual(['x'.repeat(64)]);
  expect(searchQuery('w '.repeat(1_000))).toHaveLength(16);
  for (const long of ['漢'.repeat(5_000), `"${'漢 w '.repeat(5_000)}"`])
    expect(searchQuery(long).map(({ tokens }) => tokens.length)).toEqual([64]);
});
