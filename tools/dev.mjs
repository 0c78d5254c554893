// Builds again what changes and starts the server again; Ctrl+C ends all of it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

// A build writes many files; the server starts once, after the last of them.
const QUIET_MS = 250;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (spawnSync(process.execPath, ['tools/prepare.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
// From now on dist differs from what a preparation built.
rmSync('dist/.snug-built', { force: true });

const builds = [
  node('node_modules/typescript/bin/tsc', '-p', 'server/tsconfig.build.json', '--watch', '--preserveWatchOutput'),
  node('node_modules/vite/bin/vite.js', 'build', '--watch', '--logLevel', 'warn'),
];
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** @type {NodeJS.Timeout | undefined} */
let soon;
let ending = false;

for (const folder of ['dist/server', 'dist/protocol', 'dist/web']) {
  mkdirSync(folder, { recursive: true });
  watch(folder, { recursive: true }, startSoon);
}
startSoon();
process.once('SIGINT', end).once('SIGTERM', end);

/** @param {string[]} args */
function node(...args) {
  return spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
}

function startSoon() {
  clearTimeout(soon);
  soon = setTimeout(() => {
    // The one that runs drains first; the next starts when its port is free.
    if (server?.exitCode === null && server.signalCode === null) server.kill('SIGTERM');
    else startServer();
  }, QUIET_MS);
}

function startServer() {
  if (ending || !existsSync('dist/server/main.js')) return;
  const mine = node('--disable-proto=delete', '--enable-source-maps', 'dist/server/main.js');
  server = mine;
  // A server that fails by itself waits for the next change instead of failing for ever.
  mine.once('exit', () => {
    if (mine.killed) startServer();
  });
}

function end() {
  ending = true;
  for (const child of [server, ...builds]) child?.kill('SIGTERM');
  clearTimeout(soon);
  server?.once('exit', () => process.exit(0));
  if (!server || server.exitCode !== null) process.exit(0);
}
