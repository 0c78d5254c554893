import { describe, expect, test } from 'vitest';
import type { RoomState } from '../state/room-state.ts';
import type { MemberId } from '../../protocol/ids.ts';
import { type Row, rowsOf } from './rows.ts';
import { ada, linus, message, NOON, notice, roomOf, waiting } from './samples.ts';

const MINUTE = 60_000;

function kinds(rows: readonly Row[]): string[] {
  return rows.map((row) => ('first' in row && row.first ? `${row.kind} under a name` : row.kind));
}

describe('rows', () => {
  test('point 15: messages of one person within five minutes stand under one name', () => {
    const lines = [
      message(1, ada, { at: NOON }),
      message(2, ada, { at: NOON + 4 * MINUTE }),
      message(3, ada, { at: NOON + 9 * MINUTE }),
      message(4, linus, { at: NOON + 9 * MINUTE }),
    ];
    const named = 'message under a name';
    expect(kinds(rowsOf(roomOf(lines), [], ada))).toEqual(['day', named, 'message', named, named]);
  });

  test('what is said by whom one ignores is one row, however much it is', () => {
    const lines = [message(1, linus), message(2, linus), message(3, ada), message(4, linus)];
    const rows = rowsOf(roomOf(lines), [], ada, [linus]);
    expect(kinds(rows)).toEqual(['day', 'ignored', 'message under a name', 'ignored']);
    expect(rows[1]).toMatchObject({ key: 'c1', from: 1, to: 2 });
  });

  test('a notice, a new day and a new name each begin a new group', () => {
    const lines = [
      message(1, ada, { at: NOON }),
      notice(2, linus, 'connect'),
      message(3, ada, { at: NOON + 1 }),
      message(4, { ...ada, name: 'Countess' }, { at: NOON + 2 }),
      message(5, { ...ada, name: 'Countess' }, { at: NOON + 24 * 60 * MINUTE }),
    ];
    const named = 'message under a name';
    expect(kinds(rowsOf(roomOf(lines), [], ada))).toEqual(['day', named, 'notices', named, named, 'day', named]);
  });

  test('what somebody does stands under no name, and what they say then begins a new group', () => {
    const lines = [
      message(1, ada),
      message(2, ada, { text: '/me waves' }),
      message(3, ada),
      message(4, ada, { text: '/me goes' }),
    ];
    const pending = [waiting('a', { since: NOON + 5_000, text: '/me is gone' }), waiting('b', { since: NOON + 6_000 })];
    const named = 'message under a name';
    expect(kinds(rowsOf(roomOf(lines), pending, ada))).toEqual([
      'day',
      named,
      'message',
      named,
      'message',
      'pending under a name',
      'pending under a name',
    ]);
  });

  test('a day is named once, and by the same key whichever entry of it is the oldest that is loaded', () => {
    const lines = [message(1, ada), message(2, linus), message(3, ada)];
    const days = (rows: readonly Row[]): string[] => rows.filter(({ kind }) => kind === 'day').map(({ key }) => key);
    expect(days(rowsOf(roomOf(lines), [], ada))).toHaveLength(1);
    expect(days(rowsOf(roomOf(lines), [], ada))).toEqual(days(rowsOf(roomOf(lines.slice(2)), [], ada)));
  });

  test('order is that of the log, whatever the clocks said', () => {
    const lines = [message(1, ada, { at: NOON + 2 * MINUTE }), message(2, linus, { at: NOON })];
    expect(
      rowsOf(roomOf(lines), [], ada)
        .map(({ key }) => key)
        .slice(1),
    ).toEqual(['c1', 'c2']);
  });

  test('S5: a pending message stands below the lines, under the key that its entry will have', () => {
    const before = rowsOf(roomOf([message(1, ada)]), [waiting('c2')], ada);
    const after = rowsOf(roomOf([message(1, ada), message(2, ada)]), [], ada);
    expect(before.map(({ key }) => key)).toEqual(after.map(({ key }) => key));
    expect(kinds(before)).toEqual(['day', 'message under a name', 'pending']);
  });

  test('one knows one’s own messages', () => {
    const own = rowsOf(roomOf([message(1, ada), message(2, linus)]), [], ada).flatMap((row) =>
      row.kind === 'message' ? [row.own] : [],
    );
    expect(own).toEqual([true, false]);
  });

  test('point 16: notices in a row are one row, under the same key while it grows', () => {
    const first = notice(2, linus, 'disconnect');
    const before = rowsOf(roomOf([message(1, ada), first]), [], ada);
    const more = [notice(3, linus, 'connect'), notice(4, ada, 'disconnect')];
    const after = rowsOf(roomOf([message(1, ada), first, ...more]), [], ada);
    expect(before.at(-1)).toMatchObject({ kind: 'notices', key: 'e2', from: 2, to: 2 });
    expect(after.at(-1)).toMatchObject({ kind: 'notices', key: 'e2', from: 2, to: 4 });
  });

  test('point 16: somebody who left and came back is no row, and breaks no group', () => {
    const blink = [notice(2, linus, 'disconnect'), notice(3, linus, 'connect')];
    const rows = rowsOf(roomOf([message(1, ada), ...blink, message(4, ada)]), [], ada);
    expect(kinds(rows)).toEqual(['day', 'message under a name', 'message']);
  });

  test('a day that comes twice, because a clock was put back, has two keys', () => {
    const lines = [0, 1, 0].map((days, at) => message(at + 1, ada, { at: NOON + days * 24 * 60 * MINUTE }));
    const keys = rowsOf(roomOf(lines), [], ada).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(6);
  });

  test('point 14: where newer lines are not in memory, or are on their way, there is a hole above what is pending', () => {
    const cut = rowsOf(roomOf([message(1, ada)], { atEnd: false }), [waiting('c9')], ada);
    expect(kinds(cut)).toEqual(['day', 'message under a name', 'hole', 'pending under a name']);
    const held = new Map([[3, message(3, linus)]]);
    expect(kinds(rowsOf(roomOf([message(1, ada)], { held }), [], ada)).at(-1)).toBe('hole');
  });
});

