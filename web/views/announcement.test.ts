import { describe, expect, test } from 'vitest';
import { announcement, failureAnnouncement } from './announcement.ts';
import { ada, linus, message, notice, waiting } from './samples.ts';

const failed = { state: { kind: 'failed', code: 'forbidden', message: 'This is not yours to do.' } } as const;

describe('what is said aloud', () => {
  test('what others said and who came, not what oneself said and not what was there before', () => {
    const lines = [
      message(1, linus),
      message(2, ada),
      message(3, linus, { text: 'hello' }),
      notice(4, linus, 'disconnect'),
    ];
    expect(announcement(lines, 1, ada)).toBe('Linus: hello Linus left.');
    expect(announcement(lines, 4, ada)).toBe('');
  });

  test('of a burst, only how many and from whom', () => {
    const lines = [1, 2, 3, 4].map((seq) => message(seq, linus));
    expect(announcement(lines.slice(0, 3), 0, ada)).toBe('Linus: text 1 Linus: text 2 Linus: text 3');
    expect(announcement(lines, 0, ada)).toBe('4 new messages from Linus.');
  });

  test('of what mentions one alone, where that is wanted', () => {
    const lines = [
      message(1, linus, { text: 'hello all' }),
      message(2, linus, { text: 'hello @Ada', mentions: [ada] }),
      notice(3, linus, 'disconnect'),
    ];
    expect(announcement(lines, 0, ada, 'mentions')).toBe('Linus: hello @Ada');
    expect(announcement(lines, 2, ada, 'mentions')).toBe('');
  });

  test('what was said without its marks, and nothing that is not to be known unasked', () => {
    const say = (text: string) => announcement([message(1, linus, { text })], 0, ada);
    expect(say('**so** it ||was||\n- `a`')).toBe('Linus: so it (spoiler)\na');
    expect(say('/me waves')).toBe('Linus waves');
  });

  test('nothing of a message that is deleted already', () => {
    expect(announcement([message(1, linus, { text: '', deleted: true })], 0, ada)).toBe('');
  });

  test('a message that was not taken, once, with its reason', () => {
    const before = [waiting('a')];
    const after = [waiting('a', failed)];
    expect(failureAnnouncement(before, after)).toBe('Not sent. This is not yours to do.');
    expect(failureAnnouncement(after, [...after])).toBe('');
    expect(failureAnnouncement(before, [waiting('a', failed), waiting('b', failed)])).toBe(
      'Not sent. This is not yours to do.',
    );
  });
});
