// In a small project of its own, with an npm, a compiler and a bundler that only note what they are asked.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const TOOLS = fileURLToPath(new URL('.', import.meta.url));
const PARTS = ['prepare.mjs', 'fingerprint.mjs', 'install.mjs', 'turn.mjs'];

const NOTE = "import { appendFileSync as note, existsSync, mkdirSync, writeFileSync } from 'node:fs';";
const COMPILER = `${NOTE}
  note('calls', 'tsc\\n');
  if (existsSync('broken')) process.exit(2);
  mkdirSync('dist.next/server', { recursive: true });
  writeFileSync('dist.next/server/main.js', '');`;
const BUNDLER = `${NOTE}
  note('calls', 'vite\\n');
  mkdirSync('dist.next/web', { recursive: true });`;
const NPM = `${NOTE}
  note('calls', 'npm ' + process.argv[2] + '\\n');
  note('npm-cache', process.env.npm_config_cache ?? '');
  if (existsSync('slow')) await new Promise((resolve) => setTimeout(resolve, 600_000));
  if (existsSync('offline')) process.exit(1);
  for (const [name, code] of ${JSON.stringify([
    ['typescript/bin/tsc', COMPILER],
    ['vite/bin/vite.js', BUNDLER],
  ])}) {
    const folder = 'node_modules/' + name.slice(0, name.lastIndexOf('/'));
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + '/package.json', '{"type":"module"}');
    writeFileSync('node_modules/' + name, code);
  }`;

interface Prepared {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was called in this run. */
  readonly calls: string[];
}

/** Whoever runs the tests, unless it says otherwise. */
interface Who {
  readonly uid?: number;
}

class Project {
  readonly #root = mkdtempSync(join(tmpdir(), 'snug-prepare-'));
  #heard = 0;

