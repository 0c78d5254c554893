import type { Entry } from '../protocol/entries.ts';
import { KEEP_MS } from '../server/log/joint-reads.ts';
import { LEASE_MS } from '../server/log/lease.ts';
import { Crowd } from './crowd.ts';
import { type Armed, callsOf, Failpoints } from './failpoints.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import type { Person } from './person.ts';
import { type ServerCall, ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const ROOMS = 20;
const PEOPLE_IN_A_ROOM = 100;
const QUICK_PEOPLE_IN_A_ROOM = 5;
const WRITERS = 5;
const MESSAGES_A_SECOND = 10;
/** How long there is no server, in one round after the other: a restart, a new version, a machine that starts anew. */
const AWAY_MS = [0, 10_000, 30_000] as const;
const BACK_WITHIN_MS = 30_000;
/** P5, and a little less: the server counts from before it is ready. */
const IN_TIME_MS = LEASE_MS + 5_000;
const MOST_READS = 2;
const EXIT_WITHIN_MS = 10_000;

/** What a herd reads together: who somebody is, each asks for oneself. */
const READS = ['read', 'page', 'here'].map(
  (name): Armed => ({ what: 'tell', point: `store/sqlite/sqlite-engine SqliteEngine.${name}` }),
);

export const restart: Fault = {
  id: 'F11',
  title: 'a restart (SIGTERM) with 2,000 clients in 20 rooms, some of them writing',
  figure:
    'all back in 30 s, at most 2 reads each, about one of the store a room; nobody who is back in time is told gone',
  needs: [],
  rounds: 3,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const failpoints = new Failpoints(site);
  failpoints.arm(...READS);
  const call = { folder: site.newFolder(), port: await freePort(), ...failpoints.call };
  let server = await ServerProcess.start(site, call);
  const crowds: Crowd[] = [];
  const size = site.isQuick ? QUICK_PEOPLE_IN_A_ROOM : PEOPLE_IN_A_ROOM;
  for (let n = 0; n < ROOMS; n += 1)
    crowds.push(await Crowd.of(site, { at: server, size, room: `room ${n}`, isPatient: true }).comeIn());
  const herd = new Herd(crowds);
  const stops = crowds.slice(0, WRITERS).map((crowd) => crowd.first(1).talk(MESSAGES_A_SECOND / WRITERS));
  for (; findings.runs < rounds; findings.runs += 1) server = await restartOnce(site, call, server, herd, findings);
  for (const stop of stops) stop();
  let gone = 0;
  for (const crowd of crowds) gone += herd.gone(findings, crowd, await crowd.judge(findings, server.origin));
  findings.broke(...server.complaints());
  findings.note(`${gone} of ${size * ROOMS * rounds} were said to have gone, and to have come again`);
}

async function restartOnce(
  site: Site,
  call: ServerCall,
  before: ServerProcess,
  herd: Herd,
  findings: Findings,
): Promise<ServerProcess> {
  const since = performance.now();
  const ended = await before.end('SIGTERM');
  const exitMs = performance.now() - since;
  if (ended.code !== 0) findings.broke(`I8: it ended with ${ended.code ?? ended.signal} after SIGTERM`);
  if (exitMs > EXIT_WITHIN_MS) findings.missed.push(`it ended ${Math.round(exitMs)} ms after SIGTERM`);
  findings.broke(...before.complaints());
  await pause(AWAY_MS[findings.runs % AWAY_MS.length]);
  const server = await ServerProcess.start(site, call);
  const ms = await herd.back(3 * BACK_WITHIN_MS);
  findings.within(BACK_WITHIN_MS, ms, `all ${herd.people.length} were back`);
  const reads = expectFewReads(findings, server, ms ?? 0);
  await Promise.all(herd.crowds.map((crowd) => crowd.caughtUp(BACK_WITHIN_MS)));
  const most = Math.max(...herd.people.map((person) => person.reads));
  if (most > MOST_READS) findings.broke(`somebody needed ${most} reads to be back`);
  findings.note(
    `drained in ${Math.round(exitMs)} ms, ready again ${Math.round(server.readyAfterMs)} ms after its start; ${most} reads at most; of the store ${reads}`,
  );
  return server;
}

/** One of each kind a room, and another for each time that what was read has grown too old to be given to others. */
function expectFewReads(findings: Findings, server: ServerProcess, ms: number): string {
  const due = ROOMS * Math.ceil(ms / KEEP_MS);
  const counts = READS.map((armed) => ({ name: armed.point.split('.').at(-1), count: callsOf(server, armed).length }));
  for (const { name, count } of counts)
    if (count > 2 * due) findings.broke(`${count} times the store was asked for ${name}, where ${due} would do`);
  return counts.map(({ name, count }) => `${count} ${name}`).join(', ');
}

class Herd {
  readonly crowds: readonly Crowd[];
  readonly people: readonly Person[];
  /** Who was back so late that the room may have been told, and how often. */
  readonly #late = new Map<Person, number>();

  constructor(crowds: readonly Crowd[]) {
    this.crowds = crowds;
    this.people = crowds.flatMap(({ people }) => people);
  }

  /** How long it took until all were; undefined when they were not. */
  back(mostMs: number): Promise<number | undefined> {
    const since = performance.now();
    const away = new Set(this.people);
    return until(() => {
      const isLate = performance.now() - since > IN_TIME_MS;
      for (const person of away) {
        if (!person.isIn) continue;
        away.delete(person);
        if (isLate) this.#late.set(person, (this.#late.get(person) ?? 0) + 1);
      }
      return away.size === 0;
    }, mostMs);
  }

  /** P5: who was back in time is not said to have gone. How many were said to have. */
  gone(findings: Findings, { people, room }: Crowd, log: readonly Entry[]): number {
    const gone = log.flatMap((entry) =>
      entry.kind === 'notice' && entry.type === 'disconnect' ? [entry.by.name] : [],
    );
    const own = people.map((person) => ({ person, times: gone.filter((name) => name === person.name).length }));
    for (const { person, times } of own)
      if (times > (this.#late.get(person) ?? 0))
        findings.broke(`I9: ${person.name} of ${room} was back in time, and said to have gone`);
    return own.reduce((sum, { times }) => sum + times, 0);
  }
}
