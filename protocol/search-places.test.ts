import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placesOf } from './search-places.ts';
import { holdsAll, searchQuery, searchTokens } from './search-tokens.ts';
import { SPOKEN } from './spoken.contract.ts';

const marked = (query: string, text: string) =>
  placesOf(text, searchQuery(query)).map(([from, to]) => text.slice(from, to));

test('Q3: the letters that were asked for are shown as they are written', () => {
  expect(marked('cafe', 'The café, the CAFETERIA and decaf')).toEqual(['café', 'CAFE']);
  expect(marked('strasse ges', 'Die Straße ist gesperrt')).toEqual(['Straße', 'ges']);
  expect(marked('دردشة', 'في غرفة الدُّرْدشة دُرْدَشَة')).toEqual(['دُرْدَشَة']);
  expect(marked('大学', '我在北京大学, 大学')).toEqual(['大学', '大学']);
  expect(marked('データ', 'ﾃﾞｰﾀﾍﾞｰｽ')).toEqual(['ﾃﾞｰﾀ']);
  expect(marked('京', '東京と京都')).toEqual(['京', '京']);
  expect(marked('"at nine"', 'nine at nine, at  nine')).toEqual(['at nine', 'at  nine']);
  expect(marked('a', 'a bar')).toEqual(['a']);
});

test('Q3: what is found in a text has a place in it, and places stand one after the other', () => {
  const texts = Object.values(SPOKEN).flat();
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.constantFrom(...texts),
      fc.nat(20),
      fc.nat(9),
      (text, other, from, length) => {
        const query = searchQuery(
          Array.from(other)
            .slice(from, from + length)
            .join(''),
        );
        const places = placesOf(text, query);
        expect(places.length > 0).toBe(query.some((part) => holdsAll(searchTokens(text), [part])));
        expect(places.flat()).toEqual(places.flat().toSorted((one, next) => one - next));
        for (const [start, end] of places) expect(end).toBeGreaterThan(start);
      },
    ),
    { numRuns: 500 },
  );
});
