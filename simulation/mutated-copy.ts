// Runs one test file on a copy of the sources with one rule taken away: for what the simulation does not drive.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT, type Replacement, replaced } from './replacement.ts';

const COPIED = [
  'package.json',
  'tsconfig.base.json',
  'vitest.config.ts',
  'conformance',
  'protocol',
  'server',
  'simulation',
  'tools',
  'web',
];
const REPORT = 'report.json';
/** A test that waits for what never comes gives up after 20 s; the machine may be busy. */
const PATIENCE_MS = 120_000;

interface Asserted {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Resolves with what the first of the tests with `title` in their own that failed says. Throws when none of them ran. */
export async function failureInCopy(
  changes: readonly Replacement[],
  by: { readonly test: string; readonly title: string },
): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'snug-mutation-'));
  try {
    for (const name of COPIED) await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    for (const { file, from, to } of changes) {
      const copied = path.join(folder, file);
      await writeFile(copied, replaced(await readFile(copied, 'utf8'), from, to));
    }
    await runTest(folder, by);
    const report = JSON.parse(await readFile(path.join(folder, REPORT), 'utf8')) as {
      testResults: readonly { readonly message: string; readonly assertionResults: readonly Asserted[] }[];
    };
    const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const ran = all.filter(({ title, status }) => title.includes(by.title) && /^(?:passed|failed)$/u.test(status));
    if (ran.length === 0) {
      throw new Error(`No test like "${by.title}" ran in ${by.test}. ${report.testResults[0]?.message ?? ''}`);
    }
    return ran.find(({ status }) => status === 'failed')?.failureMessages[0];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runTest(folder: string, { test, title }: { test: string; title: string }): Promise<void> {
  const pattern = title.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
  const args = ['run', test, '-t', pattern, '--reporter=json', `--outputFile=${REPORT}`];
  // It is a run of its own, not a worker of the one that asks.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|SNUG_)/u.test(name)));
  const vitest = path.join(folder, 'node_modules/vitest/vitest.mjs');
  return new Promise((resolve, reject) => {
    // In a group of its own: its workers end with it.
    const child = spawn(process.execPath, [vitest, ...args], { cwd: folder, env, stdio: 'ignore', detached: true });
    const cancel = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      reject(new Error(`${test} did not end within ${PATIENCE_MS / 1_000} s: the mutation runs for ever.`));
    }, PATIENCE_MS);
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(cancel);
      resolve();
    });
  });
}
