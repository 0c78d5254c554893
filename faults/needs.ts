// What a machine must have for a fault to be tried on it, and how that is found out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryGroups } from './memory-group.ts';

export type Need =
  | 'root'
  | 'strace'
  | 'faketime'
  | 'prlimit'
  | 'e2fsprogs'
  | 'python3'
  | 'loop-devices'
  | 'memory cgroup'
  | 'backup'
  | 'loopback addresses';

/** By the name that CONTRIBUTING.md and .ci/run know it under: a package, where there is one. */
const HAS: { readonly [Name in Need]: () => boolean } = {
  root: () => process.getuid?.() === 0 && mayMount(),
  strace: () => runs('strace', '-f', '-o', '/dev/null', 'true') && mayTrace(),
  faketime: () => faketimeLibrary() !== undefined,
  prlimit: () => runs('prlimit', '--version'),
  e2fsprogs: () => runs('mkfs.ext4', '-V'),
  python3: () => runs('python3', '--version'),
  'loop-devices': () => existsSync('/dev/loop-control') && runs('losetup', '-f'),
  'memory cgroup': () => memoryGroups() !== undefined,
  'loopback addresses': () =>
    runs(process.execPath, '-e', `require('net').createServer().listen(0, '127.0.0.5', process.exit)`),
  backup: () => existsSync(new URL('../tools/backup.mjs', import.meta.url)),
};

export function lackingOf(needs: readonly Need[]): Need[] {
  return needs.filter((need) => !HAS[need]());
}

/** Where Debian puts it, below a folder of the machine's kind; or wherever SNUG_FAKETIME says. */
export function faketimeLibrary(): string | undefined {
  const { SNUG_FAKETIME } = process.env;
  const kinds = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : [];
  const paths = kinds.map((kind) => `/usr/lib/${kind}/faketime/libfaketimeMT.so.1`);
  return [...(SNUG_FAKETIME ? [SNUG_FAKETIME] : []), ...paths].find((path) => existsSync(path));
}

/** Root in a container often may not. */
function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'snug-fault-'));
  const may = runs('mount', '-t', 'tmpfs', '-o', 'size=1m', 'snug-fault', place) && runs('umount', place);
  rmdirSync(place);
  return may;
}

/** Another process than one's own child: some systems let only root do so. */
function mayTrace(): boolean {
  const scope = '/proc/sys/kernel/yama/ptrace_scope';
  return process.getuid?.() === 0 || !existsSync(scope) || readFileSync(scope, 'utf8').trim() === '0';
}

function runs(program: string, ...args: readonly string[]): boolean {
  // Those that only an administrator uses are not in everybody's path.
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  return spawnSync(program, args, { stdio: 'ignore', env }).status === 0;
}
