import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlaywright, tallyOfReport } from '../tools/tally.mjs';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import type { Site } from './site.ts';
import { within } from './waiting.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const PLAYWRIGHT = join(PROJECT, 'node_modules/@playwright/test/cli.js');
/** A story's own bound, which Playwright keeps, is 3 minutes; there are about ten, two at a time. */
const ROUND_WITHIN_MS = 20 * 60_000;

export const browser: Fault = {
  id: 'F24',
  title: 'the browser: a flapping network, a killed server, reloads, a restored backup, an hour of sleep',
  figure: 'each message exactly once and in order, on both screens and in the log',
  needs: ['chromium'],
  rounds: 2,
  // The browser tests tell the same stories.
  quickRounds: 0,
  run,
};

/** The stories whose titles name F24, each as often as there are rounds. */
async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const folder = site.newFolder();
  const report = join(folder, 'report.json');
  const code = await within(rounds * ROUND_WITHIN_MS, 'the stories in the browser', tell(site, folder, report, rounds));
  const tally = tallyOfReport('Playwright', code, report, readPlaywright);
  findings.runs += tally.passed + tally.failed.length;
  findings.broke(
    ...tally.failed.map((title) => `failed: ${title}`),
    ...tally.skipped.map((title) => `skipped: ${title}`),
  );
}

function tell(site: Site, folder: string, report: string, rounds: number): Promise<number | null> {
  const asked = ['--grep=F24', `--repeat-each=${rounds}`, `--output=${join(folder, 'browser')}`, '--reporter=json'];
  const child = spawn(process.execPath, [PLAYWRIGHT, 'test', ...asked], {
    cwd: PROJECT,
    env: {
      ...process.env,
      SNUG_TEST_ALL: '1',
      SNUG_TEST_PROGRAM: site.program,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve).once('error', () => resolve(null));
  });
  // It writes into the folder until it has ended.
  site.atEnd(() => {
    child.kill('SIGTERM');
    return ended;
  });
  return ended;
}
