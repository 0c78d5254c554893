import { type ChildProcess, spawn } from 'node:child_process';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const PEOPLE = 4;
const MESSAGES_A_SECOND = 50;
const HEALTH_WITHIN_MS = 1_000;
const WATCHED_MS = 12_000;
/** Whoever is told that there is no space waits for 10 s. */
const BACK_WITHIN_MS = 15_000;
/** Each waits more than it works. */
const LANES = 3;

/** Of which call the n-th fails, and how. Only the writer's files are written to with pwrite64, and synchronized. */
const WAYS = [
  { calls: 'fsync,fdatasync', error: 'EIO', repeats: '' },
  { calls: 'pwrite64', error: 'ENOSPC', repeats: '' },
  { calls: 'pwrite64', error: 'EIO', repeats: '' },
  { calls: 'fsync,fdatasync', error: 'EIO', repeats: '+' },
] as const;

export const failingDisk: Fault = {
  id: 'F3',
  title: 'the n-th fsync or write fails (EIO, ENOSPC; once, or from then on), n = 1 to 60',
  figure: 'never acknowledged and lost; `unavailable`; health says so within 1 s',
  needs: ['strace', 'ptrace'],
  rounds: 60,
  quickRounds: 3,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  let back = 0;
  let nth = 0;
  const lane = async (): Promise<void> => {
    for (nth += 1; nth <= rounds; nth += 1) {
      const way = WAYS[nth % WAYS.length] ?? WAYS[0];
      if (await fail(site, findings, way, nth)) back += 1;
      findings.runs += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  findings.note(`${back} of ${rounds} times it wrote again by itself; otherwise after a restart`);
}

/** True when it went on by itself. */
async function fail(site: Site, findings: Findings, way: (typeof WAYS)[number], nth: number): Promise<boolean> {
  const call = { folder: site.newFolder(), port: await freePort() };
  let server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const disk = await inject(site, server.pid, way, nth);
  const stop = crowd.talk(MESSAGES_A_SECOND);
  const failed = await until(() => disk.hasFailed() && crowd.people.some(isRefused), WATCHED_MS);
  // One failure may be made good by the next try of the same batch: then nobody is refused.
  if (failed !== undefined) await expectUnhealthy(server, crowd, findings, `${way.error} at ${way.calls} ${nth}`);
  stop();
  await disk.heal();
  const didGoOn = (await crowd.caughtUp(BACK_WITHIN_MS)) !== undefined;
  findings.broke(...server.complaints());
  if (server.hasEnded) findings.broke(`I8: it ended when a disk failed (${way.error} at ${way.calls} ${nth})`);
  if (!didGoOn) {
    await server.end('SIGKILL');
    server = await ServerProcess.start(site, call);
  }
  await crowd.judge(findings, server.origin);
  crowd.close();
  await site.vitals.expectRest(findings, [server]);
  await server.end('SIGTERM');
  return didGoOn;
}

function isRefused({ refusals }: { refusals: readonly unknown[] }): boolean {
  return refusals.length > 0;
}

/** Unless it works again by then: what one try could make good is no illness. */
async function expectUnhealthy(server: ServerProcess, crowd: Crowd, findings: Findings, what: string): Promise<void> {
  const settledBefore = crowd.acknowledged;
  const ms = await until(async () => (await server.health()) === false, HEALTH_WITHIN_MS);
  if (ms !== undefined) return findings.recovered(ms);
  if (crowd.acknowledged === settledBefore) findings.missed.push(`after ${what} health said nothing for 1 s`);
}

interface Disk {
  hasFailed(): boolean;
  heal(): Promise<void>;
}

async function inject(
  site: Site,
  pid: number,
  { calls, error, repeats }: (typeof WAYS)[number],
  nth: number,
): Promise<Disk> {
  const strace: ChildProcess = spawn(
    'strace',
    ['-f', '-p', String(pid), '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${nth}${repeats}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  strace.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise((resolve) => strace.once('close', resolve));
  const heal = async () => {
    strace.kill('SIGINT');
    await ended;
  };
  site.atEnd(heal);
  if ((await until(() => /attached/u.test(said), 10_000)) === undefined)
    throw new Error(`strace did not attach: ${said}`);
  // It attaches to one thread after the other.
  await pause(200);
  return { hasFailed: () => said.includes('(INJECTED)'), heal };
}
