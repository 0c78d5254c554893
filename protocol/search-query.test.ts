import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPOKEN } from './spoken.contract.ts';
import { foldName, isNothing, readQuery } from './search-query.ts';
import { searchQuery } from './search-tokens.ts';

const short = (text: string) => {
  const { words, from, has, before, after } = readQuery(text);
  const day = (time: number) => (Math.abs(time) > 1e15 ? '' : new Date(time).toISOString().slice(0, 10));
  return { words: words.map(({ tokens }) => tokens.join(' ')), from, has, before: day(before), after: day(after) };
};
const NOTHING = { words: [], from: [], has: [], before: '', after: '' };

test('Q2: filters are taken out of the text, wherever they stand', () => {
  expect(short('from:Ada tea has:link before:2026-01-31 AFTER:2026-01-01 time')).toEqual({
    words: ['tea', 'time'],
    from: ['ada'],
    has: ['link'],
    before: '2026-01-31',
    after: '2026-01-02',
  });
});

test('Q2: a name with spaces stands in quotes, and is compared as words are', () => {
  expect(short('from:"Zoë  Öst" x')).toEqual({ ...NOTHING, words: ['x'], from: ['zoe ost'] });
  expect(foldName(' ZOE   öst ')).toBe('zoe ost');
});

test('Q2: what looks like a filter in quotes is a text like others; the wide colon of Chinese is a colon', () => {
  expect(short('"a from:ada" has：pin')).toEqual({ ...NOTHING, words: ['a from ada'], has: ['pin'] });
  expect(short('from：李雷 茶')).toEqual({ ...NOTHING, words: ['茶'], from: ['李雷'] });
});

test('Q2: filters can be without a word; the same twice is once, and of days the nearest count', () => {
  expect(
    short('has:pin has:PIN from:a from:A before:2026-03-01 before:2026-02-01 after:2025-01-01 after:2025-02-01'),
  ).toEqual({
    ...NOTHING,
    from: ['a'],
    has: ['pin'],
    before: '2026-02-01',
    after: '2025-02-02',
  });
});

test.each([
  'has:cheese',
  'in:room',
  'from:',
  'from:""',
  'before:tomorrow',
  'before:2026-02-30',
  'before:2026-2-3',
  'after:99999-01-01',
  'after:',
  'xfrom:ada',
])('Q2: %s is no filter: its words are looked for', (text) => {
  expect(short(text)).toEqual({ ...NOTHING, words: searchQuery(text).map(({ tokens }) => tokens.join(' ')) });
});

test('Q2: where there is neither word nor filter there is nothing to look for', () => {
  for (const text of ['', '  ', '!?', '" "', ':', 'from:']) {
    expect(isNothing(readQuery(text)), text).toBe(text !== 'from:');
  }
  for (const text of ['a', 'has:pin', 'from:a', 'before:2026-01-01', 'after:2026-01-01'])
    expect(isNothing(readQuery(text)), text).toBe(false);
});

test('Q2: any text is read, whatever is in it', () => {
  const part = fc.constantFrom(
    ...Object.values(SPOKEN).flat(),
    'from:',
    'has:',
    '"',
    'before:',
    '2026-01-01',
    ' ',
    ':',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ unit: 'binary' })), { maxLength: 12 }), (parts) => {
      const query = readQuery(parts.join(''));
      expect(query.before).toBeGreaterThan(-1e16);
      expect(query.has.length).toBeLessThanOrEqual(4);
    }),
  );
});
