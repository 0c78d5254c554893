import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { Proxy } from './proxy.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { until } from './waiting.ts';

const FREED_WITHIN_MS = 35_000;
/** A timer may be late, and the ends of a hundred connections take a moment. */
const SLACK_MS = 500;
/** With pings so much more often, everything about them is as much faster. */
const QUICKER = 10;
const QUICK = { SNUG_PING_MS: '2000', SNUG_PING_TIMEOUT_MS: '1500' };

export const halfOpen: Fault = {
  id: 'F7',
  title: 'half-open TCP: a connection whose bytes are swallowed, in one direction or both',
  figure: 'freed in 35 s; the message sent meanwhile arrives once',
  needs: [],
  rounds: 20,
  quickRounds: 4,
  run,
};

/** All rounds at once, each a connection of its own: one takes half a minute, whatever else happens. */
async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const environment = site.isQuick ? QUICK : {};
  const port = await freePort();
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port, environment });
  const deaf = await Proxy.to(site, port);
  const dumb = await Proxy.to(site, port);
  const witnesses = await Crowd.of(site, { at: server, size: 2, called: 'Witness' }).comeIn();
  const before = server.descriptors;
  const lost = await Crowd.of(site, { at: deaf, size: Math.ceil(rounds / 2), called: 'Lost' }).comeIn();
  const unheard = await Crowd.of(site, { at: dumb, size: Math.floor(rounds / 2), called: 'Dumb' }).comeIn();
  const all = witnesses.with(lost, unheard);
  const passages = [...deaf.swallow('up', 'down'), ...dumb.swallow('down')];
  const since = performance.now();
  for (const person of all.people) person.say(`${person.name}, into the void`);
  // Whoever found no answer is back over a connection of its own by then.
  const mostMs = FREED_WITHIN_MS / (site.isQuick ? QUICKER : 1);
  await until(() => passages.every(({ freedAt }) => freedAt !== undefined), 2 * mostMs);
  for (const { freedAt } of passages) {
    findings.within(mostMs + SLACK_MS, freedAt === undefined ? undefined : freedAt - since, 'it was freed');
    findings.runs += 1;
  }
  const descriptors = await until(() => server.descriptors <= before + passages.length, 2 * mostMs);
  findings.note(
    `its descriptors were free ${descriptors === undefined ? 'never' : `${Math.round(performance.now() - since)} ms`} after the bytes were gone`,
  );
  await all.judge(findings, server.origin);
  findings.broke(...server.complaints());
}
