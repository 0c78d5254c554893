// The built program as a process of its own, for whole-server tests. `npm test` builds it first.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Program {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';
  readonly #ready: Promise<void>;

  /** Only what is given here is set: nothing of the environment that the tests run in. */
  constructor(settings: Readonly<Record<string, string>>) {
    const { PATH = '', HOME = '' } = process.env;
    this.process = spawn(process.execPath, ['--disable-proto=delete', '--enable-source-maps', 'dist/server/main.js'], {
      cwd: PROJECT,
      env: { PATH, HOME, PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => this.process.once('close', (code, signal) => resolve({ code, signal })));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    const said = new Promise<void>((resolve) => {
      this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.stdout += text;
        if (/^Snug is ready: .*\n/mu.test(this.stdout)) resolve();
      });
    });
    this.#ready = Promise.race([said, this.ended.then(() => undefined)]);
  }

  /** Throws when the program ends instead of becoming ready. */
  async ready(): Promise<this> {
    await this.#ready;
    if (this.port === 0) throw new Error(`The server did not start:\n${this.stdout}${this.stderr}`);
    return this;
  }

  /** 0 until it is ready. */
  get port(): number {
    return Number(/^Snug is ready: .*localhost:(\d+)/mu.exec(this.stdout)?.[1] ?? 0);
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.process.kill(signal);
    return this.ended;
  }
}

/** Gone when the test is. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snug-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
