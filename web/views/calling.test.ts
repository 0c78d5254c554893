import { describe, expect, test } from 'vitest';
import { callText } from './calling.ts';
import { ada, linus, message } from './samples.ts';

describe('point 25: what a notification says', () => {
  const last = message(1, linus, { text: '**hello** ||secret||\nyou' });

  test('is who wrote what, in one line, without marks, and nothing that is veiled', () => {
    expect(callText({ count: 1, mentions: 0, last }, true)).toBe('Linus: hello (spoiler) you');
    expect(callText({ count: 1, mentions: 0, last: message(1, linus, { text: '/me waves' }) }, true)).toBe(
      'Linus waves',
    );
  });

  test('is how many and the newest, of a burst', () => {
    expect(callText({ count: 4, mentions: 1, last }, true)).toBe('4 new messages. Linus: hello (spoiler) you');
  });

  test('is nothing of what was written, where that is wanted', () => {
    expect(callText({ count: 1, mentions: 0, last }, false)).toBe('Linus has written.');
    expect(callText({ count: 1, mentions: 1, last: { ...last, mentions: [ada] } }, false)).toBe('Linus mentions you.');
    expect(callText({ count: 3, mentions: 1, last }, false)).toBe('3 new messages. You are mentioned.');
  });

  test('is what is known of a room that is not open', () => {
    expect(callText({ count: 1, mentions: 1, last: undefined }, true)).toBe('Somebody mentions you.');
    expect(callText({ count: 2, mentions: 0, last: undefined }, true)).toBe('2 new messages.');
  });
});
