import { createHash } from 'node:crypto';
import { cpSync, closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Dice } from '../simulation/dice.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const FILE = 'snug.db';
const PAGE = 4_096;
const ENTRIES = 2_000;

export const damagedDatabase: Fault = {
  id: 'F5',
  title: 'a corrupt, truncated or garbage database at the start',
  figure: 'a clear line and a hint to restore; never a write',
  needs: [],
  rounds: 20,
  quickRounds: 5,
  run,
};

/** Each spoils a copy of a good database. */
const WAYS: readonly { readonly what: string; readonly spoil: (path: string, dice: Dice) => void }[] = [
  { what: 'a garbage head', spoil: (path, dice) => overwrite(path, 0, garbage(dice, 100)) },
  { what: 'garbage throughout', spoil: (path, dice) => writeFileSync(path, garbage(dice, statSync(path).size)) },
  {
    what: 'the first half alone',
    spoil: (path) => truncateSync(path, Math.floor(statSync(path).size / PAGE / 2) * PAGE),
  },
  { what: 'a torn last page', spoil: (path) => truncateSync(path, statSync(path).size - PAGE / 2) },
  { what: 'half of its pages overwritten', spoil: overwriteHalf },
];

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const good = await goodDatabase(site);
  for (; findings.runs < rounds; findings.runs += 1) {
    const way = WAYS[findings.runs % WAYS.length];
    if (!way) continue;
    const folder = site.newFolder();
    cpSync(good, folder, { recursive: true });
    way.spoil(join(folder, FILE), site.dice);
    await expectRefusal(site, findings, folder, way.what);
  }
}

async function goodDatabase(site: Site): Promise<string> {
  const folder = site.newFolder();
  const server = await ServerProcess.start(site, { folder, port: await freePort() });
  const crowd = await Crowd.of(site, { at: server, size: 1 }).comeIn();
  for (let n = 0; n < ENTRIES; n += 1) crowd.people[0]?.say(`message ${n} ${'of some length '.repeat(5)}`);
  if ((await crowd.caughtUp(30_000)) === undefined) throw new Error('The good database was not written.');
  crowd.close();
  await server.end('SIGTERM');
  return folder;
}

async function expectRefusal(site: Site, findings: Findings, folder: string, what: string): Promise<void> {
  const before = hashOf(folder);
  const server = ServerProcess.launch(site, { folder, port: await freePort() });
  await until(() => server.isReady || server.hasEnded, 20_000);
  if (server.isReady) {
    findings.broke(`with ${what} it started`);
    await server.end('SIGKILL');
    return;
  }
  const { code } = await server.end('SIGKILL');
  if (code !== 1) findings.broke(`with ${what} it ended with ${code}`);
  if (!/restore a backup/iu.test(server.stderr)) findings.broke(`with ${what} it said: ${server.stderr.slice(0, 300)}`);
  if (server.stderr.trim().split('\n').length > 1) findings.broke(`with ${what} it said more than a line`);
  if (hashOf(folder) !== before) findings.broke(`with ${what} it wrote to the database`);
}

function hashOf(folder: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, FILE)))
    .digest('hex');
}

function garbage(dice: Dice, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => dice.below(256)));
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

/** Not the first page, which is the head: that is another way. */
function overwriteHalf(path: string, dice: Dice): void {
  const pages = statSync(path).size / PAGE;
  for (let page = 1; page < pages; page += 1) if (dice.chance(0.5)) overwrite(path, page * PAGE, garbage(dice, PAGE));
}
