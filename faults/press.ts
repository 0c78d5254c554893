// F21: more want in than there is room for.
import { Crowd } from './crowd.ts';
import type { Findings } from './findings.ts';
import type { ServerProcess } from './server-process.ts';
import type { Site } from './site.ts';
import { pause, until } from './waiting.ts';

const IN_A_ROOM = 100;
const TURNED_AWAY_WITHIN_MS = 20_000;
const TALK_WITHIN_MS = 10_000;
const LATE = 20;
const LATE_WITHIN_MS = 10_000;
/** E6: who was lost before it was in is found out by a ping. */
const GONE_WITHIN_MS = 40_000;

export interface PressParts {
  readonly server: ServerProcess;
  /** Who were there before. They talk all the while. */
  readonly old: Crowd;
  /** Who want in: more than can be. */
  readonly newcomers: number;
  readonly perSecond: number;
  readonly filler?: string;
  readonly lastsMs: number;
}

/** Refuses new, keeps old, and takes new again when some have gone. */
export async function press(site: Site, findings: Findings, parts: PressParts): Promise<void> {
  const { server, old, newcomers, perSecond, filler, lastsMs } = parts;
  const before = { losses: lossesOf(old), descriptors: server.descriptors };
  const stop = old.talk(perSecond, filler);
  const pushing = await pushIn(site, server, newcomers, findings);
  const people = pushing.flatMap((crowd) => crowd.people);
  await pause(lastsMs);
  stop();
  if (server.hasEnded) throw new Error(`I8: it ended when too many wanted in:\n${server.stderr.slice(-1_000)}`);
  findings.within(TALK_WITHIN_MS, await old.caughtUp(3 * TALK_WITHIN_MS), 'the old ones had caught up');
  const lost = lossesOf(old) - before.losses;
  if (lost > 0) findings.broke(`${lost} of the old connections were lost`);
  const inside = people.filter(({ isIn }) => isIn).length;
  if (inside === newcomers) findings.broke(`all ${inside} could come in: there was no want`);
  findings.note(`${inside} of ${newcomers} came in beside ${old.people.length}, the others were turned away`);
  for (const crowd of pushing) crowd.close();
  await expectLate(site, server, findings);
  // Some are of the store's own work, and come and go.
  const isFree = await until(() => server.descriptors <= before.descriptors + 5, GONE_WITHIN_MS);
  if (isFree === undefined) findings.broke(`I7: ${server.descriptors} descriptors, and ${before.descriptors} before`);
}

/** One room after the other: all at once would be held up by each other, and not by what there is no room for. */
async function pushIn(site: Site, at: ServerProcess, size: number, findings: Findings): Promise<readonly Crowd[]> {
  const crowds: Crowd[] = [];
  for (let first = 0; first < size; first += IN_A_ROOM) {
    const called = `New ${findings.runs} ${first}`;
    const crowd = Crowd.of(site, { at, size: Math.min(IN_A_ROOM, size - first), room: `coffee ${first}`, called });
    for (const person of crowd.people) person.open();
    const isTold = () => crowd.people.every(({ isIn, losses }) => isIn || losses > 0);
    if ((await until(isTold, TURNED_AWAY_WITHIN_MS)) === undefined)
      findings.broke('some were neither let in nor turned away');
    crowds.push(crowd);
  }
  return crowds;
}

async function expectLate(site: Site, at: ServerProcess, findings: Findings): Promise<void> {
  const late = Crowd.of(site, { at, size: LATE, room: 'coffee', called: `Late ${findings.runs} at` });
  for (const person of late.people) person.open();
  const what = 'when they had gone, others could come in';
  findings.within(LATE_WITHIN_MS, await late.allIn(3 * LATE_WITHIN_MS), what);
  late.close();
}

function lossesOf({ people }: Crowd): number {
  return people.reduce((sum, { losses }) => sum + losses, 0);
}
