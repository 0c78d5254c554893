import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const ROOMS = 20;
const PEOPLE_IN_A_ROOM = 100;
const QUICK_PEOPLE_IN_A_ROOM = 5;
const BACK_WITHIN_MS = 30_000;
const MOST_READS = 2;
/** The share of members who may have been away for longer than the grace, by the length of their waits. */
const STORM = 0.1;
const EXIT_WITHIN_MS = 10_000;

export const restart: Fault = {
  id: 'F11',
  title: 'a restart (SIGTERM) with 2,000 clients in 20 rooms',
  figure: 'all back in 30 s, at most 2 reads each',
  needs: [],
  rounds: 3,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const call = { folder: site.newFolder(), port: await freePort() };
  let server = await ServerProcess.start(site, call);
  const crowds: Crowd[] = [];
  const size = site.isQuick ? QUICK_PEOPLE_IN_A_ROOM : PEOPLE_IN_A_ROOM;
  for (let n = 0; n < ROOMS; n += 1)
    crowds.push(await Crowd.of(site, { at: server, size, room: `room ${n}`, isPatient: true }).comeIn());
  for (; findings.runs < rounds; findings.runs += 1) {
    for (const { people } of crowds) people[0]?.say(`before restart ${findings.runs}`);
    await Promise.all(crowds.map((crowd) => crowd.caughtUp(BACK_WITHIN_MS)));
    server = await restartOnce(site, call, server, crowds, findings);
  }
  let away = 0;
  for (const crowd of crowds) {
    const log = await crowd.judge(findings, server.origin);
    // P5: a restart is not told to the rooms. Each member came once; one reader came to look. Those whose waits were the longest
    // may have been away for so long that they were said to have gone, and came again: two notices each.
    away += (log.filter(({ kind }) => kind === 'notice').length - (size + 1)) / 2;
  }
  findings.broke(...server.complaints());
  const most = size * ROOMS * rounds * STORM;
  if (away > most) findings.missed.push(`I9: ${away} members were said to have gone; a storm is more than ${most}`);
  findings.note(`${away} of ${size * ROOMS * rounds} were said to have gone, and to have come again`);
}

async function restartOnce(
  site: Site,
  call: { folder: string; port: number },
  before: ServerProcess,
  crowds: readonly Crowd[],
  findings: Findings,
): Promise<ServerProcess> {
  const people = crowds.flatMap((crowd) => crowd.people);
  const since = performance.now();
  const ended = await before.end('SIGTERM');
  const exitMs = performance.now() - since;
  if (ended.code !== 0) findings.broke(`I8: it ended with ${ended.code ?? ended.signal} after SIGTERM`);
  if (exitMs > EXIT_WITHIN_MS) findings.missed.push(`it ended ${Math.round(exitMs)} ms after SIGTERM`);
  findings.broke(...before.complaints());
  const server = await ServerProcess.start(site, call);
  const ms = await until(() => people.every(({ isIn }) => isIn), 3 * BACK_WITHIN_MS);
  findings.within(BACK_WITHIN_MS, ms, `all ${people.length} were back`);
  await Promise.all(crowds.map((crowd) => crowd.caughtUp(BACK_WITHIN_MS)));
  const most = Math.max(...people.map(({ reads }) => reads));
  if (most > MOST_READS) findings.broke(`somebody needed ${most} reads to be back`);
  findings.note(
    `drained in ${Math.round(exitMs)} ms, ready again ${Math.round(server.readyAfterMs)} ms after its start; ${most} reads at most`,
  );
  return server;
}
