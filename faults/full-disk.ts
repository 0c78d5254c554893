import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { command } from './commands.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const PEOPLE = 5;
const MESSAGES_A_SECOND = 100;
const FILLER = 'x'.repeat(2_000);
const DISK_MB = 24;
const WRITES_WITHIN_MS = 2_000;
const FULL_WITHIN_MS = 30_000;
const LEFT_BYTES = 200_000;

export const fullDisk: Fault = {
  id: 'F4',
  title: 'disk full under load, then space again',
  figure: 'refused, reads go on, no crash; writes again within 2 s',
  needs: ['root'],
  rounds: 20,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  for (; findings.runs < rounds; findings.runs += 1) await fillOnce(site, findings);
}

/** A disk of its own for each: what is written stays. */
async function fillOnce(site: Site, findings: Findings): Promise<void> {
  const place = `${site.newFolder()}/small`;
  mkdirSync(place);
  command('mount', '-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'snug-fault', place);
  site.atEnd(() => command('umount', place));
  const server = await ServerProcess.start(site, { folder: `${place}/data`, port: await freePort() });
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const prober = await Crowd.of(site, { at: server, size: 1, called: 'Prober' }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND, FILLER);
  await pause(site.dice.between(200, 600));
  const ballast = `${place}/ballast`;
  writeFileSync(ballast, '');
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - LEFT_BYTES)));
  const isFull = () => crowd.people.some(({ refusals }) => refusals.some(({ code }) => code === 'storageFull'));
  if ((await until(isFull, FULL_WITHIN_MS)) === undefined) findings.broke('nobody was refused with storageFull');
  stop();
  await expectReads(server, prober, findings);
  rmSync(ballast);
  const since = performance.now();
  // A new message, as whoever was refused waits as long as it was told to.
  const said = prober.people[0]?.say('is there space?');
  await until(() => said?.seq !== undefined, 30_000);
  findings.within(WRITES_WITHIN_MS, said?.seq === undefined ? undefined : performance.now() - since, 'it wrote again');
  await crowd.with(prober).judge(findings, server.origin);
  if ((await until(async () => (await server.health()) === true, 2_000)) === undefined)
    findings.missed.push('health did not say that it works again');
  findings.broke(...server.complaints());
  if (server.hasEnded) findings.broke('I8: it ended when its disk was full');
  for (const one of [crowd, prober]) one.close();
  await site.vitals.expectRest(findings);
  await server.end('SIGTERM');
}

async function expectReads(server: ServerProcess, { people, room }: Crowd, findings: Findings): Promise<void> {
  const reply = await people[0]?.ask('catchUp', { room, after: 0 });
  if (!reply?.ok) findings.broke(`nothing could be read while the disk was full: ${reply?.code ?? 'no answer'}`);
  if ((await until(async () => (await server.health()) === false, 1_000)) === undefined)
    findings.missed.push('health said nothing of the full disk for 1 s');
}
