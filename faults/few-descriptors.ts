import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause } from './waiting.ts';

const DESCRIPTORS = 256;
const OLD = 20;
const NEW = 300;
const PUSHED_MS = 5_000;
const TALK_WITHIN_MS = 5_000;

export const fewDescriptors: Fault = {
  id: 'F21',
  title: '256 descriptors, 320 who want in',
  figure: 'refuses new, keeps old; takes new again when some have gone',
  needs: ['prlimit'],
  rounds: 3,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const wrap = ['prlimit', `--nofile=${DESCRIPTORS}`];
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port: await freePort(), wrap });
  const old = await Crowd.of(site, { at: server, size: OLD, called: 'Old' }).comeIn();
  for (; findings.runs < rounds; findings.runs += 1) {
    const before = old.people.reduce((sum, { losses }) => sum + losses, 0);
    const pushing = Crowd.of(site, { at: server, size: NEW, room: 'coffee', called: `New ${findings.runs} at` });
    for (const person of pushing.people) person.open();
    const stop = old.talk(50);
    await pause(PUSHED_MS);
    stop();
    if ((await old.caughtUp(TALK_WITHIN_MS)) === undefined) findings.broke('the old ones could not talk');
    const lost = old.people.reduce((sum, { losses }) => sum + losses, 0) - before;
    if (lost > 0) findings.broke(`${lost} of the old connections were lost`);
    const inside = pushing.people.filter(({ isIn }) => isIn).length;
    if (inside === NEW) findings.broke('all could come in: there was no want');
    findings.note(`${inside} of ${NEW} came in beside ${OLD}`);
    pushing.close();
    const late = Crowd.of(site, { at: server, size: 20, room: 'coffee', called: `Late ${findings.runs} at` });
    for (const person of late.people) person.open();
    findings.within(10_000, await late.allIn(30_000), 'when they had gone, others could come in');
    late.close();
  }
  await old.judge(findings, server.origin);
  findings.broke(...server.complaints());
  if (server.hasEnded) findings.broke('I8: it ended for want of descriptors');
}
