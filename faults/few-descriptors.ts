import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { press } from './press.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';

const DESCRIPTORS = 256;
const OLD = 20;
const NEW = 300;
const PUSHED_MS = 3_000;

export const fewDescriptors: Fault = {
  id: 'F21',
  title: '256 descriptors, 320 who want in',
  figure: 'refuses new, keeps old; takes new again when some have gone',
  needs: ['prlimit'],
  rounds: 3,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const wrap = ['prlimit', `--nofile=${DESCRIPTORS}`];
  const server = await ServerProcess.start(site, { folder: site.newFolder(), port: await freePort(), wrap });
  const old = await Crowd.of(site, { at: server, size: OLD, called: 'Old' }).comeIn();
  for (; findings.runs < rounds; findings.runs += 1)
    await press(site, findings, { server, old, newcomers: NEW, perSecond: 50, lastsMs: PUSHED_MS });
  await old.judge(findings, server.origin);
  findings.broke(...server.complaints());
}
