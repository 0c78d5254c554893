import { MAX_WAITING_BYTES } from '../server/gateway/waiting.ts';
import { acknowledgementTimes, p99Of } from './acknowledgement-times.ts';
import { Backlogs } from './backlogs.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { Proxy } from './proxy.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until } from './waiting.ts';

const READERS = 200;
const RETURNING = 20;
const TALKERS = 10;
const MESSAGES_A_SECOND = 100;
/** 4 kB a message: what waits for one reader grows by 400 kB a second. */
const FILLER = ` ${'slow '.repeat(760)}`;
const SLOW = { latencyMs: 0, jitterMs: 0, rate: 1_000 };
const WARM_UP_MS = 5_000;
/** A client whose pings come too late goes by itself, after 35 s. */
const CUT_WITHIN_MS = 30_000;
const MOST_MB_EACH = 5;
const MOST_P99_MS = 250;
const LOOK_EVERY_MS = 100;
/** In bytes: what is said while the kernel is asked, and its frames. */
const MEASURED_WITHIN = 256 * 1024;

export const slowReader: Fault = {
  id: 'F8',
  title: '200 readers of 1 kB/s, among ten who talk 400 kB/s',
  figure: 'cut at 1 MiB; 5 MB each at most; the p99 of the others under 250 ms',
  needs: [],
  rounds: 1,
  quickRounds: 0,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  for (; findings.runs < rounds; findings.runs += 1) await slowOnce(site, findings);
}

async function slowOnce(site: Site, findings: Findings): Promise<void> {
  const port = await freePort();
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port });
  const line = await Proxy.to(site, port);
  const clear = await Proxy.to(site, port);
  const talkers = await Crowd.of(site, { at: server, size: TALKERS, called: 'Talker' }).comeIn();
  const warm = talkers.talk(MESSAGES_A_SECOND, FILLER);
  await pause(WARM_UP_MS);
  warm();
  const reader = await Crowd.of(site, { at: clear, size: 1, called: 'Witness' }).comeIn();
  const [memory, descriptors] = [server.memoryMb, server.descriptors];
  const slow = await Crowd.of(site, { at: line, size: READERS, called: 'Slow' }).comeIn();
  for (const person of slow.people) person.staysAway = true;
  const [witness] = clear.passages;
  const backlogs = witness && Backlogs.of(witness, [...line.passages]);
  line.weather = SLOW;
  const since = performance.now();
  const stop = talkers.talk(MESSAGES_A_SECOND, FILLER);
  let most = memory;
  const look = setInterval(() => {
    most = Math.max(most, server.memoryMb);
    backlogs?.look();
  }, LOOK_EVERY_MS);
  const cut = await until(() => server.descriptors <= descriptors + 2, CUT_WITHIN_MS);
  clearInterval(look);
  stop();
  const each = (most - memory) / READERS;
  const said = talkers.people.flatMap(({ sent }) => sent);
  const p99 = p99Of(acknowledgementTimes(said, { since, ended: performance.now(), leastMs: MOST_P99_MS }));
  findings.within(CUT_WITHIN_MS, cut, 'all slow readers were cut');
  if (each > MOST_MB_EACH) findings.broke(`it grew by ${each.toFixed(1)} MB for each reader`);
  if (p99 > MOST_P99_MS) findings.missed.push(`the p99 of the others was ${Math.round(p99)} ms`);
  findings.note(`${each.toFixed(2)} MB for each reader; the p99 of the others ${Math.round(p99)} ms`);
  judgeBacklogs(backlogs?.most, findings);
  for (const person of slow.people.slice(RETURNING)) person.close();
  line.clear();
  line.reset();
  const returning = slow.first(RETURNING);
  for (const person of returning.people) {
    person.staysAway = false;
    person.comeBack();
  }
  const back = talkers.with(reader, returning);
  if ((await back.caughtUp(60_000)) === undefined) findings.broke('I4: who was cut did not catch up');
  await back.judge(findings, server.origin);
  findings.broke(...server.complaints());
}

/** Not before there is a reason, and not after. */
function judgeBacklogs(most: readonly number[] | undefined, findings: Findings): void {
  if (most === undefined) return findings.note('what waited for each was not measured');
  const [least, greatest] = [Math.min(...most), Math.max(...most)];
  findings.note(`up to ${inKb(least)} to ${inKb(greatest)} kB waited for each`);
  if (greatest > MAX_WAITING_BYTES + MEASURED_WITHIN)
    findings.broke(`${inKb(greatest)} kB waited for one before it was cut`);
  if (greatest < MAX_WAITING_BYTES / 2)
    findings.broke(`nobody had more than ${inKb(greatest)} kB waiting when it was cut`);
}

function inKb(bytes: number): number {
  return Math.round(bytes / 1024);
}
