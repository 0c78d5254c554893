import { expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { Findings } from './findings.ts';
import { isGood, notesOf, tableOf } from './table.ts';

const fault: Fault = {
  id: 'F1',
  title: 'a fault',
  figure: 'all is well',
  needs: ['strace'],
  rounds: 1,
  quickRounds: 1,
  run: async () => new Findings(),
};

function findingsOf(...problems: readonly string[]): Findings {
  const findings = new Findings();
  findings.runs = 3;
  findings.broke(...problems);
  return findings;
}

test('a row counts what was lost, doubled and out of order by the invariants that were broken', () => {
  const findings = findingsOf('I1: a', 'I4: b', 'I2: c', 'I3: d', 'I5: e', 'I5: f', 'I8: g');
  findings.recovered(1_234);
  findings.recovered(12);
  expect(tableOf([{ kind: 'tried', fault, findings }])).toBe(
    [
      '| fault | runs | lost | doubled | out of order | worst recovery | verdict |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| F1 a fault | 3 | 2 | 1 | 3 | 1.2 s | **not kept** (7): all is well |',
    ].join('\n'),
  );
});

test('one that needs what is not here says so, and is not bad', () => {
  const skipped = { kind: 'skipped', fault, lacking: ['strace'] } as const;
  expect(tableOf([skipped]).split('\n').at(-1)).toBe('| F1 a fault | 0 |  |  |  |  | skipped: needs strace |');
  expect(isGood(skipped)).toBe(true);
});

test('what was found makes a verdict bad, and so does a figure that was missed, or never reached', () => {
  expect(isGood({ kind: 'tried', fault, findings: findingsOf() })).toBe(true);
  expect(isGood({ kind: 'tried', fault, findings: findingsOf('I8: a stack') })).toBe(false);
  const late = findingsOf();
  late.within(100, 101, 'it was ready');
  expect(tableOf([{ kind: 'tried', fault, findings: late }])).toContain('**not kept** (1)');
  expect([late.problems.length, isGood({ kind: 'tried', fault, findings: late })]).toEqual([0, false]);
  const never = findingsOf();
  never.within(100, undefined, 'it was ready');
  expect(never.problems).toEqual(['it was ready never, within the time that was waited']);
  expect(notesOf([{ kind: 'tried', fault, findings: late }])).toBe(
    '- F1: it was ready after 101 ms; at most 100 are promised',
  );
});
