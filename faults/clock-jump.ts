import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { faketimeLibrary } from './needs.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const PEOPLE = 5;
/** Each as fast as the limits let one be, with what it takes to catch up after a pause. */
const MESSAGES_A_SECOND = 15;
const RIGHT_WITHIN_MS = 60_000;
/** What an entry's time may differ from ours: it was made while we looked. */
const NEAR_MS = 5_000;
const JUMPS_S = [-3_600, 86_400] as const;
/** The lease is renewed twice while the clock is wrong, or, where time is short, three times. */
const JUMP_LASTS_MS = 6_000;
const QUICK = { jumpLastsMs: 1_500, leaseMs: 2_500 };

export const clockJump: Fault = {
  id: 'F6',
  title: 'the clock jumps: -1 h, +1 day, and back',
  figure: 'order by seq; nobody locked out; no negative times; `at` right within a minute of the clock',
  needs: ['faketime'],
  rounds: 2,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const folder = site.newFolder();
  const clock = new FakeClock(join(folder, 'clock'));
  // What is counted in time can lock somebody out: the limits are on.
  const lease = site.isQuick ? { SNUG_LEASE_MS: String(QUICK.leaseMs) } : {};
  const environment = { ...clock.environment, ...lease, SNUG_LIMITS: 'on' };
  const call = { folder: join(folder, 'data'), port: await freePort(), environment };
  const server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  for (; findings.runs < rounds; findings.runs += 1) {
    for (const jump of JUMPS_S) {
      clock.set(jump);
      await pause(site.isQuick ? QUICK.jumpLastsMs : JUMP_LASTS_MS);
      if (!isNear(crowd, jump)) findings.broke(`with the clock at ${jump} s the times are not those of that clock`);
      await expectOpen(site, crowd, server, findings, `${jump} s`, findings.runs);
      clock.set(0);
      await expectRight(crowd, findings, jump);
      await expectOpen(site, crowd, server, findings, `0 s after ${jump} s`, findings.runs);
    }
  }
  stop();
  const log = await crowd.judge(findings, server.origin);
  for (const entry of log) {
    if ('at' in entry && !(entry.at > 0)) findings.broke(`an entry has the time ${entry.at}`);
    if (
      entry.kind === 'notice' &&
      entry.type === 'disconnect' &&
      crowd.people.some(({ name }) => name === entry.by.name)
    )
      findings.broke(`I9: ${entry.by.name} was said to have gone at ${entry.seq}`);
  }
  findings.broke(...server.complaints());
}

/** Those who are in still talk, those who come back are let in, and so is somebody new. */
async function expectOpen(
  site: Site,
  crowd: Crowd,
  at: ServerProcess,
  findings: Findings,
  when: string,
  round: number,
): Promise<void> {
  if ((await crowd.caughtUp(10_000)) === undefined)
    findings.broke(`with the clock at ${when} not everybody could talk`);
  for (const person of crowd.people) person.comeBack();
  if ((await crowd.caughtUp(10_000)) === undefined)
    findings.broke(`with the clock at ${when} not everybody could come back`);
  const newcomer = Crowd.of(site, { at, size: 1, room: 'coffee', called: `New ${round} ${when}` });
  for (const person of newcomer.people) person.open();
  if ((await newcomer.allIn(10_000)) === undefined)
    findings.broke(`with the clock at ${when} nobody new could come in`);
  newcomer.close();
}

async function expectRight(crowd: Crowd, findings: Findings, jump: number): Promise<void> {
  const what = `after a jump of ${jump} s the times were right`;
  findings.within(RIGHT_WITHIN_MS, await until(() => isNear(crowd, 0), RIGHT_WITHIN_MS), what);
}

/** What was said last bears the time of a clock that is so many seconds wrong. */
function isNear({ people }: Crowd, wrongS: number): boolean {
  const newest = people[0]?.reading.seen.at(-1);
  return newest !== undefined && 'at' in newest && Math.abs(newest.at - wrongS * 1_000 - Date.now()) < NEAR_MS;
}

/** What the server takes for the time; timers and what is measured go on as they are. */
class FakeClock {
  readonly environment: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.set(0);
    this.environment = {
      LD_PRELOAD: faketimeLibrary() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  set(seconds: number): void {
    writeFileSync(this.#file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }
}
