import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { type ServerCall, ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const PEOPLE = 20;
const MESSAGES_A_SECOND = 500;
const READY_WITHIN_MS = 2_000;
const CAUGHT_UP_WITHIN_MS = 5_000;
const LIVES_MS = [200, 1_500] as const;
/** As many rounds as this has room for, and those that were asked for at least. */
const QUICK_MS = 20_000;

export const kill: Fault = {
  id: 'F1',
  title: 'kill -9 at a random moment, 20 clients, 500 messages/s',
  figure: 'ready again in 2 s, everybody caught up in 5 s',
  needs: [],
  rounds: 20,
  quickRounds: 5,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const call = { folder: site.newFolder(), port: await freePort() };
  const since = performance.now();
  let server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  const worst: Worst = { readyMs: 0, caughtUpMs: 0, midway: 0 };
  const hasTime = () => site.isQuick && performance.now() - since < QUICK_MS;
  for (; findings.runs < rounds || hasTime(); findings.runs += 1)
    server = await killOnce(site, call, server, crowd, findings, worst);
  stop();
  const log = await crowd.judge(findings, server.origin);
  findings.broke(...server.complaints());
  if (worst.midway === 0) findings.broke('nothing was on its way whenever it was killed: that tries nothing');
  findings.note(
    `${findings.runs} kills, ${worst.midway} of them with messages on their way; at worst ready again after ${Math.round(worst.readyMs)} ms and all caught up after ${Math.round(worst.caughtUpMs)} ms; ${log.length} entries`,
  );
}

/** Since the kill. */
interface Worst {
  readyMs: number;
  caughtUpMs: number;
  /** How many kills found somebody waiting for an acknowledgement. */
  midway: number;
}

async function killOnce(
  site: Site,
  call: ServerCall,
  before: ServerProcess,
  crowd: Crowd,
  findings: Findings,
  worst: Worst,
): Promise<ServerProcess> {
  await pause(site.dice.between(...LIVES_MS));
  // Three of four moments find all acknowledged: each second time the next one that does not.
  const isMidway = () => crowd.people.some(({ isSettled }) => !isSettled);
  if (findings.runs % 2 === 1) await until(isMidway, LIVES_MS[1]);
  const since = performance.now();
  if (isMidway()) worst.midway += 1;
  await before.end('SIGKILL');
  findings.broke(...before.complaints());
  const server = await ServerProcess.start(site, call);
  const readyMs = performance.now() - since;
  const isBack = (await crowd.caughtUp(3 * CAUGHT_UP_WITHIN_MS)) !== undefined;
  const caughtUpMs = performance.now() - since;
  worst.readyMs = Math.max(worst.readyMs, readyMs);
  worst.caughtUpMs = Math.max(worst.caughtUpMs, caughtUpMs);
  findings.within(READY_WITHIN_MS, readyMs, 'it was ready again');
  findings.within(CAUGHT_UP_WITHIN_MS, isBack ? caughtUpMs : undefined, 'everybody had caught up');
  return server;
}
