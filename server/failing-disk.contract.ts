// Disks that fail and are well again, for whole-server tests. What needs more than a user has says so by `needs`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Need } from '../faults/needs.ts';

export interface Failing {
  readonly needs: readonly Need[];
  readonly begin: (pid: number) => Promise<() => Promise<void>>;
}

/** Every write of the process beyond a file's first byte fails with EFBIG, an input/output error to SQLite. */
export const refusesWrites: Failing = {
  needs: ['prlimit'],
  begin: async (pid) => {
    limitFiles(pid, '1');
    return async () => limitFiles(pid, 'unlimited');
  },
};

/** Whatever is written, no fsync says that it is on the disk. */
export const losesWrites: Failing = {
  needs: ['strace', 'ptrace'],
  begin: async (pid) => {
    const calls = 'fsync,fdatasync';
    const tracer = spawn('strace', ['-f', '-p', `${pid}`, '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await attached(tracer);
    return async () => {
      const gone = once(tracer, 'exit');
      tracer.kill('SIGINT');
      await gone;
    };
  },
};

/** A disk of its own; full as long as it is wished. Needs root. Gone when the test is. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'snug-disk-'));

  constructor(bytes: number) {
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'snug-test', this.folder]);
    if (status !== 0) throw new Error('no disk could be mounted');
    onTestFinished(() => {
      spawnSync('umount', ['-l', this.folder]);
      rmSync(this.folder, { recursive: true });
    });
  }

  fill(): () => void {
    const path = join(this.folder, 'filling');
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(path, Buffer.alloc(bavail * bsize));
    return () => unlinkSync(path);
  }
}

function limitFiles(pid: number, most: string): void {
  const { status } = spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${most}:unlimited`]);
  if (status !== 0) throw new Error('prlimit failed');
}

async function attached(tracer: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    tracer.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('attached')) resolve();
    });
    tracer.once('exit', () => reject(new Error('strace ended')));
  });
}
