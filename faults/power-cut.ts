import { mkdirSync } from 'node:fs';
import { command } from './commands.ts';
import { Crowd } from './crowd.ts';
import type { Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { ServerProcess } from './server-process.ts';
import { freePort, type Site } from './site.ts';
import { pause } from './waiting.ts';

const PEOPLE = 10;
const MESSAGES_A_SECOND = 300;
const LIVES_MS = [100, 800] as const;
/** The server is alive for so long after the disk is gone: what it acknowledges then is a lie. */
const AFTERLIFE_MS = 200;
const DISK_MB = '128';

/**
 * FS_IOC_SHUTDOWN with "no flush of the journal": from now on nothing reaches the disk, and what was not on it never will.
 * Node has no ioctl.
 */
const CUT = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack('I', 2))
`;

export const powerCut: Fault = {
  id: 'F2',
  title: 'power cut: ext4 on a loop device is shut down without flushing, and mounted again',
  figure: '0 acknowledged lost, default configuration',
  needs: ['root', 'e2fsprogs', 'python3', 'loop-devices'],
  rounds: 50,
  quickRounds: 1,
  run,
};

async function run(site: Site, rounds: number, findings: Findings): Promise<void> {
  const disk = new Disk(site);
  disk.mount();
  const folder = `${disk.place}/data`;
  mkdirSync(folder);
  const call = { folder, port: await freePort() };
  let server = await ServerProcess.start(site, call);
  const crowd = await Crowd.of(site, { at: server, size: PEOPLE }).comeIn();
  const stop = crowd.talk(MESSAGES_A_SECOND);
  for (; findings.runs < rounds; findings.runs += 1) {
    await pause(site.dice.between(...LIVES_MS));
    disk.cutPower();
    await pause(AFTERLIFE_MS);
    if (server.hasEnded) findings.broke('I8: it ended when its disk was gone');
    findings.broke(...server.complaints());
    await server.end('SIGKILL');
    disk.unmount();
    disk.mount();
    server = await ServerProcess.start(site, call);
    findings.within(10_000, await crowd.caughtUp(30_000), 'everybody had caught up');
  }
  stop();
  await crowd.judge(findings, server.origin);
  findings.broke(...server.complaints());
}

class Disk {
  readonly place: string;
  readonly #image: string;
  #isMounted = false;

  constructor(site: Site) {
    const folder = site.newFolder();
    this.#image = `${folder}/disk`;
    this.place = `${folder}/mounted`;
    mkdirSync(this.place);
    command('truncate', '-s', `${DISK_MB}M`, this.#image);
    command('mkfs.ext4', '-q', this.#image);
    site.atEnd(() => this.unmount());
  }

  mount(): void {
    command('mount', '-o', 'loop', this.#image, this.place);
    this.#isMounted = true;
  }

  unmount(): void {
    if (!this.#isMounted) return;
    command('umount', this.place);
    this.#isMounted = false;
  }

  cutPower(): void {
    command('python3', '-c', CUT, this.place);
  }
}
