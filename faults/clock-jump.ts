import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../protocol/entries.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { faketimeLibrary } from './needs.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause } from './waiting.ts';

const PEOPLE = 5;
const MESSAGES_A_SECOND = 20;
const RIGHT_WITHIN_MS = 60_000;
/** What an entry's time may differ from ours: it was made while we looked. */
const NEAR_MS = 5_000;
const JUMP_LASTS_MS = 6_000;
const DAY_MS = 86_400_000;

export const clockJump: Fault = {
  id: 'F6',
  title: 'the clock jumps: -1 h, +1 day, and back',
  figure: 'order by seq; nobody locked out; no negative times; `at` right within a minute of the clock',
  needs: ['faketime'],
  rounds: 2,
  quickRounds: 0,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const folder = site.newFolder();
  const clock = new FakeClock(join(folder, 'clock'));
  const call = { folder: join(folder, 'data'), port: await freePort(), environment: clock.environment };
  const server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  for (; findings.runs < rounds; findings.runs += 1) {
    for (const jump of ['-3600', '+86400']) {
      clock.set(jump);
      await pause(JUMP_LASTS_MS);
      await expectOpen(site, crowd, server, findings, `${jump} s`, findings.runs);
      clock.set('+0');
      await expectOpen(site, crowd, server, findings, `after ${jump} s`, findings.runs);
      await expectRight(crowd, findings, jump);
    }
  }
  stop();
  const log = await crowd.judge(findings, server.origin);
  const times = timesOf(log);
  if (Math.max(...times) - Math.min(...times) < DAY_MS) findings.broke('the clock of the server did not jump');
  findings.broke(...times.filter((at) => !(at > 0)).map((at) => `an entry has the time ${at}`));
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

async function expectRight({ people }: Crowd, findings: Findings, jump: string): Promise<void> {
  const since = performance.now();
  for (;;) {
    const newest = people[0]?.reading.seen.at(-1);
    const isRight = newest !== undefined && 'at' in newest && Math.abs(newest.at - Date.now()) < NEAR_MS;
    const ms = performance.now() - since;
    if (isRight) return findings.recovered(ms);
    if (ms > RIGHT_WITHIN_MS) return findings.broke(`a minute after a jump of ${jump} s the times were still wrong`);
    await pause(50);
  }
}

function timesOf(log: readonly Entry[]): number[] {
  return log.flatMap((entry) => ('at' in entry ? [entry.at] : []));
}

/** What the server takes for the time; timers and what is measured go on as they are. */
class FakeClock {
  readonly environment: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.set('+0');
    this.environment = {
      LD_PRELOAD: faketimeLibrary() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  set(seconds: string): void {
    writeFileSync(this.#file, `${seconds}\n`);
  }
}
