// `.ci/run` itself, with an apt and an npm that only note what they are asked.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { lackingOf, NEEDS, OF_THE_MACHINE } from '../faults/needs.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const FORBIDDEN = lackingOf(OF_THE_MACHINE);

/** Files in the machine's folder say what apt knows, what is installed, and how often the network is away. */
const PROGRAMS = {
  id: 'echo "${USER_ID:-0}"',
  'apt-get': `
    case " $* " in *' update '*) what=update ;; *) what=install ;; esac
    for package; do :; done
    echo "$what $package" >> calls
    for try in 1 2 3; do
      if test -e "away-$what-$try"; then rm "away-$what-$try"; exit 100; fi
    done
    test $what = update || touch "installed-$package"`,
  'apt-cache': `
    test ! -e "known-$2" || printf '%s:\n  Candidate: 1.0-1\n' "$2"
    test ! -e "removed-$2" || printf '%s:\n  Candidate: (none)\n' "$2"`,
  'dpkg-query': `
    for package; do :; done
    if test -e "installed-$package"; then printf 'install ok installed'; else printf 'deinstall ok config-files'; fi`,
  npm: `
    echo "npm $1 $2" >> calls
    echo "$npm_config_cache" >> caches
    echo "CI $SNUG_CI without $SNUG_CI_WITHOUT" >> without`,
};

class Machine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'snug-machine-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    onTestFinished(() => rmSync(this.#folder, { recursive: true, force: true }));
    mkdirSync(join(this.#folder, 'bin'));
    for (const [name, code] of Object.entries(PROGRAMS)) {
      const program = `#!/bin/sh\ncd '${this.#folder}' || exit\n${code}\n`;
      writeFileSync(join(this.#folder, 'bin', name), program, { mode: 0o755 });
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.#folder, name), text);
  }

  run(environment: Readonly<Record<string, string>> = {}) {
    const env = { PATH: `${join(this.#folder, 'bin')}:${process.env['PATH']}`, ...environment };
    const { status, stdout } = spawnSync('bash', [join(PROJECT, '.ci/run')], { encoding: 'utf8', env });
    const [without, cache] = ['without', 'caches'].map((name) => this.#linesOf(name).at(-1));
    return { code: status, stdout, calls: this.#linesOf('calls'), without, cache };
  }

  #linesOf(name: string): string[] {
    const path = join(this.#folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
  }
}

const PACKAGES = /^PACKAGES=\((.*)\)$/mu.exec(readFileSync(join(PROJECT, '.ci/run'), 'utf8'))?.[1]?.split(' ') ?? [];
const TESTED = ['npm ci --include=dev', 'npm run test:all'];

function each(state: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${state}-${name}`, '']));
}

function excused({ without = '' }: { without: string | undefined }): string[] {
  expect(without).toMatch(/^CI 1 without/u);
  return without.split(/\s+/u).slice(3).filter(Boolean);
}

test('what tests need is a package that is installed here, or of the machine, under a name of one word', () => {
  expect(NEEDS.filter((need) => ![...PACKAGES, ...OF_THE_MACHINE].includes(need))).toEqual([]);
  expect(NEEDS.filter((need) => !/^[a-z0-9-]+$/u.test(need))).toEqual([]);
});

test('a build machine that has everything installs nothing and excuses what the machine forbids', () => {
  const done = new Machine(each('installed', PACKAGES)).run();
  expect(done).toMatchObject({ code: 0, calls: TESTED });
  expect(excused(done)).toEqual(FORBIDDEN);
});

test('what it misses is installed, and excused where apt has no candidate for it', () => {
  const known = PACKAGES.filter((name) => name !== 'firefox-esr' && name !== 'xvfb');
  const done = new Machine({ ...each('known', known), 'removed-xvfb': '', 'installed-strace': '' }).run();
  const installed = known.filter((name) => name !== 'strace').map((name) => `install ${name}`);
  expect(done).toMatchObject({ code: 0, calls: ['update update', ...installed, ...TESTED] });
  expect(excused(done)).toEqual(['firefox-esr', 'xvfb', ...FORBIDDEN]);
});

test('what fails twice is done at the third try', () => {
  const away = { ...each('away-update', ['1', '2']), ...each('away-install', ['1', '2']) };
  const done = new Machine({ ...each('installed', PACKAGES.slice(1)), ...each('known', PACKAGES), ...away }).run();
  const [first] = PACKAGES;
  const tries = (what: string) => [what, what, what];
  expect(done).toMatchObject({ code: 0, calls: [...tries('update update'), ...tries(`install ${first}`), ...TESTED] });
});

test.each([
  ['update', /^CI ends here, .* apt-get update .*failed three times/u],
  ['install', /^CI ends here, .* apt-get install .*chromium failed three times/u],
])('an apt-get %s that fails three times ends CI before anything is tested', (what, line) => {
  const away = each(`away-${what}`, ['1', '2', '3']);
  const { code, stdout, calls } = new Machine({ ...each('known', PACKAGES), ...away }).run();
  expect([code, calls.filter((call) => call.startsWith(what)).length]).toEqual([1, 3]);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(line);
  expect(calls.filter((call) => call.startsWith('npm'))).toEqual([]);
});

test('who has no home gets a cache of npm inside the project', () => {
  const machine = new Machine(each('installed', PACKAGES));
  expect(machine.run({ HOME: '/nonexistent' })).toMatchObject({ code: 0, cache: join(PROJECT, '.snug/npm-cache') });
});

test('who may install nothing is excused for what is not there', () => {
  const done = new Machine({ ...each('known', PACKAGES), 'installed-xvfb': '' }).run({ USER_ID: '1000' });
  expect(done).toMatchObject({ code: 0, calls: TESTED });
  expect(excused(done)).toEqual([...PACKAGES.filter((name) => name !== 'xvfb'), ...FORBIDDEN]);
});