  constructor() {
    onTestFinished(() => rmSync(this.#root, { recursive: true, force: true }));
    for (const folder of ['tools', 'server', 'npm/bin']) mkdirSync(this.path(folder), { recursive: true });
    for (const part of PARTS) copyFileSync(join(TOOLS, part), this.path(`tools/${part}`));
    this.write('package.json', '{"type":"module"}');
    this.lock('1.0.0');
    this.write('server/main.ts', 'one');
    this.write('npm/bin/npm-cli.js', NPM);
  }

  path(name: string): string {
    return join(this.#root, name);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  lock(version: string): void {
    this.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/tea': { version } } }));
  }

  /** From now on nobody but root writes there. */
  close(): void {
    chmodSync(this.#root, 0o555);
    onTestFinished(() => chmodSync(this.#root, 0o755));
  }

  spawn(args: readonly string[] = [], settings: Record<string, string> = {}, who: Who = {}): ChildProcess {
    const env = { HOME: this.#root, npm_execpath: this.path('npm/bin/npm-cli.js'), ...settings };
    return spawn(process.execPath, [this.path('tools/prepare.mjs'), ...args], { env, ...who });
  }

  async prepare(args: readonly string[] = [], settings: Record<string, string> = {}, who?: Who): Promise<Prepared> {
    const child = this.spawn(args, settings, who);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = await once(child, 'close');
    return { code, stdout, stderr, calls: this.#calls() };
  }

  #calls(): string[] {
    const all = existsSync(this.path('calls')) ? readFileSync(this.path('calls'), 'utf8').trimEnd().split('\n') : [];
    const fresh = all.slice(this.#heard);
    this.#heard = all.length;
    return fresh;
  }
}

const ALL = ['npm ci', 'tsc', 'vite'];
const NOTHING = { code: 0, stdout: '', stderr: '', calls: [] };

test('installs and builds, says so, and then has nothing to do and to say', async () => {
  const project = new Project();
  const first = await project.prepare();
  expect(first).toMatchObject({ code: 0, stderr: '', calls: ALL });
  expect(first.stdout).toMatch(/Installing .*\n.*done.*\nBuilding the server .*\n.*done.*\nBuilding the pages/u);
  expect(await project.prepare()).toEqual(NOTHING);
});

test('does again only what a change asks for', async () => {
  const project = new Project();
  await project.prepare();
  project.write('server/main.test.ts', 'a test');
  expect(await project.prepare()).toEqual(NOTHING);
  project.write('server/main.ts', 'two');
  expect(await project.prepare()).toMatchObject({ code: 0, calls: ['tsc', 'vite'] });
  project.lock('2.0.0');
  expect(await project.prepare()).toMatchObject({ code: 0, calls: ALL });
  expect(await project.prepare(['--rebuild'])).toMatchObject({ code: 0, calls: ['tsc', 'vite'] });
  expect(await project.prepare()).toEqual(NOTHING);
});

test('believes who ran npm by hand, unless that was on another machine', async () => {
  const project = new Project();
  await project.prepare();
  const installed = (entry: object): void => {
    rmSync(project.path('node_modules/.snug-lock'), { force: true });
    project.write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/tea': entry } }));
  };
  installed({ version: '1.0.0' });
  expect(await project.prepare()).toEqual(NOTHING);
  installed({ version: '1.0.0', os: ['elsewhere'] });
  expect((await project.prepare()).calls).toEqual(['npm ci']);
  installed({ version: '0.9.0' });
  expect((await project.prepare()).calls).toEqual(['npm ci']);
});

test('an installation that fails is told in one line, and tried again', async () => {
  const project = new Project();
  project.write('offline', '');
  const failed = await project.prepare();
  expect(failed).toMatchObject({ code: 1, calls: ['npm ci'] });
  expect(failed.stderr).toMatch(/^Installing .* failed: it ended with 1\. Is the npm registry in reach.*\n$/u);
  rmSync(project.path('offline'));
  expect(await project.prepare()).toMatchObject({ code: 0, calls: ALL });
});

test('a build that fails is told in one line, and what was built before stays', async () => {
  const project = new Project();
  await project.prepare();
  project.write('server/main.ts', 'two');
  project.write('broken', '');
  const failed = await project.prepare();
  expect(failed).toMatchObject({ code: 1, calls: ['tsc'] });
  expect(failed.stderr).toMatch(/^Building the server failed: it ended with 2\. What was built before stays.*\n$/u);
  expect(existsSync(project.path('dist/server/main.js'))).toBe(true);
  rmSync(project.path('broken'));
  expect(await project.prepare()).toMatchObject({ code: 0, calls: ['tsc', 'vite'] });
});

test('two at once do the work once', async () => {
  const project = new Project();
  const both = await Promise.all([project.prepare(), project.prepare()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.flatMap(({ calls }) => calls)).toEqual(ALL);
});

test('stopped in the middle it gives the turn back, and the next one begins anew', async () => {
  const project = new Project();
  project.write('slow', '');
  const child = project.spawn();
  await expect.poll(() => existsSync(project.path('calls')), { timeout: 15_000 }).toBe(true);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(existsSync(project.path('.snug/prepare.turn'))).toBe(false);
  rmSync(project.path('slow'));
  expect(await project.prepare()).toMatchObject({ code: 0, calls: ['npm ci', ...ALL] });
});

test('who cannot write to the cache of npm gets one inside the project', async () => {
  const project = new Project();
  project.write('a-file', '');
  await project.prepare([], { npm_config_cache: project.path('a-file') });
  expect(readFileSync(project.path('npm-cache'), 'utf8')).toMatch(/\.snug[/\\]npm-cache$/u);
});

test('who may not write there is told so in one line', async () => {
  const project = new Project();
  project.close();
  const failed = await project.prepare([], {}, process.getuid?.() === 0 ? { uid: 65_534 } : {});
  expect(failed).toMatchObject({ code: 1, stdout: '', calls: [] });
  expect(failed.stderr).toMatch(
    /^Nothing can be written in .*snug-prepare-.* \(EACCES\), where .* writable for .*\n$/u,
  );
});
