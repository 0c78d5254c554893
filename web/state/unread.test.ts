import { describe, expect, it } from 'vitest';
import type { RoomState } from './room-state.ts';
import { received, trimmed } from './timeline.ts';
import { deletion, edit, entered, lin, message } from './timeline-samples.ts';
import { firstUnreadAfter, newestOwnSeq, unreadOf } from './unread.ts';

const byLin = (seq: number) => ({ ...message(seq), by: lin });
/** 1, 4 and 7 are one's own. */
const room = (): RoomState =>
  entered(...Array.from({ length: 9 }, (_, i) => (i % 3 === 0 ? message(i + 1) : byLin(i + 1))));

describe('what is unread', () => {
  it('point 12, L12: begins with the first undeleted message of others after what was read', () => {
    const state = received(room(), deletion(10, 5));
    expect([1, 3, 4, 8, 9, 10].map((read) => firstUnreadAfter(state, read))).toEqual([
      2,
      6,
      6,
      9,
      undefined,
      undefined,
    ]);
  });

  it('point 12: begins where it is said to where that is not in memory', () => {
    const state = trimmed(room(), { from: 6, to: 9 }, 4);
    expect([firstUnreadAfter(state, 2), firstUnreadAfter(state, 5)]).toEqual([3, 6]);
    const up = trimmed(room(), { from: 1, to: 3 }, 3);
    expect([firstUnreadAfter(up, 1), firstUnreadAfter(up, 5)]).toEqual([2, 6]);
  });

  it('is counted with the time of the first, where all of it is in memory', () => {
    expect(unreadOf(room(), 3)).toEqual({ from: 3, count: 5, since: 1_003 });
    expect(unreadOf(trimmed(room(), { from: 6, to: 9 }, 4), 3)).toEqual({
      from: 3,
      count: undefined,
      since: undefined,
    });
  });

  it('L12: ends with what one writes oneself, on whatever device', () => {
    const state = { ...room(), firstUnread: 5 };
    expect(received(state, byLin(10)).firstUnread).toBe(5);
    expect(received(state, edit(10, 4, 'better')).firstUnread).toBe(5);
    expect(received(state, message(10)).firstUnread).toBeUndefined();
    expect(newestOwnSeq(received(state, message(10)))).toBe(10);
  });
});
