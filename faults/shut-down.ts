import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { type Ended, ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, within } from './waiting.ts';

const PEOPLE = 20;
const MESSAGES_A_SECOND = 300;
const ENDED_WITHIN_MS = 10_000;
/** Asked again sooner, it is the same wish: a terminal and npm both pass it on (server/main.ts). */
const AGAIN_AFTER_MS = 1_200;

export const shutDown: Fault = {
  id: 'F17',
  title: 'SIGTERM, SIGINT, and SIGTERM twice, under load',
  figure: 'exit 0 within 10 s; the second one at once; whole',
  needs: [],
  rounds: 21,
  quickRounds: 3,
  run,
};

const WAYS = ['SIGTERM', 'SIGINT', 'twice'] as const;

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const call = { folder: site.newFolder(), port: await freePort() };
  let server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  for (; findings.runs < rounds; findings.runs += 1) {
    await pause(site.dice.between(300, 1_000));
    await endOnce(server, WAYS[findings.runs % WAYS.length] ?? 'SIGTERM', findings);
    findings.broke(...server.complaints());
    server = await ServerProcess.start(site, call);
    if ((await crowd.caughtUp(30_000)) === undefined) findings.broke('not everybody caught up within 30 s');
  }
  stop();
  await crowd.judge(findings, server.origin);
  findings.broke(...server.complaints());
}

async function endOnce(server: ServerProcess, way: (typeof WAYS)[number], findings: Findings): Promise<void> {
  const since = performance.now();
  server.signal(way === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
  if (way !== 'twice') {
    expectCode(await within(ENDED_WITHIN_MS * 6, 'the end', server.ended), way, findings);
    return findings.within(ENDED_WITHIN_MS, performance.now() - since, `it ended after ${way}`);
  }
  await pause(AGAIN_AFTER_MS);
  // A quiet drain may be over by then: both ends are right.
  const again = performance.now();
  const { code, signal } = await server.end('SIGTERM');
  if (code !== 0 && signal !== 'SIGTERM') findings.broke(`I8: asked twice it ended with ${code ?? signal}`);
  findings.within(1_000, performance.now() - again, 'asked again, it ended');
}

function expectCode({ code, signal }: Ended, way: string, findings: Findings): void {
  if (code !== 0) findings.broke(`I8: after ${way} it ended with ${code ?? signal}`);
}
