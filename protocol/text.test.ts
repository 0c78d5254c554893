import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countBytes, countGraphemes, isEmoji, textRefusal, tidyTopic, topicRefusal } from './text.ts';

describe('R6: a message’s text', () => {
  test.each(['hello', ' x ', 'نص', '😀', '\u200dx', 'a\nb', '  code'])('may be %j', (text) => {
    expect(textRefusal(text)).toBeUndefined();
  });

  test.each(['', ' ', '\n\n', '\u200b', '\u3164', '\u2800', '\u00ad\ufeff', '\u202e'])(
    'that shows nothing is empty (%j)',
    (text) => {
      expect(textRefusal(text)).toBe('empty');
    },
  );

  test.each(['a\u0000', '\ud800', 'a\udc00b', '\udc00\ud800'])('that a store cannot keep is refused (%j)', (text) => {
    expect(textRefusal(text)).toBe('unreadable');
  });

  test('has 4,000 graphemes at most', () => {
    expect(textRefusal('a'.repeat(4_000))).toBeUndefined();
    expect(textRefusal('a'.repeat(4_001))).toBe('tooLong');
    expect(textRefusal('😀'.repeat(4_000))).toBeUndefined();
  });

  test('has 16 kB at most', () => {
    expect(textRefusal(`a${'\u0301'.repeat(8_191)}`)).toBeUndefined();
    expect(textRefusal(`a${'\u0301'.repeat(8_192)}`)).toBe('tooLong');
    expect(textRefusal('a'.repeat(10_000_000))).toBe('tooLong');
  });
});

test('bytes are counted as UTF-8 has them', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => countBytes(text) === Buffer.byteLength(text)));
  for (const text of ['\ud800', '\ud800a', '\udc00\ud800', 'a\ud83d\ude00\ud83d'])
    expect(countBytes(text)).toBe(Buffer.byteLength(text));
});

test('graphemes are counted up to one more than asked for', () => {
  expect(countGraphemes('👩‍👩‍👧‍👦é🇩🇪', 10)).toBe(3);
  expect(countGraphemes('aaaa', 2)).toBe(3);
  expect(countGraphemes('a'.repeat(10_000_000), 2)).toBe(3);
});

test('graphemes are counted in pieces as they are in the whole', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const inWhole = (text: string) => [...segmenter.segment(text)].length;
  // Flags pair up, jamo and conjuncts join, marks and families go on and on: each is wrong when it is cut in two.
  const pieces = [
    'a',
    '\r\n',
    '\n',
    '🇩',
    '🇪',
    '👩‍',
    '👩',
    '👍🏽',
    'e\u0301',
    '\u0301',
    'ᄒ',
    'ᅡ',
    'ᆫ',
    'क',
    '्',
    'ष',
    '\ud83d',
    '中',
  ];
  const run = fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 600 }));
  const texts = fc
    .array(run, { maxLength: 8 })
    .map((runs) => runs.map(([piece, times]) => piece.repeat(times)).join(''));
  const mixed = fc.array(fc.constantFrom(...pieces), { maxLength: 1_000 }).map((some) => some.join(''));
  fc.assert(fc.property(fc.oneof(texts, mixed), (text) => countGraphemes(text, 100_000) === inWhole(text)));
});

test.each(['👍', '👍🏽', '❤️', '👩‍👩‍👧‍👦', '🇩🇪', '1️⃣', '©️'])('%s is a reaction', (emoji) => {
  expect(isEmoji(emoji)).toBe(true);
});

test.each(['', 'a', 'ok', '👍👍', '1', ' ', '\ud83d', 'é', '👍a'])('%j is no reaction', (text) => {
  expect(isEmoji(text)).toBe(false);
});

test('a topic is one line, and one that shows nothing is none', () => {
  expect(tidyTopic(' a\r\n b\u00a0\tc ')).toBe('a b c');
  expect(tidyTopic('\u200b \u2060')).toBe('');
  expect(topicRefusal('')).toBeUndefined();
});
