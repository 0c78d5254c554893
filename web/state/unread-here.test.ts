import { describe, expect, test } from 'vitest';
import { ada, linus, message, notice, roomOf } from '../views/samples.ts';
import { readOnEntering, unreadHere } from './unread-here.ts';

describe('what one has not read of a room', () => {
  test('L12: are the messages of others after what was read and after what one wrote oneself', () => {
    const lines = [message(1, linus), message(2, linus), notice(3, linus, 'disconnect'), message(4, linus)];
    expect(unreadHere(roomOf(lines), 0)).toBe(3);
    expect(unreadHere(roomOf(lines), 2)).toBe(1);
    expect(unreadHere(roomOf([...lines, message(5, ada), message(6, linus)]), 2)).toBe(1);
  });

  test('L12: is nothing of what is deleted', () => {
    expect(unreadHere(roomOf([message(1, linus, { text: '', deleted: true })]), 0)).toBe(0);
  });

  test('begins where the server said on entering, and is not known before that', () => {
    const lines = [message(1, linus), message(2, linus)];
    expect(readOnEntering(roomOf(lines))).toBe(2);
    expect(readOnEntering(roomOf(lines, { firstUnread: 2 }))).toBe(1);
    expect(readOnEntering(roomOf(lines, { me: undefined }))).toBeUndefined();
  });
});
