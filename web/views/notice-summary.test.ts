import { describe, expect, test } from 'vitest';
import type { NoticeEntry } from '../../protocol/entries.ts';
import type { Person } from '../../protocol/room.ts';
import { isNothing, summaryOf } from './notice-summary.ts';
import { ada, linus, notice } from './samples.ts';

type Told = readonly [person: Person, type: NoticeEntry['type']];

function told(...run: readonly Told[]) {
  const summary = summaryOf(run.map(([person, type], at) => notice(at + 1, person, type)));
  const names = ({ joined, left, visited }: typeof summary) =>
    [joined, left, visited].map((people) => people.map(({ name }) => name).join());
  return { names: names(summary), isNothing: isNothing(summary) };
}

describe('a run of notices', () => {
  test('point 16: tells who joined and who left', () => {
    expect(told([ada, 'connect'], [linus, 'disconnect']).names).toEqual(['Ada', 'Linus', '']);
  });

  test('point 16: does not tell of somebody who left and came back', () => {
    expect(told([ada, 'disconnect'], [ada, 'connect'])).toEqual({ names: ['', '', ''], isNothing: true });
    expect(told([ada, 'disconnect'], [linus, 'connect'], [ada, 'connect']).names).toEqual(['Linus', '', '']);
  });

  test('point 16: tells once of somebody who came, lost the connection and came again', () => {
    expect(told([ada, 'connect'], [ada, 'disconnect'], [ada, 'connect']).names).toEqual(['Ada', '', '']);
    expect(told([ada, 'disconnect'], [ada, 'connect'], [ada, 'disconnect']).names).toEqual(['', 'Ada', '']);
  });

  test('point 16: tells of somebody who only looked in', () => {
    expect(told([ada, 'connect'], [ada, 'disconnect']).names).toEqual(['', '', 'Ada']);
  });

  test('uses the name that somebody had last, and says how many are here now', () => {
    const run = [
      notice(1, ada, 'connect'),
      notice(2, ada, 'disconnect'),
      notice(3, { ...ada, name: 'Augusta' }, 'connect'),
    ];
    expect(summaryOf(run)).toMatchObject({ joined: [{ name: 'Augusta' }], here: 2 });
  });
});
