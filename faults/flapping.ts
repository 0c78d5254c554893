import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { Proxy } from './proxy.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause } from './waiting.ts';

const PEOPLE = 5;
const MESSAGES_A_SECOND = 20;
const RESET_EVERY_MS = 2_000;
const RESETS = 5;
const BAD = { latencyMs: 0, jitterMs: 200, rate: 20_000 };
const CAUGHT_UP_WITHIN_MS = 3_000;

export const flapping: Fault = {
  id: 'F10',
  title: 'a flapping link: reset every 2 s, 200 ms jitter, 20 kB/s',
  figure: 'caught up within 3 s of healing',
  needs: [],
  rounds: 20,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const port = await freePort();
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port });
  const line = await Proxy.to(site, port);
  const near = await Crowd.of(site, { at: server, size: PEOPLE, called: 'Near' }).comeIn();
  const far = await Crowd.of(site, { at: line, size: PEOPLE, called: 'Far' }).comeIn();
  const all = near.with(far);
  const stop = all.talk(MESSAGES_A_SECOND);
  for (; findings.runs < rounds; findings.runs += 1) {
    line.weather = BAD;
    for (let n = 0; n < RESETS; n += 1) {
      await pause(RESET_EVERY_MS);
      // Now and then in the middle of a frame.
      if (site.dice.chance(0.5)) line.cut(site.dice.below(200));
      else line.reset();
    }
    await pause(RESET_EVERY_MS / 2);
    line.clear();
    findings.within(CAUGHT_UP_WITHIN_MS, await all.caughtUp(30_000), 'everybody had caught up');
  }
  stop();
  await all.judge(findings, server.origin);
  findings.broke(...server.complaints());
  findings.note(`${far.people.reduce((sum, { losses }) => sum + losses, 0)} connections were lost`);
}
