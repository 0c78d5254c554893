// Builds again what changes and starts the server again; Ctrl+C ends all of it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// One change may be in both builds; the server starts once, after the last of them.
const QUIET_MS = 250;
// The terminal and npm both send one Ctrl+C, as server/main.ts tells; who presses again later wants it to end now.
const SAME_WISH_MS = 1_000;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (spawnSync(process.execPath, ['tools/prepare.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
// From now on dist differs from what a preparation built.
rmSync('dist/.snug-built', { force: true });

// Itself: its command in bin is another process before Node 22.15, and leaves it running when it is ended.
const { default: compilerPath } = await import('../node_modules/typescript/lib/getExePath.js');
const { build } = await import('vite');
const compiler = spawn(compilerPath(), ['-p', 'server/tsconfig.build.json', '--watch', '--preserveWatchOutput'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** @type {NodeJS.Timeout | undefined} */
let soon;
/** @type {number | undefined} */
let endingSince;

process.on('SIGINT', () => void end()).on('SIGTERM', () => void end());

// Each says when it has built: whoever watches the files instead sees them half written, and new folders too late.
createInterface(compiler.stdout).on('line', (line) => {
  console.log(line);
  if (line.includes('Found 0 errors')) startSoon();
});
const bundler = await build({ build: { watch: {} }, logLevel: 'warn' });
if (!('on' in bundler)) throw new Error('Vite has built once instead of watching.');
bundler.on('event', (event) => {
  if (event.code === 'END') startSoon();
});

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
  if (endingSince !== undefined) return;
  const mine = spawn(process.execPath, ['--disable-proto=delete', '--enable-source-maps', 'dist/server/main.js'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  server = mine;
  // A server that fails by itself waits for the next change instead of failing for ever.
  mine.once('exit', () => {
    if (mine.killed) startServer();
  });
}

async function end() {
  const children = [server, compiler].filter(isRunning);
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
