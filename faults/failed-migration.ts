import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDriver } from '../server/store/sqlite/driver.ts';
import { migrate } from '../server/store/sqlite/migrate.ts';
import { STEPS } from '../server/store/sqlite/schema.ts';
import { readLog } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { lackingOf } from './needs.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const FILE = 'snug.db';
const COPY = 'snug-before-version-2.db';
const ROOM = 'tea';
const MESSAGES = 20_000;
/** The copy and the steps are somewhere in the first of its time; how fast a machine is there, one cannot know. */
const LONGEST_LIFE_MS = 1_500;
/** Of the calls of one kind until it is ready. */
const MOST_CALLS = 60;

export const failedMigration: Fault = {
  id: 'F19',
  title: 'a migration that is killed or whose disk fails half way; a newer database',
  figure: 'all or nothing, and a whole copy; a newer one is refused with a clear line',
  needs: [],
  rounds: 20,
  quickRounds: 2,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const ways = lackingOf(['strace']).length === 0 ? (['kill', 'EIO', 'ENOSPC'] as const) : (['kill'] as const);
  if (ways.length === 1) findings.note('killed only: a disk that fails needs strace');
  let halfWay = 0;
  for (; findings.runs < rounds; findings.runs += 1) {
    const way = ways[findings.runs % ways.length] ?? 'kill';
    if (await migrateBadly(site, findings, way)) halfWay += 1;
  }
  await expectNewerRefused(site, findings);
  findings.note(`${halfWay} of ${rounds} ended before the server was ready`);
}

/** True when it was stopped before it was ready. */
async function migrateBadly(site: Site, findings: Findings, way: 'kill' | 'EIO' | 'ENOSPC'): Promise<boolean> {
  const folder = await oldDatabase(site);
  const call = { folder, port: await freePort() };
  const nth = site.dice.between(1, MOST_CALLS);
  const calls = site.dice.chance(0.5) ? 'pwrite64' : 'fsync,fdatasync';
  const inject = [`trace=${calls}`, `inject=${calls}:error=${way}:when=${nth}`].flatMap((one) => ['-e', one]);
  const wrap = way === 'kill' ? [] : ['strace', '-f', '-o', '/dev/null', ...inject];
  const server = ServerProcess.launch(site, { ...call, wrap });
  if (way === 'kill') await pause(site.dice.below(LONGEST_LIFE_MS));
  else await until(() => server.isReady || server.hasEnded, 30_000);
  const wasReady = server.isReady;
  await server.end('SIGKILL');
  findings.broke(...server.complaints().map((complaint) => `${way} ${calls} ${nth}: ${complaint}`));
  await expectAllOrNothing(folder, findings, `${way} ${calls} ${nth}`);
  const after = await ServerProcess.start(site, call);
  const log = await readLog(site, after.origin, ROOM);
  const texts = log.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
  const lost = texts.length !== MESSAGES || texts.some((text, n) => text !== textOf(n));
  if (lost) findings.broke(`I1: after ${way} ${calls} ${nth} ${texts.length} of ${MESSAGES} messages are there`);
  await after.end('SIGTERM');
  return !wasReady;
}

async function expectAllOrNothing(folder: string, findings: Findings, what: string): Promise<void> {
  const version = await versionOf(join(folder, FILE));
  if (version !== 1 && version !== STEPS.length) findings.broke(`after ${what} the database is of version ${version}`);
  const copy = join(folder, COPY);
  if (version === STEPS.length && !existsSync(copy))
    findings.broke(`after ${what} there is no copy of what was before`);
  if (existsSync(copy) && (await versionOf(copy)) !== 1) findings.broke(`after ${what} the copy is not whole`);
}

/** 0 for what is not whole. */
async function versionOf(path: string): Promise<number> {
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(path);
  try {
    const check = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    const meta = db.prepare("SELECT value FROM meta WHERE name = 'version'").get() as { value: string } | undefined;
    return check.quick_check === 'ok' ? Number(meta?.value ?? 0) : 0;
  } finally {
    db.close();
  }
}

async function expectNewerRefused(site: Site, findings: Findings): Promise<void> {
  const folder = await oldDatabase(site);
  const path = join(folder, FILE);
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(path);
  db.exec("UPDATE meta SET value = '999' WHERE name = 'version'; PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  const hash = () => createHash('sha256').update(readFileSync(path)).digest('hex');
  const before = hash();
  const server = ServerProcess.launch(site, { folder, port: await freePort() });
  await until(() => server.isReady || server.hasEnded, 20_000);
  const { code } = await server.end('SIGKILL');
  if (code !== 1 || !/newer version/u.test(server.stderr) || server.stderr.trim().includes('\n'))
    findings.broke(`a newer database was not refused with a line: ${code} ${server.stderr.slice(0, 300)}`);
  if (hash() !== before) findings.broke('a newer database was written to');
}

function textOf(n: number): string {
  return `message ${n}, of the first version`;
}

/** As the first version of the program would have left it. */
async function oldDatabase(site: Site): Promise<string> {
  const folder = join(site.newFolder(), 'data');
  mkdirSync(folder);
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(join(folder, FILE));
  db.exec('PRAGMA journal_mode = WAL');
  migrate(db, STEPS.slice(0, 1), () => '');
  db.exec('BEGIN');
  const now = Date.now();
  db.prepare(
    `INSERT INTO room (id, address, title, last_seq, last_id, last_at, first_seq, here, members)
     VALUES ('r', ?, ?, ?, ?, ?, 1, 0, 0)`,
  ).run(ROOM, ROOM, MESSAGES, idOf(MESSAGES - 1), now);
  const insert = db.prepare(
    `INSERT INTO log (room_id, seq, id, at, kind, sender_id, sender_name, client_id, target_seq, here, body)
     VALUES ('r', ?, ?, ?, 'message', 'm', 'Ada', ?, 0, 0, ?)`,
  );
  for (let n = 0; n < MESSAGES; n += 1) insert.run(n + 1, idOf(n), now, idOf(n), textOf(n));
  db.exec('COMMIT');
  db.close();
  return folder;
}

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
