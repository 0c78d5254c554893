import { mostConnectionsIn } from '../server/limits/most-connections.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { limitMemory } from './memory-group.ts';
import { press } from './press.ts';
import { Proxy } from './proxy.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';

const MB = 1024 * 1024;
const BYTES = 256 * MB;
/** Room for 512: with thousands of clients it is the tests that take long. */
const QUICK_BYTES = 144 * MB;
const PEOPLE = 50;
/** Each holds up to 1 MiB (E4), and what the kernel takes of it counts too. */
const STALLED = 50;
const TOO_MANY = 100;
const MESSAGES_A_SECOND = 100;
const QUICK_MESSAGES_A_SECOND = 20;
const FILLER = ` ${'heavy '.repeat(300)}`;
const PUSHED_MS = 15_000;
const QUICK_PUSHED_MS = 2_000;

export const littleMemory: Fault = {
  id: 'F21',
  title: '256 MB, 50 who talk 200 kB/s, 50 who do not read, and more than there is room for',
  figure: 'refuses new, keeps old; takes new again when some have gone',
  needs: ['root', 'memory-cgroup'],
  rounds: 1,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const bytes = site.isQuick ? QUICK_BYTES : BYTES;
  const wrap = limitMemory(site, bytes);
  const port = await freePort();
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port, wrap });
  const line = await Proxy.to(site, port);
  const old = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  for (; findings.runs < rounds; findings.runs += 1) {
    const stalled = await Crowd.of(site, { at: line, size: STALLED, called: `Stalled ${findings.runs} at` }).comeIn();
    line.stall('down');
    await press(site, findings, {
      server,
      old,
      newcomers: mostConnectionsIn(bytes) + TOO_MANY,
      perSecond: site.isQuick ? QUICK_MESSAGES_A_SECOND : MESSAGES_A_SECOND,
      filler: FILLER,
      lastsMs: site.isQuick ? QUICK_PUSHED_MS : PUSHED_MS,
    });
    findings.note(`it had ${Math.round(server.memoryMb)} MB at the end, of ${bytes / MB}`);
    line.clear();
    stalled.close();
  }
  await old.judge(findings, server.origin);
  findings.broke(...server.complaints());
}
