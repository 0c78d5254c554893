import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A browser starts in two seconds; on a machine that does much else, in many. */
const PATIENCE_MS = 60_000;

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A program with a home of its own, which goes with it. */
export class Program {
  readonly home = mkdtempSync(join(tmpdir(), 'snug-engine-'));
  readonly #process: ChildProcess;

  constructor(command: string, args: (home: string) => readonly string[], env: Record<string, string> = {}) {
    this.#process = spawn(command, args(this.home), {
      env: { ...process.env, HOME: this.home, XDG_RUNTIME_DIR: this.home, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // With whatever it starts it is one group, and ends as one.
      detached: true,
    });
  }

  /** The first thing that matches in what it prints: to stdout, to stderr or to its file descriptor 3. */
  async prints(wanted: RegExp): Promise<string> {
    const outputs = this.#process.stdio.slice(1) as Readable[];
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`It never printed ${wanted.source}`)), PATIENCE_MS);
      const settle = (found: string): void => {
        clearTimeout(late);
        resolve(found);
      };
      this.#process.once('error', reject);
      for (const output of outputs) {
        createInterface({ input: output }).on('line', (line) => {
          const found = wanted.exec(line)?.[1];
          if (found !== undefined) settle(found);
        });
      }
    });
  }

  async end(): Promise<void> {
    const { pid } = this.#process;
    if (pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      process.kill(-pid, 'SIGKILL');
      await gone;
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
