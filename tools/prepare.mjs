// Runs before `npm start` and `npm test`, perhaps with nothing installed: only Node's own modules here.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './fingerprint.mjs';
import { installStamp, isInstalled, markInstalled, npmCommand, npmEnvironment } from './install.mjs';
import { takeTurn } from './turn.mjs';

const BUILT_FROM = [
  'protocol',
  'server',
  'web',
  'package-lock.json',
  'tsconfig.base.json',
  'vite.config.ts',
  'tools/emoji-list.mjs',
  'tools/compress.mjs',
  'tools/transports.mjs',
];
const BUILD_STAMP = 'dist/.snug-built';
// Beside dist and as deep, so that source maps stay true after the move.
const NEXT = 'dist.next';
const LAST = 'dist.last';

class Failure extends Error {}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
try {
  requireNode();
  const rebuild = process.argv.includes('--rebuild');
  if (rebuild || !isInstalled() || !isBuilt()) await prepareAlone(rebuild);
} catch (error) {
  const known = error instanceof Failure || (error instanceof Error && 'code' in error);
  process.stderr.write(`${known ? inOneLine(error) : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Failure(`Snug needs Node 20.19 or newer, and 24 is recommended; this is ${process.version}.`);
  }
}

/** @param {boolean} rebuild */
async function prepareAlone(rebuild) {
  const giveBack = await takeTurn('.snug/prepare.turn', () => say('Waiting for another preparation to end …'));
  const stop = () => {
    running?.kill('SIGTERM');
    giveBack();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  try {
    if (!isInstalled()) await install();
    if (rebuild || !isBuilt()) await build();
  } finally {
    giveBack();
  }
}

async function install() {
  const before = installStamp();
  rmSync('node_modules/.snug-lock', { force: true });
  const { program, args } = npmCommand();
  await run('Installing what Snug needs (about 400 MB, often a minute, once) …', program, args, {
    env: npmEnvironment(),
    advice: 'Is the npm registry in reach, and is there 1 GB of free disk? Then try again: nothing is half done.',
  });
  // The lock file may change meanwhile, as when a branch is switched: then the next run installs again.
  if (installStamp() === before) markInstalled();
}

async function build() {
  const before = fingerprint(BUILT_FROM);
  rmSync(NEXT, { recursive: true, force: true });
  const advice = 'What was built before stays as it was.';
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'server/tsconfig.build.json', '--outDir', NEXT];
  await run('Building the server …', process.execPath, tsc, { advice });
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--outDir', `../${NEXT}/web`, '--logLevel', 'warn'];
  await run('Building the pages …', process.execPath, vite, { advice });
  writeFileSync(`${NEXT}/.snug-built`, before);
  swap();
}

// Between the two moves there is no dist; who is stopped there builds again.
function swap() {
  rmSync(LAST, { recursive: true, force: true });
  if (existsSync('dist')) renameSync('dist', LAST);
  renameSync(NEXT, 'dist');
  rmSync(LAST, { recursive: true, force: true });
}

function isBuilt() {
  return existsSync(BUILD_STAMP) && readFileSync(BUILD_STAMP, 'utf8') === fingerprint(BUILT_FROM);
}

/**
 * @param {string} title
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, advice: string }} options
 */
async function run(title, program, args, { env = process.env, advice }) {
  say(title);
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  const still = setInterval(() => say(`  still at it after ${seconds()} s …`), 15_000);
  /** @type {string | undefined} */
  const problem = await new Promise((resolve) => {
    running = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    running.once('error', (error) => resolve(error.message));
    running.once('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`));
  });
  clearInterval(still);
  running = undefined;
  if (problem) throw new Failure(`${title.replace(/ \(.*| …/, '')} failed: ${problem}. ${advice}`);
  say(`  done in ${seconds()} s`);
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {Error & { code?: unknown }} error */
function inOneLine(error) {
  if (error instanceof Failure) return error.message;
  const code = String(error.code);
  return ['EACCES', 'EPERM', 'EROFS'].includes(code)
    ? `Nothing can be written in ${process.cwd()} (${code}), where Snug installs and builds. Make it writable for whoever starts Snug.`
    : `The preparation failed: ${error.message}`;
}
