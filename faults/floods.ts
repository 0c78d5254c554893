import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LIMITS } from '../server/limits/limits.ts';
import { FLOODS, NOBODY, NOT_MEASURED } from '../tools/flood-cases.mjs';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause, until, within } from './waiting.ts';

const MEASURE = fileURLToPath(new URL('../tools/floods.mjs', import.meta.url));
const FLOODER = fileURLToPath(new URL('../tools/flooder.mjs', import.meta.url));
/** Each with its warming up takes three quarters of a minute. */
const MEASURED_WITHIN_MS = 60_000 * (1 + FLOODS.length);
/** Five thousand files of a machine that does much else. */
const REACHED_WITHIN_MS = 60_000;
const FLOODED_MS = 1_000;
const CAUGHT_UP_WITHIN_MS = 30_000;
const TALKERS = 5;
/** All together, well below what each may. */
const TALK_PER_SECOND = 10;
/** What a kind of line is told once a minute, however often it happens. */
const MOST_LOGGED = 10_000;
/** Of the server itself, and of those who talk. */
const OTHER_DESCRIPTORS = 200;
const ROW = new RegExp(`^\\| (.+) \\| (.+ ms) \\| (.+ MB) \\| (.+ MB|${NOT_MEASURED}) \\| (\\w+) \\|$`, 'gmu');

export const floods: Fault = {
  id: 'F9',
  title: 'floods by one client, with the limits on (`npm run floods`)',
  figure: 'the p99 of the others under 250 ms; 30 MB held at most',
  needs: ['loopback-addresses'],
  rounds: 1,
  quickRounds: 1,
  isAlone: true,
  run,
};

/** What it costs in time and memory says something on a quiet machine alone: the quick round asks what holds on any. */
async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    if (site.isQuick) for (const flood of FLOODS) await withstand(site, flood, findings);
    else judgeTable(await within(MEASURED_WITHIN_MS, 'measuring the floods', measure(site)), findings);
  }
}

/** Whoever was not measured has not kept its figures. */
export function judgeTable(table: string, findings: Findings): void {
  const rows = [...table.matchAll(ROW)];
  for (const title of [NOBODY, ...FLOODS.map((flood) => flood.title)]) {
    const found = rows.filter(([, name]) => name === title);
    if (found.length !== 1) findings.broke(`${title}: ${found.length} rows in the table`);
    for (const [, , p99 = '', held = '', grown = '', verdict = ''] of found) {
      findings.runs += 1;
      findings.note(`${title}: ${p99}, ${held}; with garbage ${grown}`);
      if (verdict !== 'kept') findings.broke(`${title}: ${p99}, ${held}`);
    }
  }
}

function measure(site: Site): Promise<string> {
  const child = spawn(process.execPath, [MEASURE, '--program', site.program], { stdio: ['ignore', 'pipe', 'inherit'] });
  site.atEnd(() => child.kill('SIGTERM'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

/** Its limit is reached, whoever talks is heard, and neither log nor descriptors grow with it. */
async function withstand(site: Site, { flood, limit }: (typeof FLOODS)[number], findings: Findings): Promise<void> {
  const port = await freePort();
  const environment = { SNUG_LIMITS: 'on' };
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port, environment });
  const talkers = await Crowd.of(site, { at: server, size: TALKERS }).comeIn();
  const quiet = talkers.talk(TALK_PER_SECOND);
  const child = spawn(process.execPath, [FLOODER, flood, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  site.atEnd(() => child.kill('SIGKILL'));
  const isReached = () => limit === undefined || server.stderr.includes(`"limit":"${limit}"`);
  if ((await until(isReached, REACHED_WITHIN_MS)) === undefined) findings.broke(`${flood} never reached ${limit}`);
  await pause(FLOODED_MS);
  const { descriptors } = server;
  child.kill('SIGKILL');
  quiet();
  const most = LIMITS.connectionsOfAddress + LIMITS.socketsOfAddress + OTHER_DESCRIPTORS;
  if (descriptors > most) findings.broke(`${flood}: ${descriptors} descriptors, where there may be ${most}`);
  if ((await talkers.caughtUp(CAUGHT_UP_WITHIN_MS)) === undefined)
    findings.broke(`${flood}: the others were not heard`);
  await talkers.judge(findings, server.origin);
  if (server.stderr.length > MOST_LOGGED) findings.broke(`${flood}: ${server.stderr.length} characters of log`);
  findings.broke(...server.complaints());
  talkers.close();
  await server.end('SIGKILL');
  findings.runs += 1;
}
