// A bound on the memory of one process, by the kernel.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import type { Site } from './site.ts';

const MIB = 1024 * 1024;

interface Groups {
  readonly folder: string;
  readonly limit: string;
}

/** Of both generations of the kernel's interface the one that is here. */
function memoryGroups(): Groups | undefined {
  const first = '/sys/fs/cgroup/memory';
  if (existsSync(`${first}/memory.limit_in_bytes`)) return { folder: first, limit: 'memory.limit_in_bytes' };
  const second = '/sys/fs/cgroup';
  const controllers = `${second}/cgroup.subtree_control`;
  const hasSecond = existsSync(controllers) && readFileSync(controllers, 'utf8').includes('memory');
  return hasSecond ? { folder: second, limit: 'memory.max' } : undefined;
}

/** A container often sees the groups and may make none. */
export function mayBoundMemory(): boolean {
  const groups = memoryGroups();
  if (!groups) return false;
  const folder = `${groups.folder}/snug-needs-${process.pid}`;
  try {
    mkdirSync(folder);
    writeFileSync(`${folder}/${groups.limit}`, String(MIB));
    return true;
  } catch {
    return false;
  } finally {
    if (existsSync(folder)) rmdirSync(folder);
  }
}

/** The command that starts another one with so much memory at most. */
export function limitMemory(site: Site, bytes: number): string[] {
  const groups = memoryGroups();
  if (!groups) throw new Error('This machine cannot bound the memory of a process.');
  const folder = `${groups.folder}/snug-fault-${process.pid}`;
  mkdirSync(folder);
  // Put away after the process in it, which is started later.
  site.atEnd(() => rmdirSync(folder));
  writeFileSync(`${folder}/${groups.limit}`, String(bytes));
  return ['sh', '-c', `echo $$ > ${folder}/cgroup.procs && exec "$@"`, 'sh'];
}
