// Builds again what changes and starts the server again; Ctrl+C ends all of it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

// A build writes many files; the server starts once, after the last of them.
const QUIET_MS = 250;
// The terminal and npm both send one Ctrl+C, as server/main.ts tells; who presses again later wants it to end now.
const SAME_WISH_MS = 1_000;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (spawnSync(process.execPath, ['tools/prepare.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
// From now on dist differs from what a preparation built.
rmSync('dist/.snug-built', { force: true });

// Itself: its command in bin is another process before Node 22.15, and leaves it running when it is ended.
const { default: compilerPath } = await import('../node_modules/typescript/lib/getExePath.js');
const builds = [
  run(compilerPath(), '-p', 'server/tsconfig.build.json', '--watch', '--preserveWatchOutput'),
  node('node_modules/vite/bin/vite.js', 'build', '--watch', '--logLevel', 'warn'),
];
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** @type {NodeJS.Timeout | undefined} */
let soon;
/** @type {number | undefined} */
let endingSince;

for (const folder of ['dist/server', 'dist/protocol', 'dist/web']) {
  mkdirSync(folder, { recursive: true });
  watch(folder, { recursive: true }, startSoon);
}
startSoon();
process.on('SIGINT', () => void end()).on('SIGTERM', () => void end());

/** @param {string[]} args */
function node(...args) {
  return run(process.execPath, ...args);
}

/** @param {string} program @param {string[]} args */
function run(program, ...args) {
  return spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
}

function startSoon() {
  clearTimeout(soon);
  if (endingSince !== undefined) return;
  soon = setTimeout(() => {
    // The one that runs drains first; the next starts when its port is free.
    // Asked twice, it would not drain.
    if (!isRunning(server)) startServer();
    else if (!server.killed) server.kill('SIGTERM');
  }, QUIET_MS);
}

function startServer() {
  if (endingSince !== undefined || !existsSync('dist/server/main.js')) return;
  const mine = node('--disable-proto=delete', '--enable-source-maps', 'dist/server/main.js');
  server = mine;
  // A server that fails by itself waits for the next change instead of failing for ever.
  mine.once('exit', () => {
    if (mine.killed) startServer();
  });
}

async function end() {
  const children = [server, ...builds].filter(isRunning);
  if (endingSince !== undefined) {
    if (performance.now() - endingSince < SAME_WISH_MS) return;
    for (const child of children) child.kill('SIGKILL');
    process.exit(1);
  }
  endingSince = performance.now();
  clearTimeout(soon);
  const gone = children.map((child) => once(child, 'exit'));
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(gone);
  process.exit(0);
}

/**
 * @param {import('node:child_process').ChildProcess | undefined} child
 * @returns {child is import('node:child_process').ChildProcess}
 */
function isRunning(child) {
  return child?.exitCode === null && child.signalCode === null;
}
