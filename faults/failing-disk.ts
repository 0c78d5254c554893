import { type ChildProcess, spawn } from 'node:child_process';
import type { Code } from '../protocol/refusals.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const PEOPLE = 4;
const MESSAGES_A_SECOND = 50;
const MOST = 60;
/** Of 50 messages a second each is a few writes, and a sync for those that come together. */
const HIT_WITHIN_MS = 30_000;
const HEALTH_WITHIN_MS = 1_000;
const REFUSED_WITHIN_MS = 10_000;
/** Whoever is told that there is no space waits for 10 s. */
const BACK_WITHIN_MS = 15_000;
/** Each waits more than it works. */
const LANES = 3;

interface Way {
  readonly calls: string;
  readonly error: 'EIO' | 'ENOSPC';
  /** Every one from the n-th on, or that alone. */
  readonly lasts: boolean;
  /** What those are told whose messages could not be stored. */
  readonly code: Code;
}

/** Of which call the n-th fails, and how. Only the writer's files are written to with pwrite64, and synchronized. */
const WAYS: readonly Way[] = [
  { calls: 'fsync,fdatasync', error: 'EIO', lasts: false, code: 'unavailable' },
  { calls: 'pwrite64', error: 'ENOSPC', lasts: false, code: 'storageFull' },
  { calls: 'pwrite64', error: 'EIO', lasts: false, code: 'unavailable' },
  { calls: 'fsync,fdatasync', error: 'EIO', lasts: true, code: 'unavailable' },
];

export const failingDisk: Fault = {
  id: 'F3',
  title: 'the n-th fsync or write fails (EIO, ENOSPC; once, or from then on), n = 1 to 60, each in four ways',
  figure: 'never acknowledged and lost; `unavailable`; health says so within 1 s; back without a restart',
  needs: ['strace', 'ptrace'],
  rounds: MOST,
  quickRounds: 2,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const tries = countsOf(site, rounds).flatMap((nth) => WAYS.map((way) => ({ way, nth })));
  const seen = { refusals: 0, backMs: 0 };
  const lane = async (): Promise<void> => {
    for (let one = tries.shift(); one; one = tries.shift()) await new Try(site, findings, one.way, one.nth, seen).run();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  findings.note(`${seen.refusals} were refused in all; back ${Math.round(seen.backMs)} ms after the disk at worst`);
}

/** All of them, or some by chance where there is no time for all. */
function countsOf(site: Site, rounds: number): number[] {
  const all = Array.from({ length: Math.max(MOST, rounds) }, (_, n) => n + 1);
  while (all.length > rounds) all.splice(site.dice.below(all.length), 1);
  return all;
}

class Try {
  readonly #site: Site;
  readonly #findings: Findings;
  readonly #way: Way;
  readonly #nth: number;
  readonly #seen: { refusals: number; backMs: number };

  constructor(site: Site, findings: Findings, way: Way, nth: number, seen: { refusals: number; backMs: number }) {
    this.#site = site;
    this.#findings = findings;
    this.#way = way;
    this.#nth = nth;
    this.#seen = seen;
  }

  async run(): Promise<void> {
    const call = { folder: this.#site.newFolder(), port: await freePort() };
    const server = await ServerProcess.start(this.#site, call);
    const crowd = await Crowd.of(this.#site, { at: server, size: PEOPLE }).comeIn();
    const disk = await Disk.failing(this.#site, server.pid, this.#way, this.#nth);
    const stop = crowd.talk(MESSAGES_A_SECOND);
    const isHit = (await until(() => disk.hasFailed, HIT_WITHIN_MS)) !== undefined;
    if (isHit) await this.#expectTold(server, crowd);
    else this.#broke('nothing was tried: it never came');
    stop();
    await disk.heal();
    if (isHit) await this.#expectBack(server, crowd);
    this.#findings.broke(...server.complaints());
    // What is acknowledged is in the files, whatever the server knows.
    await server.end('SIGKILL');
    const next = await ServerProcess.start(this.#site, call);
    await crowd.judge(this.#findings, next.origin);
    await next.end('SIGKILL');
    crowd.close();
    if (isHit) this.#findings.runs += 1;
  }

  /** By the health, and to those whose messages could not be stored. What one more try made good nobody is refused for. */
  async #expectTold(server: ServerProcess, crowd: Crowd): Promise<void> {
    const { lasts, code } = this.#way;
    const isIll = async () => (await server.health()) === false;
    const ms = await until(isIll, lasts ? 10 * HEALTH_WITHIN_MS : HEALTH_WITHIN_MS);
    const what = `health said so of ${this.#name}`;
    // It may be well again before it is asked; then the log says that it was not.
    if (ms !== undefined || lasts) this.#findings.within(HEALTH_WITHIN_MS, ms, what);
    else if (!/the store does not work/u.test(server.stderr)) this.#broke('nothing told of it');
    if (!lasts) return;
    const isRefused = () => crowd.people.some(({ refusals }) => refusals.some((refusal) => refusal.code === code));
    if ((await until(isRefused, REFUSED_WITHIN_MS)) === undefined) this.#broke(`nobody was told ${code}`);
  }

  async #expectBack(server: ServerProcess, crowd: Crowd): Promise<void> {
    const ms = await crowd.caughtUp(BACK_WITHIN_MS);
    if (server.hasEnded) this.#broke('I8: it ended');
    else if (ms === undefined) this.#broke('it did not write again without a restart when the disk was well');
    this.#seen.backMs = Math.max(this.#seen.backMs, ms ?? 0);
    const codes = crowd.people.flatMap(({ refusals }) => refusals.map(({ code }) => code));
    this.#seen.refusals += codes.length;
    const other = codes.find((code) => code !== this.#way.code);
    if (other !== undefined) this.#broke(`somebody was told ${other}, not ${this.#way.code}`);
  }

  get #name(): string {
    const { error, calls, lasts } = this.#way;
    return `${error} at ${calls} ${this.#nth}${lasts ? ' and all behind it' : ''}`;
  }

  #broke(problem: string): void {
    this.#findings.broke(`${this.#name}: ${problem}`);
  }
}

class Disk {
  readonly #strace: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  private constructor(strace: ChildProcess) {
    this.#strace = strace;
    strace.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.#ended = new Promise((resolve) => strace.once('close', resolve));
  }

  static async failing(site: Site, pid: number, { calls, error, lasts }: Way, nth: number): Promise<Disk> {
    const inject = `inject=${calls}:error=${error}:when=${nth}${lasts ? '+' : ''}`;
    const strace = ['strace', '-f', '-p', String(pid), '-e', `trace=${calls}`, '-e', inject] as const;
    const disk = new Disk(spawn(strace[0], strace.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] }));
    site.atEnd(() => disk.heal());
    if ((await until(() => /attached/u.test(disk.#said), 10_000)) === undefined)
      throw new Error(`strace did not attach: ${disk.#said}`);
    // It attaches to one thread after the other.
    await pause(200);
    return disk;
  }

  get hasFailed(): boolean {
    return this.#said.includes('(INJECTED)');
  }

  async heal(): Promise<void> {
    this.#strace.kill('SIGINT');
    await this.#ended;
  }
}
