// The built server on loopback with its defaults, and what it takes of the machine.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const KB_PER_MB = 1024;
/** Makes it collect its garbage and say what is left. */
const VITALS = fileURLToPath(new URL('../faults/vitals.mjs', import.meta.url));
const SAID_WITHIN_MS = 30_000;

export class FloodedServer {
  #folder = mkdtempSync(join(tmpdir(), 'snug-floods-'));
  #vitals = join(this.#folder, 'vitals');
  #process;
  #said = '';

  /** @param {string} program its main.js */
  constructor(program) {
    const { PATH = '', HOME = '' } = process.env;
    const watched = ['--expose-gc', '--import', VITALS];
    this.#process = spawn(process.execPath, [...watched, '--disable-proto=delete', program], {
      env: { PATH, HOME, PORT: '0', SNUG_DATA: this.#folder, SNUG_VITALS: this.#vitals, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Node stops a process whose output nobody takes.
    this.#process.stderr.resume();
    this.#process.stdout.setEncoding('utf8').on('data', (text) => (this.#said += text));
  }

  /** @returns {Promise<number>} the port */
  ready() {
    return new Promise((resolve, reject) => {
      const look = () => {
        const port = /^Snug is ready: .*:(\d+)/mu.exec(this.#said)?.[1];
        if (port !== undefined) resolve(Number(port));
      };
      this.#process.stdout.on('data', look);
      this.#process.once('exit', () => reject(new Error('The server ended. `npm run build` makes what it needs.')));
    });
  }

  /** What the process has in memory now, in MB; undefined where that cannot be read: Linux alone tells it so plainly. */
  memory() {
    try {
      const kilobytes = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) / KB_PER_MB;
    } catch {
      return undefined;
    }
  }

  /** What it has in memory now that is no garbage, in MB. Throws when it does not say so in time. */
  async held() {
    rmSync(this.#vitals, { force: true });
    this.#process.kill('SIGUSR2');
    const until = performance.now() + SAID_WITHIN_MS;
    while (!existsSync(this.#vitals)) {
      if (performance.now() > until) throw new Error('The server does not say what it has in memory.');
      await sleep(10);
    }
    return Number(JSON.parse(readFileSync(this.#vitals, 'utf8')).memoryMb);
  }

  async end() {
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
