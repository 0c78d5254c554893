import { describe, expect, test } from 'vitest';
import { type Row, rowsOf } from './rows.ts';
import { ada, linus, message, NOON, notice, waiting } from './samples.ts';

const MINUTE = 60_000;

function kinds(rows: readonly Row[]): string[] {
  return rows.map((row) => ('first' in row && row.first ? `${row.kind} under a name` : row.kind));
}

describe('rows', () => {
  test('messages of one person within five minutes stand under one name', () => {
    const lines = [
      message(1, ada, { at: NOON }),
      message(2, ada, { at: NOON + 4 * MINUTE }),
      message(3, ada, { at: NOON + 9 * MINUTE }),
      message(4, linus, { at: NOON + 9 * MINUTE }),
    ];
    const named = 'message under a name';
    expect(kinds(rowsOf(lines, [], ada))).toEqual(['day', named, 'message', named, named]);
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
    expect(kinds(rowsOf(lines, [], ada))).toEqual(['day', named, 'notice', named, named, 'day', named]);
  });

  test('a day is named once, and by the same key whichever entry of it is the oldest that is loaded', () => {
    const lines = [message(1, ada), message(2, linus), message(3, ada)];
    const days = (rows: readonly Row[]): string[] => rows.filter(({ kind }) => kind === 'day').map(({ key }) => key);
    expect(days(rowsOf(lines, [], ada))).toHaveLength(1);
    expect(days(rowsOf(lines, [], ada))).toEqual(days(rowsOf(lines.slice(2), [], ada)));
  });

  test('order is that of the log, whatever the clocks said', () => {
    const lines = [message(1, ada, { at: NOON + 2 * MINUTE }), message(2, linus, { at: NOON })];
    expect(
      rowsOf(lines, [], ada)
        .map(({ key }) => key)
        .slice(1),
    ).toEqual(['c1', 'c2']);
  });

  test('S5: a pending message stands below the lines, under the key that its entry will have', () => {
    const before = rowsOf([message(1, ada)], [waiting('c2')], ada);
    const after = rowsOf([message(1, ada), message(2, ada)], [], ada);
    expect(before.map(({ key }) => key)).toEqual(after.map(({ key }) => key));
    expect(kinds(before)).toEqual(['day', 'message under a name', 'pending']);
  });

  test('one knows one’s own messages', () => {
    const own = rowsOf([message(1, ada), message(2, linus)], [], ada).flatMap((row) =>
      row.kind === 'message' ? [row.own] : [],
    );
    expect(own).toEqual([true, false]);
  });
});
