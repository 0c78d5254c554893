import { Crowd } from './crowd.ts';
import { type Armed, callsOf, Failpoints } from './failpoints.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ANSWERED_WITHIN_MS, Guest } from './guest.ts';
import { type ServerCall, ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { ROOTS, UNREACHED } from './unreached-points.ts';
import { until } from './waiting.ts';

const ROOM = 'tried';
const TIMERS_FASTER = 40;
/** What comes last is that a room is forgotten in which nobody is: a minute, and so a second and a half. */
const THROWN_WITHIN_MS = 2_000;
const COMES_AGAIN_WITHIN_MS = 5_000;
const QUICK_OTHERS = 60;
const QUICK_MS = 35_000;
/** A round of a quiet machine has time for all. */
const WHOLE_MS = 300_000;

const FOLDERS = ['rooms', 'gateway', 'http', 'log', 'limits', 'bus'];
const FILES = ['guard', 'client-address', 'origin', 'last-answers', 'open-sockets', 'session-token', 'safe-headers'];
const ENGINE = 'store/sqlite/sqlite-engine';
const KNOWN = new Set(Object.values(UNREACHED).flat());
/** What a node does again and again: without it others take it for dead, or it misses what they tell. */
const AGAIN = ['renewLease', 'ghosts', 'heads']
  .map((name) => `${ENGINE} SqliteEngine.${name}`)
  .concat('bus/local-bus LocalBus.announce');

const LAST = 'log/room-cursor RoomCursor.stop';

const HIGH = '100000/100000';
const RATES = [
  'handshakes',
  'members',
  'rooms',
  'joins',
  'pages',
  'forms',
  'files',
  'visits',
  'packets',
  'sends',
  'reads',
  'returns',
  'typing',
  'entries',
];
/** On, so that what keeps them is walked, and so high that nobody reaches them. */
const LIMITS = RATES.map((limit) => `${limit}=${HIGH}`)
  .concat('connectionsOfAddress=10000', 'connectionsOfSession=1000')
  .join(',');

export const throwing: Fault = {
  id: 'F23',
  title: 'a throw in every function of the server that somebody can reach, each in turn, by failpoints',
  figure: 'that request is refused, or its connection ends; the process and all others live',
  needs: [],
  rounds: 1,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const tried = await Tried.start(site, findings);
  const { reached, unreached } = await tried.survey();
  const points = site.isQuick ? quickOnes(site, reached) : shuffled(site, reached);
  const since = performance.now();
  for (const point of points) {
    if (performance.now() - since > (site.isQuick ? QUICK_MS : WHOLE_MS * rounds)) break;
    await tried.throwIn(point);
    findings.runs += 1;
  }
  await tried.end();
  findings.note(
    `${findings.runs} of ${reached.length} points that were reached threw, ${tried.throws} times; not reached: ${unreached.length}`,
  );
}

/** The handlers, and of all others some. */
function quickOnes(site: Site, reached: readonly string[]): string[] {
  const isHandler = (point: string) => /^(?:rooms|gateway\/paced-acts)\b/u.test(point);
  const others = shuffled(
    site,
    reached.filter((point) => !isHandler(point)),
  );
  return [...shuffled(site, reached.filter(isHandler)), ...others.slice(0, QUICK_OTHERS)];
}

function shuffled(site: Site, points: readonly string[]): string[] {
  const dice = site.dice.fork();
  return points
    .map((point) => ({ point, at: dice.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ point }) => point);
}

/** A server, two who talk beside all that, and one guest for each point. */
class Tried {
  throws = 0;
  readonly #site: Site;
  readonly #findings: Findings;
  readonly #failpoints: Failpoints;
  readonly #call: ServerCall;
  readonly #witnesses: Crowd;
  #server: ServerProcess;
  #guests = 0;
  /** How many of a guest's wishes are refused where nothing fails. */
  #refused = 0;

  private constructor(site: Site, findings: Findings, failpoints: Failpoints, call: ServerCall, server: ServerProcess) {
    this.#site = site;
    this.#findings = findings;
    this.#failpoints = failpoints;
    this.#call = call;
    this.#server = server;
    this.#witnesses = Crowd.of(site, { at: server, size: 2, called: 'Witness' });
  }

  static async start(site: Site, findings: Findings): Promise<Tried> {
    const failpoints = new Failpoints(site);
    const { environment, ...call } = failpoints.call;
    const own = { ...environment, SNUG_TIMERS_FASTER: String(TIMERS_FASTER), SNUG_LIMITS: LIMITS };
    const whole = { folder: site.newFolder(), port: await freePort(), ...call, environment: own };
    const tried = new Tried(site, findings, failpoints, whole, await ServerProcess.start(site, whole));
    await tried.#witnesses.comeIn();
    return tried;
  }

  /** What is called at all. What is not, and is not known for it, nobody would have tried. */
  async survey(): Promise<{ reached: string[]; unreached: string[] }> {
    const all = [
      ...FOLDERS.flatMap((one) => this.#failpoints.below(one)),
      ...[...FILES, ENGINE].flatMap((one) => this.#failpoints.in(one)),
    ].filter((point) => !ROOTS.some((root) => point.startsWith(root)));
    const armed = all.map((point): Armed => ({ what: 'reach', point }));
    const guest = await this.#newGuest();
    this.#failpoints.arm(...armed);
    const answers = await guest.everything();
    guest.leave();
    await until(() => [...AGAIN, LAST].every((point) => this.#calls('reach', point) > 0), COMES_AGAIN_WITHIN_MS);
    this.#failpoints.arm();
    this.#refused = answers.filter((answer) => answer === 'refused').length;
    const isReached = new Set(all.filter((point) => this.#calls('reach', point) > 0));
    const unreached = all.filter((point) => !isReached.has(point));
    const unknown = unreached.filter((point) => !KNOWN.has(point));
    if (unknown.length > 0) this.#findings.broke(`nobody came to ${unknown.length} points: ${unknown.join(', ')}`);
    this.#server.stderr = '';
    return { reached: [...isReached], unreached };
  }

  async throwIn(point: string): Promise<void> {
    const guest = await this.#newGuest();
    this.#failpoints.arm({ what: 'throw', point });
    const answers = await guest.everything();
    guest.leave();
    await until(() => this.#calls('throw', point) > 0 || this.#server.hasEnded, THROWN_WITHIN_MS);
    this.#failpoints.arm();
    this.#judge(
      point,
      answers.filter((answer) => answer === 'none').length,
      answers.filter((answer) => answer === 'refused').length,
    );
    if (this.#server.hasEnded) this.#server = await ServerProcess.start(this.#site, this.#call);
    await this.#expectTalk(point);
    if (/^(?:log|bus)\//u.test(point)) await this.#expectRounds(point);
    this.#server.stderr = '';
  }

  async end(): Promise<void> {
    await this.#witnesses.judge(this.#findings, this.#server.origin);
  }

  #newGuest(): Promise<Guest> {
    this.#guests += 1;
    return Guest.come(this.#server, ROOM, `Guest ${this.#guests}`);
  }

  #judge(point: string, unanswered: number, refused: number): void {
    const { stderr, hasEnded } = this.#server;
    const thrown = this.#calls('throw', point);
    this.throws += thrown;
    const isTold = /^\{"level":[45]0/mu.test(stderr);
    if (hasEnded) this.#findings.broke(`I8: a throw in ${point} ended the server: ${fatalLine(stderr)}`);
    if (unanswered > 0) this.#findings.broke(`R1: with a throw in ${point} ${unanswered} wishes had no answer`);
    if (thrown > 0 && !isTold && refused <= this.#refused)
      this.#findings.broke(`${point} threw ${thrown} times, nothing was refused, and nobody was told`);
    if (/^\s+at .*:\d+/mu.test(stderr))
      this.#findings.broke(`I8: after a throw in ${point} the server printed a stack`);
  }

  async #expectTalk(point: string): Promise<void> {
    for (const person of this.#witnesses.people) person.say(`after ${point}`);
    this.#findings.within(
      ANSWERED_WITHIN_MS,
      await this.#witnesses.caughtUp(3 * ANSWERED_WITHIN_MS),
      `after ${point} others could talk`,
    );
  }

  async #expectRounds(point: string): Promise<void> {
    this.#failpoints.arm(...AGAIN.map((one): Armed => ({ what: 'reach', point: one })));
    const came = await until(() => AGAIN.every((one) => this.#calls('reach', one) > 0), COMES_AGAIN_WITHIN_MS);
    const missing = AGAIN.filter((one) => this.#calls('reach', one) === 0);
    if (came === undefined) this.#findings.broke(`after a throw in ${point} these came no more: ${missing.join(', ')}`);
    this.#failpoints.arm();
  }

  #calls(what: Armed['what'], point: string): number {
    return callsOf(this.#server, { what, point }).length;
  }
}

function fatalLine(stderr: string): string {
  return (stderr.split('\n').find((line) => line.startsWith('{"level":60')) ?? stderr.slice(-500)).slice(0, 900);
}
