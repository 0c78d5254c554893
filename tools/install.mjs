import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fingerprint } from './fingerprint.mjs';

const STAMP = 'node_modules/.snug-lock';

/** What node_modules must have been made for: the lock file, and where native parts differ. */
export function installStamp() {
  const major = process.versions.node.split('.')[0];
  return [fingerprint(['package-lock.json']), `node${major}`, process.platform, process.arch].join(' ');
}

export function isInstalled() {
  if (existsSync(STAMP)) return readFileSync(STAMP, 'utf8') === installStamp();
  if (!npmInstalledTheLock()) return false;
  markInstalled();
  return true;
}

export function markInstalled() {
  writeFileSync(STAMP, installStamp());
}

/**
 * True when someone ran npm by hand: npm writes its list as the last thing, so what it names is there.
 * A folder copied from another machine betrays itself by a package for another platform.
 */
function npmInstalledTheLock() {
  try {
    const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
    const present = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
    return (
      Object.keys(wanted).every((path) => path === '' || wanted[path].optional || path in present) &&
      Object.keys(present).every((path) => present[path].version === wanted[path]?.version && isForHere(present[path]))
    );
  } catch {
    return false;
  }
}

/** @param {{ os?: string[], cpu?: string[] }} entry */
function isForHere({ os = [process.platform], cpu = [process.arch] }) {
  return os.includes(process.platform) && cpu.includes(process.arch);
}

/** How to call npm, also when it is not npm that runs this. */
export function npmProgram() {
  const script = process.env['npm_execpath'] ?? '';
  return /npm-cli\.c?js$/.test(script) ? { program: process.execPath, args: [script] } : { program: 'npm', args: [] };
}

/** The installation: `npm ci` with what it must bring, and without what it must not do. */
export function npmCommand() {
  const { program, args } = npmProgram();
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  // npm's own pauses, 10 s and 60 s, let someone without a network wait for minutes.
  const patience = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];
  return { program, args: [...args, 'ci', '--include=dev', '--ignore-scripts', ...quiet, ...patience] };
}

/** A user without a home, or whose cache belongs to root, gets a cache inside the project. */
export function npmEnvironment() {
  const cache = process.env['npm_config_cache'] ?? join(homedir(), '.npm');
  return isWritable(cache) ? process.env : { ...process.env, npm_config_cache: resolve('.snug/npm-cache') };
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    mkdirSync(join(folder, '_cacache'), { recursive: true });
    for (const part of ['.', '_cacache', '_cacache/tmp', '_logs']) {
      if (existsSync(join(folder, part))) accessSync(join(folder, part), constants.W_OK);
    }
    return true;
  } catch {
    return false;
  }
}
