import { expect, test } from 'vitest';
import { FLOODS } from '../tools/flood-cases.mjs';
import { Findings } from './findings.ts';
import { judgeTable } from './floods.ts';

const HEAD = '| flood | p99 of the others | memory held | with garbage | |\n| --- | --- | --- | --- | --- |';
const titles = ['nobody', ...FLOODS.map(({ title }) => title)];
const rows = titles.map(
  (title, n) => `| ${title} | ${n} ms | 2 MB | ${n % 2 === 0 ? '9 MB' : 'not measured'} | kept |`,
);

function judged(...lines: readonly string[]): Findings {
  const findings = new Findings();
  judgeTable([HEAD, ...lines].join('\n'), findings);
  return findings;
}

test('a table of all floods that kept their figures is good, also where memory cannot be read', () => {
  const { problems, notes, runs } = judged(...rows);
  expect([problems, runs]).toEqual([[], titles.length]);
  expect(notes[1]).toBe(`${titles[1]}: 1 ms, 2 MB; with garbage not measured`);
});

test('half a table is not', () => {
  expect(judged(...rows.slice(0, 3)).problems).toEqual(titles.slice(3).map((title) => `${title}: 0 rows in the table`));
  expect(judged().problems).toHaveLength(titles.length);
});

test('one that missed its figures is named', () => {
  const missed = `| ${titles[2]} | 900 ms | 31 MB | 80 MB | missed |`;
  expect(judged(...rows.with(2, missed)).problems).toEqual([`${titles[2]}: 900 ms, 31 MB`]);
});
