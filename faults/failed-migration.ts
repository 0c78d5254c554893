import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STEPS } from '../server/store/sqlite/schema.ts';
import { readLog } from './crowd.ts';
import { type Armed, callsOf, Failpoints } from './failpoints.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { lackingOf } from './needs.ts';
import { COPY, expectNewerRefused, FILE, MESSAGES, OldDatabase, ROOM, textOf, versionOf } from './old-database.ts';
import { type ServerCall, ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

/** Long, for a busy machine: what it stops at must be reached. */
const REACHED_WITHIN_MS = 30_000;
const OLD = 1;
const NEW = STEPS.length;

interface Place extends Omit<Armed, 'what'> {
  /** What is left of the database there, and whether a copy is. */
  readonly version: number;
  readonly hasCopy: boolean;
}

/** One after the other, as a migration comes by them. */
const PLACES: readonly Place[] = [
  { point: 'store/sqlite/whole-copy writeWholeCopy', version: OLD, hasCopy: false },
  // The copy is written, and under another name.
  { point: 'store/sqlite/whole-copy sync', version: OLD, hasCopy: false },
  { point: 'store/sqlite/whole-copy syncFolder', version: OLD, hasCopy: true },
  ...STEPS.slice(1).map((_, n) => ({
    point: 'store/sqlite/migrate advance',
    from: n + 1,
    version: OLD,
    hasCopy: true,
  })),
  // All steps are taken, and nothing is committed.
  { point: 'store/sqlite/migrate writeMeta', version: OLD, hasCopy: true },
  { point: 'store/sqlite/migrate refreshWords', version: NEW, hasCopy: true },
  // All words are in the index, and nothing is committed.
  { point: 'store/sqlite/migrate writeMeta', from: 2, version: NEW, hasCopy: true },
];
/** What comes next: by then it is over. */
const AFTER: Armed = { what: 'stall', point: 'store/sqlite/open-database endLeases' };

export const failedMigration: Fault = {
  id: 'F19',
  title: 'a migration that is killed or whose disk fails half way; a newer database',
  figure: 'all or nothing, and a whole copy; a newer one is refused with a clear line',
  needs: [],
  rounds: 20,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const old = await OldDatabase.make(site);
  const half = site.dice.below(2);
  const places = PLACES.filter((_, n) => !site.isQuick || n % 2 === half);
  for (const place of places) await killAt(site, findings, old, place);
  if (lackingOf(['strace']).length === 0) await failAnywhere(site, findings, old, rounds);
  else findings.note('killed where it stops only: a disk that fails, and a kill anywhere, need strace');
  await expectNewerRefused(site, findings, old);
}

async function killAt(site: Site, findings: Findings, old: OldDatabase, place: Place): Promise<void> {
  const { point, from = 1, version, hasCopy } = place;
  const what = `a kill at ${point}, ${from}`;
  const call = { folder: old.copy(site), port: await freePort() };
  const armed = { what: 'stall', point, from } as const;
  const server = await stalled(site, call, armed);
  await server.end('SIGKILL');
  if (!isAt(server, armed)) findings.broke(`${point} was not reached: ${server.stderr.slice(0, 300)}`);
  const left = await versionOf(site, join(call.folder, FILE));
  if (left !== version) findings.broke(`after ${what} the database is of version ${left}, not ${version}`);
  if (existsSync(join(call.folder, COPY)) !== hasCopy)
    findings.broke(`after ${what} there is ${hasCopy ? 'no' : 'a'} copy`);
  await expectWhole(site, findings, call, what);
  findings.runs += 1;
}

/** Started, and standing still there, or at its end. */
async function stalled(site: Site, call: ServerCall, armed: Armed): Promise<ServerProcess> {
  const failpoints = new Failpoints(site);
  failpoints.arm(armed);
  const server = ServerProcess.launch(site, { ...call, ...failpoints.call });
  await until(() => isAt(server, armed) || server.hasEnded, REACHED_WITHIN_MS);
  if (!isAt(server, armed) && !server.hasEnded) throw new Error(`${armed.point} was not reached:\n${server.stderr}`);
  return server;
}

function isAt(server: ServerProcess, armed: Armed): boolean {
  return callsOf(server, armed).length > 0;
}

interface Way {
  readonly calls: string;
  readonly failure: 'signal=SIGKILL' | 'error=EIO' | 'error=ENOSPC';
  /** What its operator is told. */
  readonly line: RegExp | undefined;
}

const WRITES = 'pwrite64';
const SYNCS = 'fsync,fdatasync';
const FAILS = /cannot be read or written \(input\/output error\)\. Check the disk/u;
const FULL = /There is no space left .*Make some/u;
const WAYS: readonly Way[] = [WRITES, SYNCS].flatMap((calls) => [
  { calls, failure: 'signal=SIGKILL', line: undefined } as const,
  { calls, failure: 'error=EIO', line: FAILS } as const,
  // Why nothing could be synchronized, or why the index of its log cannot grow, SQLite does not say.
  { calls, failure: 'error=ENOSPC', line: new RegExp(`${FULL.source}|${FAILS.source}`, 'u') } as const,
]);

/** At any of the calls that a whole migration makes. */
async function failAnywhere(site: Site, findings: Findings, old: OldDatabase, rounds: number): Promise<void> {
  const most = new Map<string, number>();
  for (const calls of [WRITES, SYNCS]) most.set(calls, await countCalls(site, old, calls));
  for (let round = 0; round < rounds; round += 1) {
    for (const way of WAYS) {
      await failOnce(site, findings, old, way, site.dice.between(1, most.get(way.calls) ?? 1));
    }
  }
  const counts = [...most].map(([calls, count]) => `${count} ${calls}`);
  findings.note(`of ${counts.join(' and ')} of a migration any one failed, or was its last`);
}

async function countCalls(site: Site, old: OldDatabase, calls: string): Promise<number> {
  const told = join(site.newFolder(), 'calls');
  const wrap = ['strace', '-f', '-o', told, '-e', `trace=${calls}`];
  const server = await stalled(site, { folder: old.copy(site), port: await freePort(), wrap }, AFTER);
  await server.end('SIGKILL');
  return linesOf(told).filter((line) => /^\d+ +\w+\(/u.test(line)).length;
}

async function failOnce(site: Site, findings: Findings, old: OldDatabase, way: Way, nth: number): Promise<void> {
  const { calls, failure, line } = way;
  const what = `${failure} at ${calls} ${nth}`;
  const told = join(site.newFolder(), 'calls');
  const inject = [`trace=${calls}`, `inject=${calls}:${failure}:when=${nth}`].flatMap((one) => ['-e', one]);
  const call = { folder: old.copy(site), port: await freePort() };
  const server = await stalled(site, { ...call, wrap: ['strace', '-f', '-y', '-o', told, ...inject] }, AFTER);
  const hasPassed = isAt(server, AFTER);
  const { code } = await server.end('SIGKILL');
  findings.broke(...server.complaints().map((complaint) => `${what}: ${complaint}`));
  const hit = linesOf(told).find((one) => one.includes('INJECTED') || one.includes('SIGKILL'));
  // Each migration makes a call more or less.
  if (hasPassed && !hit?.includes('INJECTED')) return failOnce(site, findings, old, way, nth - 1);
  // SQLite does not look at what syncing a folder says.
  if (hasPassed && !hit?.includes(`${call.folder}>`)) findings.broke(`${what} did not keep it from starting: ${hit}`);
  if (!hasPassed && line) expectLine(findings, what, line, code, server.stderr);
  const version = await versionOf(site, join(call.folder, FILE));
  if (version !== OLD && version !== NEW) findings.broke(`after ${what} the database is of version ${version}`);
  const copy = join(call.folder, COPY);
  if (version === NEW && !existsSync(copy)) findings.broke(`after ${what} there is no copy of what was before`);
  await expectWhole(site, findings, call, what);
  findings.runs += 1;
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n');
}

function expectLine(findings: Findings, what: string, line: RegExp, code: number | null, said: string): void {
  if (code !== 1 || !line.test(said) || said.trim().includes('\n'))
    findings.broke(`${what} was not told in a line: ${code} ${said.slice(0, 300)}`);
}

/** The copy is whole, and so is what the next start makes of the database. */
async function expectWhole(site: Site, findings: Findings, call: ServerCall, what: string): Promise<void> {
  const copy = join(call.folder, COPY);
  if (existsSync(copy) && (await versionOf(site, copy)) !== OLD) findings.broke(`after ${what} the copy is not whole`);
  const after = await ServerProcess.start(site, { ...call, port: await freePort() });
  const log = await readLog(site, after.origin, ROOM);
  const texts = log.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
  if (texts.length !== MESSAGES || texts.some((text, n) => text !== textOf(n)))
    findings.broke(`I1: after ${what} ${texts.length} of ${MESSAGES} messages are there`);
  await after.end('SIGKILL');
}
