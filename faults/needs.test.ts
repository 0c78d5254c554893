import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ALL_FAULTS } from './all-faults.ts';
import { lackingOf, NEEDS, titleWith } from './needs.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const ASK = [process.execPath, '--import', './tools/worker-register.mjs', 'faults/lacking.ts'];

function lackingFor(...who: readonly string[]): string[] {
  const [program = '', ...args] = [...who, ...ASK];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: PROJECT, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^[^\n]*\n$/u);
  return stdout.split(/\s+/u).filter(Boolean);
}

const lacking = lackingOf(['root', 'prlimit']);

test.skipIf(lacking.length > 0).each([
  ['root of a container that may not mount', ['--bounding-set=-sys_admin', '--inh-caps=-sys_admin']],
  ['who is not root', ['--reuid=65534', '--clear-groups']],
])(titleWith('%s lacks root, and the tests that mount are skipped', lacking), (_, rights) => {
  expect(lackingFor()).not.toContain('root');
  expect(lackingFor('setpriv', ...rights)).toContain('root');
});

test('a test that is skipped names what is lacking, and no other does', () => {
  expect(titleWith('F2: power is cut', [])).toBe('F2: power is cut');
  expect(titleWith('F2: power is cut', ['root', 'loop-devices'])).toBe('F2: power is cut (needs root, loop-devices)');
});

test('each need has one plain name, and is looked for', () => {
  expect(NEEDS.filter((need) => !/^[a-z0-9-]+$/u.test(need))).toEqual([]);
  expect(new Set(NEEDS).size).toBe(NEEDS.length);
  expect(lackingOf(NEEDS).every((need) => NEEDS.includes(need))).toBe(true);
});

test('no need is looked for that no fault has', () => {
  const needed = new Set(ALL_FAULTS.flatMap(({ needs }) => needs));
  expect(NEEDS.filter((need) => !needed.has(need))).toEqual([]);
});
