import { cpSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { checkHistory } from '../simulation/check-history.ts';
import type { Dice } from '../simulation/dice.ts';
import { Crowd, readLog } from './crowd.ts';
import { garbage, type GoodDatabase, goodDatabase, judgeRefusal, overwrite } from './damaged-database.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const FILE = 'snug.db-wal';
const TALKS_WITHIN_MS = 10_000;

/**
 * SQLite takes up to its last commit whatever of the log it can prove, and knows nothing of what was behind. Where a part of
 * the log was in the database file already the two do not fit together, and quick_check says so.
 */
export const damagedLog: Fault = {
  id: 'F5',
  title: 'a write-ahead log cut short or overwritten after `kill -9`',
  figure:
    'refused with a clear line, or the log up to some entry, which goes on from there; nothing doubled or out of order',
  needs: [],
  rounds: 21,
  quickRounds: 3,
  run,
};

const WAYS: readonly { readonly what: string; readonly spoil: (path: string, dice: Dice) => void }[] = [
  { what: 'a log cut short', spoil: (path, dice) => truncateSync(path, dice.below(statSync(path).size)) },
  {
    what: 'a log overwritten to its end',
    spoil: (path, dice) => spoilFrom(path, dice.below(statSync(path).size), dice),
  },
  {
    what: 'a log overwritten in its middle',
    spoil: (path, dice) => overwrite(path, dice.below(statSync(path).size), garbage(dice, 100)),
  },
];

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const killed = await goodDatabase(site, 'SIGKILL');
  for (; findings.runs < rounds; findings.runs += 1) {
    const way = WAYS[findings.runs % WAYS.length];
    if (!way) continue;
    const folder = site.newFolder();
    cpSync(killed.folder, folder, { recursive: true });
    way.spoil(join(folder, FILE), site.dice);
    await startOnce(site, findings, { folder, what: way.what, killed });
  }
}

interface Start {
  readonly folder: string;
  readonly what: string;
  readonly killed: GoodDatabase;
}

async function startOnce(site: Site, findings: Findings, { folder, what, killed }: Start): Promise<void> {
  const server = ServerProcess.launch(site, { folder, port: await freePort() });
  await until(() => server.isReady || server.hasEnded, 20_000);
  if (!server.isReady) {
    findings.note(`${what}: refused`);
    return judgeRefusal(findings, server, what);
  }
  const read = await readLog(site, server.origin, 'tea');
  const differs = read.findIndex(({ id }, n) => id !== killed.log[n]?.id);
  const kept = differs < 0 ? read.length : differs;
  findings.note(`${what}: ${kept} of ${killed.log.length} entries were left`);
  // Behind it stands what was added since the start: who came to read, and who was there when it was killed and is gone.
  const later = read.slice(kept).find(({ kind }) => kind !== 'notice');
  if (later) findings.broke(`I3: with ${what} entry ${later.seq} is a ${later.kind} that was not there before`);
  const sent = killed.sent.map((one) => ((one.seq ?? 0) > kept ? { ...one, seq: undefined } : one));
  findings.broke(...checkHistory(read, sent));
  await talkOn(site, findings, server, what);
}

async function talkOn(site: Site, findings: Findings, server: ServerProcess, what: string): Promise<void> {
  const crowd = await Crowd.of(site, { at: server, size: 1, called: 'Later' }).comeIn();
  crowd.people[0]?.say('and on');
  if ((await crowd.caughtUp(TALKS_WITHIN_MS)) === undefined) findings.broke(`with ${what} nobody can talk`);
  crowd.close();
  findings.broke(...server.complaints());
  const { code } = await server.end('SIGTERM');
  if (code !== 0) findings.broke(`I8: with ${what} it ended with ${code}`);
}

function spoilFrom(path: string, at: number, dice: Dice): void {
  overwrite(path, at, garbage(dice, statSync(path).size - at));
}
