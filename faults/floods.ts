import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import type { Site } from './site.ts';
import { within } from './waiting.ts';

const FLOODS = fileURLToPath(new URL('../tools/floods.mjs', import.meta.url));
const MEASURED_WITHIN_MS = 600_000;

export const floods: Fault = {
  id: 'F9',
  title: 'floods by one client, with the limits on (`npm run floods`)',
  figure: 'the p99 of the others under 250 ms; 30 MB more at most',
  needs: [],
  rounds: 1,
  quickRounds: 0,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const table = await within(MEASURED_WITHIN_MS, 'measuring the floods', measure(site));
    for (const [, flood = '', p99 = '', memory = '', verdict = ''] of table.matchAll(
      /^\| (.+) \| (.+ms) \| (.+MB) \| (\w+) \|$/gmu,
    )) {
      findings.runs += 1;
      findings.note(`${flood}: ${p99}, ${memory}`);
      if (verdict !== 'kept') findings.broke(`${flood}: ${p99}, ${memory}`);
    }
  }
  if (findings.runs === 0) findings.broke('no flood was measured');
}

function measure(site: Site): Promise<string> {
  const child = spawn(process.execPath, [FLOODS, '--program', site.program], { stdio: ['ignore', 'pipe', 'inherit'] });
  site.atEnd(() => child.kill('SIGTERM'));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}
