import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { limitMemory } from './memory-group.ts';
import { Proxy } from './proxy.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause } from './waiting.ts';

const BYTES = 256 * 1024 * 1024;
const PEOPLE = 50;
/** Each holds up to 1 MiB (E4), and what the kernel takes of it counts too. */
const STALLED = 50;
const MESSAGES_A_SECOND = 100;
const FILLER = ` ${'heavy '.repeat(300)}`;
const PUSHED_MS = 15_000;

export const littleMemory: Fault = {
  id: 'F21',
  title: '256 MB, 50 who talk 200 kB/s and 50 who do not read',
  figure: 'keeps old; no crash',
  needs: ['root', 'memory-cgroup'],
  rounds: 1,
  quickRounds: 0,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const wrap = limitMemory(site, BYTES);
  const port = await freePort();
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port, wrap });
  const line = await Proxy.to(site, port);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  for (; findings.runs < rounds; findings.runs += 1) {
    const stalled = await Crowd.of(site, { at: line, size: STALLED, called: `Stalled ${findings.runs} at` }).comeIn();
    line.stall('down');
    const stop = crowd.talk(MESSAGES_A_SECOND, FILLER);
    await pause(PUSHED_MS);
    stop();
    findings.within(10_000, await crowd.caughtUp(30_000), 'everybody had caught up');
    findings.note(`it had ${Math.round(server.memoryMb)} MB at the end`);
    if (server.hasEnded) throw new Error('I8: it ended for want of memory');
    line.clear();
    stalled.close();
  }
  await crowd.judge(findings, server.origin);
  findings.broke(...server.complaints());
}
