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

/** How it is called; `npm start` in a copy of the project is another way. */
export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** A group of processes of its own, as a terminal gives to each command. */
  readonly hasGroup: boolean;
}

const BUILT: Call = {
  program: process.execPath,
  args: ['--disable-proto=delete', '--enable-source-maps', 'dist/server/main.js'],
  cwd: PROJECT,
  hasGroup: false,
};

export class Program {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';
  readonly #ready: Promise<void>;

  /** Only what is given here is set: nothing of the environment that the tests run in. */
  constructor(settings: Readonly<Record<string, string>>, { program, args, cwd, hasGroup } = BUILT) {
    const { PATH = '', HOME = '' } = process.env;
    this.process = spawn(program, args, {
      cwd,
      env: { PATH, HOME, PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: hasGroup,
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

  /** To all of its group, as a terminal sends. False when none of them is left. */
  signalGroup(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-(this.process.pid ?? 0), signal);
    } catch {
      return false;
    }
  }
}

/** Gone when the test is. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snug-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
