import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Another build, for `npm run faults`. */
const MAIN = process.env['SNUG_TEST_PROGRAM'] ?? 'dist/server/main.js';
const PROGRAM = ['--disable-proto=delete', '--enable-source-maps', MAIN];
/** A start takes a second; on a machine that does much else, several. */
const PATIENCE_MS = 30_000;
/** Levels of its log from which on something is wrong. */
const ERROR_LEVEL = 50;

/** Each worker has a thousand ports: the lower half for servers, and the upper for the line to each. */
const LINES_FROM = 500;

/** Variables of the environment, as README.md lists them. */
export type Settings = Readonly<Record<string, string>>;

/** The real program with a data folder and a port of its own. It keeps both over a restart. */
export class Server {
  readonly port: number;
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'snug-e2e-'));
  readonly #settings: Settings;
  #process: ChildProcess | undefined;
  #output = '';
  readonly #problems: string[] = [];
  #rooms = 0;

  private constructor(port: number, settings: Settings) {
    this.port = port;
    this.#settings = settings;
  }

  static async start(settings: Settings = {}): Promise<Server> {
    for (;;) {
      const server = new Server(await freePort(), settings);
      try {
        await server.restart();
        return server;
      } catch (error) {
        await server.close();
        // Another run of these tests on this machine was faster: there are more ports.
        if (!server.#output.includes('is in use by another program')) throw error;
      }
    }
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** Where a line to it may be opened: the server takes what comes from there for its own. */
  get lineOrigin(): string {
    return `http://localhost:${this.port + LINES_FROM}`;
  }

  /** What it should not have done: ended by itself, or logged an error. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** A name that no other room here has. */
  newRoom(): string {
    this.#rooms += 1;
    return `room ${this.#rooms}`;
  }

  /** Resolves when it says where it can be opened. */
  async restart(): Promise<void> {
    // All stories of a worker come from one address, and make more rooms in a minute than people do in an hour.
    const env = { ...process.env, LOG_LEVEL: 'warn', SNUG_DRAIN_MS: '0', SNUG_LIMITS: 'off', ...this.#settings };
    const started = spawn(process.execPath, PROGRAM, {
      cwd: PROJECT,
      env: { ...env, PORT: String(this.port), SNUG_DATA: this.dataFolder, SNUG_ORIGINS: this.lineOrigin },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = started;
    this.#output = '';
    started.stderr.on('data', (chunk: Buffer) => this.#logged(String(chunk)));
    await new Promise<void>((resolve, reject) => {
      started.stdout.on('data', (chunk: Buffer) => {
        this.#output += String(chunk);
        if (this.#output.includes(`:${this.port}`)) resolve();
      });
      started.once('exit', (code, signal) => {
        if (this.#process !== started) return;
        this.#problems.push(`The server ended by itself (${signal ?? code}):\n${this.#output}`);
        reject(new Error(this.#problems.at(-1)));
      });
      const late = (): void => reject(new Error(`The server did not become ready:\n${this.#output}`));
      setTimeout(late, PATIENCE_MS).unref();
    });
  }

  /** As a power cut would: it has no time for anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it as an operator would, and removes what it stored. */
  async close(): Promise<void> {
    const code = await this.#end('SIGTERM');
    if (code !== undefined && code !== 0)
      this.#problems.push(`SIGTERM ended the server with ${code}:\n${this.#output}`);
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string | undefined> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return undefined;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
    return running.exitCode ?? running.signalCode ?? undefined;
  }

  #logged(lines: string): void {
    this.#output += lines;
    for (const line of lines.split('\n')) {
      const level = /"level":(\d+)/.exec(line)?.[1];
      if (Number(level) >= ERROR_LEVEL) this.#problems.push(`The server logged: ${line}`);
    }
  }
}

// Two runs on one machine begin at different ones.
let ports = process.pid;

/** Below the range that the system gives to outgoing connections: one of those could take it while the server is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + 1_000 * Number(process.env['TEST_PARALLEL_INDEX'] ?? 0) + (ports++ % LINES_FROM);
    if ((await isFree(port)) && (await isFree(port + LINES_FROM))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
