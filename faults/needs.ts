// What a machine must let a test do. Each is found out by doing it: having a program is not having the right to use it.
// A test that is skipped says in its title what this machine lacks, "(needs root, loop-devices)"; what a build machine excuses,
// CONTRIBUTING.md tells.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../e2e/support/chromium.ts';
import { mayBoundMemory } from './memory-group.ts';

/** What no package brings, so that a build machine cannot install it: .ci/run asks for these. */
export const OF_THE_MACHINE = [
  'root',
  'prlimit',
  'ptrace',
  'loop-devices',
  'loopback-addresses',
  'memory-cgroup',
] as const;

/** All of them, each in one word: what Debian has a package for is under that of the package. */
export const NEEDS = [...OF_THE_MACHINE, 'strace', 'faketime', 'e2fsprogs', 'python3', 'chromium'] as const;
export type Need = (typeof NEEDS)[number];

const HAS: { readonly [Name in Need]: () => boolean } = {
  root: () => process.getuid?.() === 0 && mayMount(),
  prlimit: () => runs('prlimit', '--version'),
  ptrace: mayTrace,
  'loop-devices': mayLoop,
  'memory-cgroup': mayBoundMemory,
  strace: () => runs('strace', '-f', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO', 'true'),
  faketime: () => faketimeLibrary() !== undefined,
  e2fsprogs: () => runs('mkfs.ext4', '-V'),
  python3: () => runs('python3', '--version'),
  chromium: hasChromium,
  'loopback-addresses': () =>
    runs(process.execPath, '-e', `require('net').createServer().listen(0, '127.0.0.5', process.exit)`),
};

export function lackingOf(needs: readonly Need[]): Need[] {
  return needs.filter((need) => !HAS[need]());
}

/** Of a test that is skipped where something is lacking. */
export function titleWith(title: string, lacking: readonly Need[]): string {
  return lacking.length === 0 ? title : `${title} (needs ${lacking.join(', ')})`;
}

/** Where Debian puts it, below a folder of the machine's kind; or wherever SNUG_FAKETIME says. */
export function faketimeLibrary(): string | undefined {
  const { SNUG_FAKETIME } = process.env;
  const kinds = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : [];
  const paths = kinds.map((kind) => `/usr/lib/${kind}/faketime/libfaketimeMT.so.1`);
  return [...(SNUG_FAKETIME ? [SNUG_FAKETIME] : []), ...paths].find((path) => existsSync(path));
}

function hasChromium(): boolean {
  try {
    return existsSync(findChromium().executablePath);
  } catch {
    return false;
  }
}

/** Root in a container often may not. */
function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'snug-needs-'));
  const may = runs('mount', '-t', 'tmpfs', '-o', 'size=1m', 'snug-needs', place) && runs('umount', place);
  rmdirSync(place);
  return may;
}

/** Another process than one's own child: some systems let only root do so, some containers nobody. */
function mayTrace(): boolean {
  const attach = `
    sleep 60 & other=$!
    strace -o /dev/null -p $other 2>&1 | { read -r said; kill $other; case $said in *attached*) ;; *) exit 1 ;; esac; }
  `;
  return runs('sh', '-c', attach);
}

/** What a container sees of them may be their numbers alone. */
function mayLoop(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'snug-needs-'));
  const image = join(folder, 'image');
  writeFileSync(image, '');
  truncateSync(image, 1024 * 1024);
  const may = runs('sh', '-c', 'device=$(losetup --find --show "$1") && losetup --detach "$device"', 'sh', image);
  rmSync(folder, { recursive: true });
  return may;
}

function runs(program: string, ...args: readonly string[]): boolean {
  // Those that only an administrator uses are not in everybody's path.
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  return spawnSync(program, args, { stdio: 'ignore', env }).status === 0;
}
