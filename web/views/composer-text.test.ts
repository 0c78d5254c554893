import { describe, expect, test } from 'vitest';
import { textRefusal } from '../../protocol/text.ts';
import { lengthLeft, problemOf, tidy } from './composer-text.ts';

test('neither the empty lines around a text are sent nor is anything changed within', () => {
  expect(tidy('\n  \n    if (x) {\n\n    }\n\n ')).toBe('    if (x) {\n\n    }');
  expect(tidy('  two spaces')).toBe('  two spaces');
  expect(tidy(' \n\t ')).toBe('');
});

describe('how much more goes into a text', () => {
  test.each([
    ['nothing', '', undefined],
    ['far from the limit', 'x'.repeat(3_800), undefined],
    ['near it', 'x'.repeat(3_801), '199 left'],
    ['at it', 'x'.repeat(4_000), '0 left'],
    ['beyond it', 'x'.repeat(4_012), '12 too many'],
    ['a book', 'x'.repeat(1_000_000), 'More than 1000 too many'],
    ['white space behind it does not count', `${'x'.repeat(4_000)}\n\n\n`, '0 left'],
    ['letters of several code points', 'e\u0301'.repeat(3_990), '10 left'],
    ['large characters, of which fewer go', '👩‍👩‍👧‍👦'.repeat(655), '2 left'],
    ['too many of them', '👩‍👩‍👧‍👦'.repeat(700), '279 too many'],
  ])('R6: %s', (_, text, words) => {
    expect(lengthLeft(text)?.words).toBe(words);
  });

  test('R6: says too many exactly when the text cannot be sent for its length', () => {
    for (const piece of ['x', 'é', '中', '👍', '👩‍👩‍👧‍👦']) {
      for (const count of [600, 655, 656, 3_999, 4_000, 4_001, 4_096, 4_097]) {
        const text = piece.repeat(count);
        expect(lengthLeft(text)?.isOver ?? false, `${count} ${piece}`).toBe(textRefusal(text) === 'tooLong');
      }
    }
  });
});

test('R6: what is wrong is said in words, and what is blank is not worth a word', () => {
  expect(problemOf('hello')).toBeUndefined();
  for (const blank of ['', ' \u200b', '\u2800']) expect(problemOf(blank)).toEqual({ kind: 'blank' });
  expect(problemOf('x'.repeat(4_001))).toMatchObject({ words: expect.stringContaining('and this has 4001') });
  expect(problemOf('x'.repeat(9_000_000))).toMatchObject({ words: expect.stringContaining('more than 20000') });
  expect(problemOf('half \ud83d')).toMatchObject({ words: expect.stringContaining('half a character') });
});
