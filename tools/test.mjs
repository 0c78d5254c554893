// `npm test`: every step, whatever the ones before it said, and one line of numbers at the end.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArguments } from './arguments.mjs';
import { closingLines } from './closing.mjs';
import { readPlaywright, readVitest, sumOf, tallyOfCode, tallyOfReport, unexcused } from './tally.mjs';

const UNIT_REPORT = 'test-results/unit.json';
const BROWSER_REPORT = 'test-results/browser.json';
const ENGINES_REPORT = 'test-results/engines.json';
const OXLINT = 'node_modules/oxlint/bin/oxlint';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const plain = process.stdout.isTTY ? [] : ['--colors=off'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { which, environment, problem } = readArguments(process.argv.slice(2));
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
}
/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    running?.kill(signal);
    process.exit(130);
  });
}
close(sumOf(await runSteps()));

async function runSteps() {
  mkdirSync('test-results', { recursive: true });
  const prepared = await run('Preparation', ['tools/prepare.mjs']);
  const tallies = prepared === 0 ? [] : [tallyOfCode('preparation', prepared)];
  if (!existsSync('node_modules/vitest')) return tallies;
  if (which === 'engines') return [...tallies, await otherEngines()];
  tallies.push(tallyOfCode('types', await run('Types', ['tools/types.mjs'])));
  tallies.push(tallyOfCode('lint', await run('Lint, layers and sizes', lintArguments())));
  tallies.push(
    tallyOfCode('format', await run('Format and styles', [BIOME, 'ci', '--error-on-warnings', ...plain, '.'])),
  );
  tallies.push(await unitTests());
  if (which !== 'quick') tallies.push(await browserTests());
  if (which === 'all') tallies.push(await otherEngines());
  if (which !== 'quick') tallies.push(tallyOfCode('start', await run('Second start', ['tools/second-start.mjs'])));
  return tallies;
}

function lintArguments() {
  return [OXLINT, '--type-aware', '--deny-warnings', '--report-unused-disable-directives'];
}

async function unitTests() {
  rmSync(UNIT_REPORT, { force: true });
  const code = await run('Unit, contract and whole-server tests', [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${UNIT_REPORT}`,
  ]);
  return tallyOfReport('vitest', code, UNIT_REPORT, readVitest);
}

async function browserTests() {
  return playwright('Browser tests', 'playwright.config.ts', BROWSER_REPORT);
}

async function otherEngines() {
  return playwright('Other engines', 'e2e/engines/playwright.config.ts', ENGINES_REPORT);
}

/** @param {string} title @param {string} config @param {string} report */
async function playwright(title, config, report) {
  rmSync(report, { force: true });
  const args = ['node_modules/@playwright/test/cli.js', 'test', `--config=${config}`, '--reporter=line,json'];
  const code = await run(title, args, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return tallyOfReport(title, code, report, readPlaywright);
}

/**
 * @param {string} title
 * @param {string[]} args
 * @param {Record<string, string>} [more]
 * @returns {Promise<number | null>}
 */
async function run(title, args, more = {}) {
  process.stdout.write(`\n== ${title}\n`);
  const started = Date.now();
  const code = await new Promise((resolve) => {
    const env = { ...process.env, ...environment, ...more, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) };
    running = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    running.once('error', () => resolve(null));
    running.once('exit', resolve);
  });
  running = undefined;
  process.stdout.write(
    `   ${code === 0 ? 'good' : 'NOT GOOD'} after ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return code;
}

/** @param {import('./tally.mjs').Tally} tally */
function close(tally) {
  const lacking = (process.env['SNUG_CI_WITHOUT'] ?? '').split(' ').filter(Boolean);
  const inexcusable = unexcused(tally, { ci: process.env['SNUG_CI'] === '1', lacking });
  const lines = closingLines(tally, { which, inexcusable, seconds: performance.now() / 1_000 });
  process.stdout.write(`\n${lines.join('\n')}\n`);
  process.exitCode = tally.failed.length + inexcusable.length > 0 ? 1 : 0;
}
