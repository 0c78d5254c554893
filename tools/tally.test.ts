import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPlaywright, readVitest, sumOf, tallyOfCode, tallyOfReport, unexcused } from './tally.mjs';

const folder = mkdtempSync(join(tmpdir(), 'snug-tally-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: string): string {
  const file = join(folder, `${Math.abs(content.length)}.json`);
  writeFileSync(file, content);
  return file;
}

function vitest(...statuses: string[]): string {
  const assertionResults = statuses.map((status, index) => ({ fullName: `test ${index}`, status }));
  return report(
    JSON.stringify({ testResults: [{ name: 'a.test.ts', status: 'passed', message: '', assertionResults }] }),
  );
}

test('tests of vitest are counted, and the skipped are named', () => {
  const tally = tallyOfReport('vitest', 1, vitest('passed', 'failed', 'skipped', 'todo'), readVitest);
  expect(tally).toEqual({ passed: 1, failed: ['test 1'], skipped: ['test 2', 'test 3'] });
});

test('a file that vitest could not load is a failure', () => {
  const file = report(
    JSON.stringify({ testResults: [{ name: 'b.test.ts', status: 'failed', message: '', assertionResults: [] }] }),
  );
  expect(tallyOfReport('vitest', 1, file, readVitest).failed).toEqual(['b.test.ts']);
});

test('a runner that died without a report is a failure', () => {
  expect(tallyOfReport('Playwright', null, join(folder, 'none.json'), readPlaywright).failed).toHaveLength(1);
});

test('a report that was cut off is a failure', () => {
  expect(tallyOfReport('vitest', 0, report('{"testRes'), readVitest).failed).toHaveLength(1);
});

test('a runner that fails after its last good test is a failure', () => {
  expect(tallyOfReport('vitest', 1, vitest('passed'), readVitest)).toMatchObject({
    passed: 1,
    failed: [expect.any(String)],
  });
});

test('a runner that found no test is a failure', () => {
  expect(tallyOfReport('vitest', 0, vitest(), readVitest).failed).toHaveLength(1);
});

test('tests of Playwright are counted through their suites', () => {
  const tests = (status: string) => [{ status }];
  const specs = ['expected', 'unexpected', 'skipped', 'flaky'].map((status) => ({
    title: status,
    tests: tests(status),
  }));
  const tally = readPlaywright({ suites: [{ title: 'a.spec.ts', suites: [{ title: 'inner', specs }] }], errors: [] });
  expect(tally.passed).toBe(1);
  expect(tally.failed).toEqual(['a.spec.ts > inner > unexpected', 'a.spec.ts > inner > flaky']);
  expect(tally.skipped).toEqual(['a.spec.ts > inner > skipped']);
});

test('steps add up', () => {
  expect(sumOf([tallyOfCode('types', 0), tallyOfCode('lint', 1)])).toEqual({
    passed: 1,
    failed: ['lint'],
    skipped: [],
  });
});

test('CI excuses only what its machine could not provide', () => {
  const tally = { passed: 0, failed: [], skipped: ['python client (needs python3-socketio)', 'slow one'] };
  expect(unexcused(tally, { ci: false, lacking: [] })).toEqual([]);
  expect(unexcused(tally, { ci: true, lacking: [] })).toHaveLength(2);
  expect(unexcused(tally, { ci: true, lacking: ['python3-socketio'] })).toEqual(['slow one']);
});

test.each([
  ['E1: python-socketio talks (needs python3-socketio, python3-websocket)', 'python3-websocket'],
  ['F3: a disk that loses is told at once (needs strace and ptrace)', 'ptrace'],
  ['F2: power cut (seed 7) (needs root, e2fsprogs, python3, loop-devices)', 'loop-devices'],
  ['F21: 256 MB, 50 who talk (seed 7), needs root, memory-cgroup', 'memory-cgroup'],
  ['engines.spec.ts > WebKitGTK (needs webkit2gtk-driver, needs xvfb) > one comes in, talks', 'xvfb'],
  ['engines.spec.ts > Firefox needs firefox-esr > one comes in, talks', 'firefox-esr'],
])('every name of a list excuses, wherever it stands: %s', (title, need) => {
  const tally = { passed: 0, failed: [], skipped: [title] };
  expect(unexcused(tally, { ci: true, lacking: [need] })).toEqual([]);
});

test.each([
  ['F21: 256 descriptors (needs prlimit)', ['prlim', 'needs', '256', '']],
  ['E1: talks (needs python3-socketio)', ['python3']],
  ['engines.spec.ts > Firefox (needs firefox-esr) > one comes in, root, talks and root', ['root', 'talks']],
  ['whoever is root may mount', ['root']],
])('nothing but a whole name after "needs" excuses: %s', (title, lacking) => {
  const tally = { passed: 0, failed: [], skipped: [title] };
  expect(unexcused(tally, { ci: true, lacking })).toEqual([title]);
});