describe('the divider of the unread', () => {
  const talk = [message(1, linus), message(2, linus), message(3, ada), message(4, linus)];
  const kinds = (more: Partial<RoomState>, lines = talk) =>
    rowsOf(roomOf(lines, more), [], ada).map(({ kind, from }) => `${kind} ${from}`);

  test('point 12: stands before the first that one wants to read, and parts no run of what is folded up', () => {
    const lines = [
      message(1, ada),
      message(2, linus),
      message(3, linus),
      message(4, { ...linus, id: 'm-bo' as MemberId }),
    ];
    const rows = rowsOf(roomOf(lines, { firstUnread: 3 }), [], ada, [linus]);
    expect(rows.map(({ kind }) => kind)).toEqual(['day', 'message', 'ignored', 'unread', 'message']);
  });

  test('point 12: stands before the first unread message of others, and parts no group', () => {
    const rows = rowsOf(roomOf(talk, { firstUnread: 2 }), [], ada);
    expect(rows.map(({ kind }) => kind)).toEqual(['day', 'message', 'unread', 'message', 'message', 'message']);
    expect(rows.map((row) => (row.kind === 'message' ? row.first : undefined))).toEqual(
      rowsOf(roomOf(talk), [], ada).flatMap((row, at) =>
        at === 2 ? [undefined, row.kind === 'message' && row.first] : [row.kind === 'message' ? row.first : undefined],
      ),
    );
    expect(kinds({ firstUnread: 3 })).toContain('unread 4');
  });

  test('point 12: is not drawn where what it belongs to is not in memory, or is not there', () => {
    expect(kinds({ firstUnread: 1, atStart: false }, talk.slice(1)).join()).not.toContain('unread');
    expect(kinds({ firstUnread: 1, atStart: true }, talk.slice(1))).toContain('unread 2');
    expect(kinds({ firstUnread: 5 }).join()).not.toContain('unread');
  });
});
