import { expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { Findings } from './findings.ts';
import { isGood, notesOf, tableOf, withTable } from './table.ts';
import { tryFault } from './try-fault.ts';

const fault: Fault = {
  id: 'F1',
  title: 'a fault',
  figure: 'all is well',
  needs: ['strace'],
  rounds: 1,
  quickRounds: 1,
  run: async () => undefined,
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

test('a fault that was never tried is not good', () => {
  const result = { kind: 'tried', fault, findings: new Findings() } as const;
  expect(isGood(result)).toBe(false);
  expect(tableOf([result]).split('\n').at(-1)).toBe(
    '| F1 a fault | 0 | 0 | 0 | 0 |  | **not kept** (never tried): all is well |',
  );
});

test('what a fault had found before it could not go on is kept', async () => {
  const failing: Fault = {
    ...fault,
    needs: [],
    run: async (_site, rounds, findings) => {
      findings.runs = rounds;
      findings.broke('I1: a message is lost');
      findings.note('measured');
      throw new Error('no way on');
    },
  };
  const parts = { program: '', seed: 1, isQuick: true, say: () => undefined };
  const result = await tryFault(failing, 2, parts);
  expect(result.kind === 'tried' && result.findings).toMatchObject({ runs: 2, notes: ['measured'], lost: 1 });
  expect(result.kind === 'tried' && result.findings.problems).toEqual([
    'I1: a message is lost',
    expect.stringMatching(/^it could not be tried to its end: Error: no way on\n/u),
  ]);
});

test('the table takes the place of the one before in the page, and nothing else is touched', () => {
  const page = withTable('# Page\n<!-- written by `npm run faults -- --write` -->\n<!-- until here -->\nend\n', 'one');
  expect(page).toContain('# Page\n');
  expect(withTable(page, 'two')).toBe(page.replace('one', 'two'));
  expect(() => withTable('# Page', 'one')).toThrow('The page lacks');
});
