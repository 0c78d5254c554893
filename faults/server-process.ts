// The built program as a process of its own, under whatever makes its system fail.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Site } from './site.ts';
import type { Vitals } from './vitals.ts';
import { until, within } from './waiting.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 60_000;
const MOST_SAID = 1_000_000;
const VITALS = fileURLToPath(new URL('vitals.mjs', import.meta.url));
const ANSWER_WITHIN_MS = 10_000;
const KB_PER_MB = 1024;

export interface ServerCall {
  readonly folder: string;
  readonly port: number;
  /** A command before it, as `prlimit --nofile=256`. */
  readonly wrap?: readonly string[];
  /** Node's own, before the program. */
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class ServerProcess {
  readonly ended: Promise<Ended>;
  readonly origin: string;
  stdout = '';
  stderr = '';
  /** From its start until it said that it is ready. */
  readyAfterMs = 0;
  readonly #child: ChildProcess;
  readonly #isWrapped: boolean;
  readonly #site: Site;
  readonly #vitalsFile: string;
  #end: Ended | undefined;

  private constructor(site: Site, { folder, port, wrap = [], nodeArguments = [], environment = {} }: ServerCall) {
    const { PATH = '', HOME = '' } = process.env;
    const own = ['--expose-gc', '--import', VITALS, ...nodeArguments];
    const node = [process.execPath, ...own, '--disable-proto=delete', '--enable-source-maps', site.program];
    const [program = '', ...args] = [...wrap, ...node];
    this.#isWrapped = wrap.length > 0;
    this.#site = site;
    this.#vitalsFile = join(site.newFolder(), 'vitals');
    this.origin = `http://127.0.0.1:${port}`;
    this.#child = spawn(program, args, {
      cwd: PROJECT,
      env: {
        PATH,
        HOME,
        PORT: String(port),
        SNUG_DATA: folder,
        SNUG_LIMITS: 'off',
        LOG_LEVEL: 'warn',
        SNUG_VITALS: this.#vitalsFile,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.stderr.length < MOST_SAID) this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('error', () => resolve({ code: -1, signal: null }));
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
    void this.ended.then((end) => (this.#end = end));
    site.atEnd(() => this.end('SIGKILL'));
  }

  /** Starts it and waits until it is ready. Throws what it said when it ends instead. */
  static async start(site: Site, call: ServerCall): Promise<ServerProcess> {
    const server = ServerProcess.launch(site, call);
    await server.ready();
    await site.vitals.begin(server);
    return server;
  }

  /** Starts it only. */
  static launch(site: Site, call: ServerCall): ServerProcess {
    const server = new ServerProcess(site, call);
    const since = performance.now();
    server.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      server.stdout += text;
      if (server.isReady) server.readyAfterMs ||= performance.now() - since;
    });
    return server;
  }

  get isReady(): boolean {
    return /^Snug is ready: /mu.test(this.stdout);
  }

  async ready(): Promise<this> {
    const said = new Promise<void>((resolve) => {
      const look = () => {
        if (this.isReady) resolve();
      };
      this.#child.stdout?.on('data', look);
      look();
    });
    await within(START_WITHIN_MS, 'the start of the server', Promise.race([said, this.ended]));
    if (!this.isReady) throw new Error(`The server did not start:\n${this.stdout}${this.stderr}`);
    return this;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Of the server itself, whatever it was started through. */
  get pid(): number {
    const { pid = 0 } = this.#child;
    if (!this.#isWrapped || pid === 0) return pid;
    try {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
      return Number(children.split(' ')[0]) || pid;
    } catch {
      return pid;
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (this.hasEnded) return;
    this.#site.vitals.lookAt(this);
    try {
      process.kill(this.pid, signal);
    } catch {
      // It has just ended.
    }
  }

  async end(signal: NodeJS.Signals): Promise<Ended> {
    this.signal(signal);
    return within(END_WITHIN_MS, `the end of the server after ${signal}`, this.ended);
  }

  /** What the process has in memory, in MB. */
  get memoryMb(): number {
    return this.#memory('VmRSS');
  }

  /** The most that it ever had. */
  get peakMb(): number {
    return this.#memory('VmHWM');
  }

  /** How many files and sockets it has open. */
  get descriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  async vitals(): Promise<Vitals> {
    rmSync(this.#vitalsFile, { force: true });
    this.signal('SIGUSR2');
    if ((await until(() => existsSync(this.#vitalsFile), ANSWER_WITHIN_MS)) === undefined)
      throw new Error('The server does not say how it is.');
    const { descriptors } = this;
    const said = JSON.parse(readFileSync(this.#vitalsFile, 'utf8')) as Omit<Vitals, 'descriptors'>;
    return { ...said, descriptors };
  }

  /** Undefined when it cannot be asked. */
  async health(): Promise<boolean | undefined> {
    try {
      const answer = await fetch(`${this.origin}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return undefined;
    }
  }

  /** I8: what no server may say, or how none may end by itself. */
  complaints(): string[] {
    const said: string[] = [];
    if (/^\s+at .*:\d+/mu.test(this.stderr)) said.push('I8: the server printed a stack');
    if (/something failed that nobody foresaw/u.test(this.stderr)) said.push('I8: the server met what nobody foresaw');
    if (/A request failed\./u.test(this.stderr)) said.push('I8: a request failed in a way that nobody foresaw');
    return said.length > 0 ? [...said, this.stderr.slice(0, 1_500)] : [];
  }

  #memory(which: 'VmRSS' | 'VmHWM'): number {
    return Number(new RegExp(`^${which}:\\s+(\\d+) kB$`, 'mu').exec(this.#about('status'))?.[1] ?? 0) / KB_PER_MB;
  }

  #about(what: string): string {
    try {
      return readFileSync(`/proc/${this.pid}/${what}`, 'utf8');
    } catch {
      return '';
    }
  }
}
