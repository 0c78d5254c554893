import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dice } from '../simulation/dice.ts';
import { Crowd, readLog } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import type { Entry } from '../protocol/entries.ts';
import type { Said } from './outbox.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const FILE = 'snug.db';
const LOG_FILE = `${FILE}-wal`;
/** The lock, and SQLite's index of the log: every start makes them anew. */
const NOT_JUDGED = /^snug\.lock|-shm$/u;
const PAGE = 4_096;
const ENTRIES = 2_000;

export const damagedDatabase: Fault = {
  id: 'F5',
  title: 'a corrupt, truncated, emptied or garbage database at the start',
  figure: 'a clear line and a hint to restore; never a write',
  needs: [],
  rounds: 36,
  quickRounds: 9,
  run,
};

interface Way {
  readonly what: string;
  /** With what the server before had ended: what is in the database file alone after a SIGTERM is in the log after a SIGKILL. */
  readonly after?: 'SIGKILL';
  readonly spoil: (path: string, dice: Dice) => void;
}

/** Each spoils a copy of a good database. */
const WAYS: readonly Way[] = [
  { what: 'a garbage head', spoil: (path, dice) => overwrite(path, 0, garbage(dice, 100)) },
  { what: 'garbage throughout', spoil: (path, dice) => writeFileSync(path, garbage(dice, statSync(path).size)) },
  {
    what: 'the first half alone',
    spoil: (path) => truncateSync(path, Math.floor(statSync(path).size / PAGE / 2) * PAGE),
  },
  { what: 'a torn last page', spoil: (path) => truncateSync(path, statSync(path).size - PAGE / 2) },
  { what: 'half of its pages overwritten', spoil: overwriteHalf },
  { what: 'no bytes at all', spoil: (path) => truncateSync(path, 0) },
  { what: 'no bytes at all beside its log', after: 'SIGKILL', spoil: (path) => truncateSync(path, 0) },
  { what: 'no database file beside its log', after: 'SIGKILL', spoil: (path) => rmSync(path) },
  {
    what: 'an empty log that had all of it',
    after: 'SIGKILL',
    spoil: (path) => truncateSync(join(dirname(path), LOG_FILE), 0),
  },
];

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const good = await goodDatabase(site, 'SIGTERM');
  const killed = await goodDatabase(site, 'SIGKILL');
  for (; findings.runs < rounds; findings.runs += 1) {
    const way = WAYS[findings.runs % WAYS.length];
    if (!way) continue;
    const folder = site.newFolder();
    cpSync(way.after === 'SIGKILL' ? killed.folder : good.folder, folder, { recursive: true });
    way.spoil(join(folder, FILE), site.dice);
    await expectRefusal(site, findings, folder, way.what);
  }
}

export interface GoodDatabase {
  readonly folder: string;
  readonly log: readonly Entry[];
  readonly sent: readonly Said[];
}

export async function goodDatabase(site: Site, ending: 'SIGTERM' | 'SIGKILL'): Promise<GoodDatabase> {
  const folder = site.newFolder();
  const server = await ServerProcess.start(site, { folder, port: await freePort() });
  const crowd = await Crowd.of(site, { at: server, size: 1 }).comeIn();
  for (let n = 0; n < ENTRIES; n += 1) crowd.people[0]?.say(`message ${n} ${'of some length '.repeat(5)}`);
  if ((await crowd.caughtUp(30_000)) === undefined) throw new Error('The good database was not written.');
  const log = await readLog(site, server.origin, crowd.room);
  crowd.close();
  await server.end(ending);
  if (ending === 'SIGKILL' && statSync(join(folder, LOG_FILE)).size === 0)
    throw new Error('A killed server left no log.');
  return { folder, log, sent: crowd.people.flatMap(({ sent }) => sent) };
}

async function expectRefusal(site: Site, findings: Findings, folder: string, what: string): Promise<void> {
  const before = contentOf(folder);
  const server = ServerProcess.launch(site, { folder, port: await freePort() });
  await until(() => server.isReady || server.hasEnded, 20_000);
  if (server.isReady) {
    findings.broke(`with ${what} it started`);
    await server.end('SIGKILL');
    return;
  }
  await judgeRefusal(findings, server, what);
  if (contentOf(folder) !== before) findings.broke(`with ${what} it wrote to the data`);
}

/** One clear line, and what to do now. */
export async function judgeRefusal(findings: Findings, server: ServerProcess, what: string): Promise<void> {
  const { code } = await server.end('SIGKILL');
  if (code !== 1) findings.broke(`with ${what} it ended with ${code}`);
  if (!/restore a backup/iu.test(server.stderr)) findings.broke(`with ${what} it said: ${server.stderr.slice(0, 300)}`);
  if (server.stderr.trim().split('\n').length > 1) findings.broke(`with ${what} it said more than a line`);
}

/** Of all files in which there is something. */
function contentOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).toSorted()) {
    const bytes = readFileSync(join(folder, file));
    if (bytes.length > 0 && !NOT_JUDGED.test(file)) hash.update(`${file} ${bytes.length} `).update(bytes);
  }
  return hash.digest('hex');
}

export function garbage(dice: Dice, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => dice.below(256)));
}

export function overwrite(path: string, at: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

/** Not the first page, which is the head: that is another way. */
function overwriteHalf(path: string, dice: Dice): void {
  const pages = statSync(path).size / PAGE;
  for (let page = 1; page < pages; page += 1) if (dice.chance(0.5)) overwrite(path, page * PAGE, garbage(dice, PAGE));
}
