import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause } from './waiting.ts';

const PEOPLE = 20;
const MESSAGES_A_SECOND = 500;
const READY_WITHIN_MS = 2_000;
const CAUGHT_UP_WITHIN_MS = 5_000;
const LIVES_MS = [200, 1_500] as const;

export const kill: Fault = {
  id: 'F1',
  title: 'kill -9 at a random moment, 20 clients, 500 messages/s',
  figure: 'ready again in 2 s, everybody caught up in 5 s',
  needs: [],
  rounds: 20,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const call = { folder: site.newFolder(), port: await freePort() };
  let server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  let worstStart = 0;
  for (; findings.runs < rounds; findings.runs += 1) {
    await pause(site.dice.between(...LIVES_MS));
    await server.end('SIGKILL');
    findings.broke(...server.complaints());
    server = await ServerProcess.start(site, call);
    worstStart = Math.max(worstStart, server.readyAfterMs);
    if (server.readyAfterMs > READY_WITHIN_MS) findings.within(READY_WITHIN_MS, server.readyAfterMs, 'it was ready');
    findings.within(CAUGHT_UP_WITHIN_MS, await crowd.caughtUp(3 * CAUGHT_UP_WITHIN_MS), 'everybody had caught up');
  }
  stop();
  const log = await crowd.judge(findings, server.origin);
  findings.broke(...server.complaints());
  findings.note(`${log.length} entries; ready again after ${Math.round(worstStart)} ms at worst`);
}
