import { Crowd } from './crowd.ts';
import { type Armed, callsOf, Failpoints } from './failpoints.ts';
import type { Fault } from './fault.ts';
import { Findings } from './findings.ts';
import { ANSWERED_WITHIN_MS, Guest } from './guest.ts';
import { type ServerCall, ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const ROOM = 'tried';
/** Twenty times as fast: what comes every ten seconds is not waited for. */
const TIMERS_FASTER = 20;
const THROWN_WITHIN_MS = 2_000;
const QUICK_POINTS = 60;

export const throwing: Fault = {
  id: 'F23',
  title: 'a throw in every function of the server, each in turn, by failpoints',
  figure: 'that request is refused, the process lives',
  needs: [],
  rounds: 1,
  quickRounds: 1,
  run,
};

async function run(site: Site): Promise<Findings> {
  const findings = new Findings();
  const failpoints = new Failpoints(site);
  const environment = {
    ...failpoints.call.environment,
    SNUG_TIMERS_FASTER: String(TIMERS_FASTER),
    SNUG_LIMITS: LIMITS,
  };
  const call = { folder: site.newFolder(), port: await freePort(), ...failpoints.call, environment };
  let server = await ServerProcess.start(site, call);
  const witnesses = await Crowd.of(site, { at: server, size: 2, called: 'Witness' }).comeIn();
  const names = ['rooms', 'gateway', 'http', 'log', 'limits', 'bus']
    .flatMap((f) => failpoints.below(f))
    .concat(
      [
        'guard',
        'client-address',
        'origin',
        'last-answers',
        'session-token',
        'safe-headers',
        'store/sqlite/sqlite-engine',
      ].flatMap((f) => failpoints.in(f)),
    );
  const only = process.env['ONLY'];
  const unreached: string[] = [];
  for (const [n, name] of names.filter((x) => !only || x.includes(only)).entries()) {
    const guest = await Guest.come(server, ROOM, `Guest ${n}`);
    const armed: Armed = { what: 'throw', point: name };
    const lines = warnings(server);
    failpoints.arm(armed);
    const t = performance.now();
    const answers = await guest.everything();
    guest.leave();
    await until(() => callsOf(server, armed).length > 0 || server.hasEnded, THROWN_WITHIN_MS);
    const t2 = performance.now();
    failpoints.arm();
    const thrown = callsOf(server, armed).length;
    const told = warnings(server) - lines;
    const refused = answers.filter((a) => a === 'refused').length;
    const none = answers.filter((a) => a === 'none').length;
    let verdict = '';
    if (server.hasEnded) {
      verdict =
        'DIED ' +
        server.stderr
          .split('\n')
          .filter((l) => l.includes('"level":60'))
          .join('')
          .slice(0, 600);
      server = await ServerProcess.start(site, call);
    }
    for (const person of witnesses.people) person.say(`after ${name}`);
    const ms = await witnesses.caughtUp(ANSWERED_WITHIN_MS);
    if (thrown === 0) unreached.push(name);
    site.say(
      `${name}: thrown ${thrown} refused ${refused} none ${none} told ${told} ${Math.round(t2 - t)} ms, talk ${ms && Math.round(ms)} ${verdict}`,
    );
    findings.runs += 1;
  }
  site.say('UNREACHED\n' + unreached.join('\n'));
  return findings;
}

const LIMITS = 'handshakes,members,rooms,joins,packets,sends,reads,returns,typing,entries'
  .split(',')
  .map((limit) => `${limit}=100000/100000`)
  .concat('connectionsOfAddress=10000', 'connectionsOfSession=1000')
  .join(',');

function warnings({ stderr }: ServerProcess): number {
  return stderr.split('\n').filter((line) => /^\{"level":[456]0/u.test(line)).length;
}
