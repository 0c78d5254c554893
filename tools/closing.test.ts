import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closingLines } from './closing.mjs';
import { filesLeftBy, PARTS, wordsLeftBy } from './left-out.mjs';
import { PROJECT } from './project-files.ts';

const GOOD = { passed: 7, failed: [], skipped: [] };

function closing(run: Partial<Parameters<typeof closingLines>[1]>): string[] {
  return closingLines(GOOD, { which: 'usual', inexcusable: [], seconds: 61.2, ...run });
}

test('the last line counts, and those before it name what was skipped and what failed', () => {
  const tally = { passed: 7, failed: ['one'], skipped: ['two', 'three'] };
  const lines = closingLines(tally, { which: 'all', inexcusable: ['three'], seconds: 0.1 });
  expect(lines).toEqual([
    'skipped: two',
    'skipped: three',
    'CI must not skip: three',
    'failed: one',
    'npm run test:all took 0 min 1 s',
    '7 passed, 1 failed, 2 skipped',
  ]);
});

test('npm itself says nothing below the last line: it is not asked whether there is a newer one', () => {
  const env = { PATH: process.env['PATH'], npm_config_userconfig: '/dev/null' };
  const { stdout } = spawnSync('npm', ['config', 'get', 'update-notifier'], { cwd: PROJECT, env, encoding: 'utf8' });
  expect(stdout.trim()).toBe('false');
});

test('npm test says what it leaves to test:all, check what it leaves to both, and test:all leaves nothing', () => {
  const [left] = closing({});
  expect(left).toMatch(/^left to test:all: every rule taken away once, .*stories tagged @all, .*other engines$/u);
  expect(closing({ which: 'quick' }).slice(0, 2)).toEqual([
    expect.stringMatching(/^left to npm test: .*stories in a browser/u),
    left,
  ]);
  expect(wordsLeftBy('all')).toEqual([]);
});

test('every file that a run leaves is there, and only test:all leaves none', () => {
  for (const { files } of PARTS.filter(({ files }) => files !== undefined))
    expect(existsSync(join(PROJECT, files!.replace('/**', ''))), files).toBe(true);
  expect([filesLeftBy('usual').length > 0, filesLeftBy('all')]).toEqual([true, []]);
});

test.each([
  ['usual', 240, /^npm test took 4 min 0 s$/u],
  ['usual', 240.1, /^!!! npm test took 4 min 1 s, more than the 4 min 0 s .*!!!$/u],
  ['all', 240.1, /^npm run test:all took 4 min 1 s$/u],
  ['all', 900.1, /^!!! npm run test:all took 15 min 1 s, more than the 15 min 0 s .*!!!$/u],
  ['quick', 900.1, /^npm run check took 15 min 1 s$/u],
] as const)('a run of the size %s that took %d s says so, loudly where that is too long', (which, seconds, line) => {
  expect(closing({ which, seconds }).at(-2)).toMatch(line);
});
