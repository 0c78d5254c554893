// `npm run backup -- <folder>`: copies the data of a server, running or not, into a folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = new URL('../dist/server/', import.meta.url);
const MB = 1024 * 1024;

/** When the progress was told last. */
let told = 0;

const { Backup, CannotBackUp } = await load('store/sqlite/back-up.js');
const { ConfigError, readConfig } = await load('config.js');
await run();

async function run() {
  const [folder, ...more] = process.argv.slice(2);
  if (!folder || folder.startsWith('-') || more.length > 0) {
    return fail(
      'Name one folder for the copy: npm run backup -- ../snug-backup-1. SNUG_DATA names the data, as for npm start.',
    );
  }
  const { INIT_CWD = process.cwd() } = process.env;
  // npm runs this in the project's folder, wherever it was called.
  const to = resolve(INIT_CWD, folder);
  try {
    const from = resolve(readConfig().dataFolder);
    const backup = new Backup({ from, to, progress: tell });
    endOnSignals(backup);
    const bytes = await backup.run();
    clearLine();
    process.stdout.write(
      `Backed up ${size(bytes)} to ${to}. To restore it: stop Snug, move ${from} away, copy ${to} in its place, start Snug.\n`,
    );
  } catch (error) {
    if (!(error instanceof Error && (error instanceof CannotBackUp || error instanceof ConfigError))) throw error;
    fail(error.message);
  }
}

// What is there is used, be it older than the sources: to build is to change the files of the server that runs.
/** @param {string} file */
function load(file) {
  const url = new URL(file, BUILT);
  if (!existsSync(url)) {
    const prepare = fileURLToPath(new URL('prepare.mjs', import.meta.url));
    if (spawnSync(process.execPath, [prepare], { stdio: 'inherit' }).status !== 0) process.exit(1);
  }
  return import(url.href);
}

/** @param {{ abandon(): void }} backup */
function endOnSignals(backup) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      backup.abandon();
      // By the signal itself: process.exit would stop a thread inside SQLite, as server/main.ts tells.
      process.kill(process.pid, signal);
    });
  }
}

/**
 * @param {number} copied
 * @param {number} all
 */
function tell(copied, all) {
  const text = `${size(copied)} of ${size(all)} copied …`;
  if (process.stdout.isTTY) process.stdout.write(`\r${text.padEnd(40)}`);
  // A log gets a line now and then.
  else if (performance.now() - told > 5_000) process.stdout.write(`${text}\n`);
  else return;
  told = performance.now();
}

function clearLine() {
  if (process.stdout.isTTY) process.stdout.write(`\r${' '.repeat(40)}\r`);
}

/** @param {number} bytes */
function size(bytes) {
  return bytes < MB ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / MB).toFixed(bytes < 100 * MB ? 1 : 0)} MB`;
}

/** @param {string} line */
function fail(line) {
  clearLine();
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
