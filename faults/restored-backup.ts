import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Entry } from '../protocol/entries.ts';
import { Crowd, readLog } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until, within } from './waiting.ts';

const BACKUP = fileURLToPath(new URL('../tools/backup.mjs', import.meta.url));
const PEOPLE = 10;
const MESSAGES_A_SECOND = 300;
const BACKED_UP_WITHIN_MS = 60_000;
const BACK_WITHIN_MS = 30_000;

export const restoredBackup: Fault = {
  id: 'F20',
  title: 'a backup under load (`npm run backup`), restored elsewhere',
  figure: 'a consistent prefix; browsers start over by themselves',
  needs: [],
  rounds: 5,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  for (; findings.runs < rounds; findings.runs += 1) await restoreOnce(site, findings);
}

async function restoreOnce(site: Site, findings: Findings): Promise<void> {
  const folder = site.newFolder();
  const call = { folder: join(folder, 'data'), port: await freePort() };
  const copy = join(folder, 'copy');
  const server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  await pause(site.dice.between(500, 1_500));
  const known = Math.max(...crowd.people.flatMap(({ sent }) => sent.map(({ seq = 0 }) => seq)));
  await backUp(site, call.folder, copy);
  await pause(site.dice.between(500, 1_000));
  stop();
  await crowd.caughtUp(BACK_WITHIN_MS);
  const original = await readLog(site, server.origin, crowd.room);
  findings.broke(...server.complaints());
  await server.end('SIGKILL');
  const restored = await ServerProcess.start(site, { ...call, folder: copy });
  const prefix = await readLog(site, restored.origin, crowd.room);
  expectPrefix(prefix, original, known, findings);
  const ms = await until(() => crowd.people.every(({ isIn, startsOver }) => isIn && startsOver > 0), BACK_WITHIN_MS);
  findings.within(BACK_WITHIN_MS, ms, 'everybody had started over');
  await talkOn(crowd, restored, findings);
  crowd.close();
  await site.vitals.expectRest(findings);
  await restored.end('SIGTERM');
}

/** What was acknowledged before the log went back may be gone with it: it counts as sent, and no more. */
async function talkOn(crowd: Crowd, server: ServerProcess, findings: Findings): Promise<void> {
  const earlier = new Set(crowd.people.flatMap(({ sent }) => sent.map(({ clientId }) => clientId)));
  const said = crowd.people.map((person) => person.say(`${person.name}: after the backup`));
  if ((await until(() => said.every(({ seq }) => seq !== undefined), BACK_WITHIN_MS)) === undefined)
    findings.broke('I1: not everybody could talk again');
  await crowd.judge(findings, server.origin, earlier);
  findings.broke(...server.complaints());
}

/** Up to what the readers of the restored log added themselves. */
function expectPrefix(prefix: readonly Entry[], original: readonly Entry[], known: number, findings: Findings): void {
  const common = prefix.findIndex(({ id }, n) => original[n]?.id !== id);
  const length = common < 0 ? prefix.length : common;
  if (length < known)
    findings.broke(`I1: the backup has ${length} entries; ${known} were acknowledged before it began`);
  const later = prefix.slice(length).find(({ kind }) => kind === 'message');
  if (later) findings.broke(`I6: entry ${later.seq} of the backup is not that of the original`);
  findings.note(`${length} of ${original.length} entries were in the backup`);
}

async function backUp(site: Site, from: string, to: string): Promise<void> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [BACKUP, to], {
    env: { PATH, HOME, SNUG_DATA: from },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  site.atEnd(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await within(
    BACKED_UP_WITHIN_MS,
    'the backup',
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  );
  if (code !== 0) throw new Error(`The backup ended with ${code}: ${said}`);
}
