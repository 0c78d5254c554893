// `npm start` and `npm run dev`, whole.
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../simulation/check-history.ts';
import { Dice } from '../simulation/dice.ts';
import { PreparationWatch } from './preparation-watch.contract.ts';
import { newDataFolder, type Program } from './program.contract.ts';
import { ProjectCopy } from './project-copy.contract.ts';
import { Sender, wholeLog } from './sender.contract.ts';

// Where dist is older than its sources, the first of them builds.
const TIMEOUT_MS = 120_000;

const GOOD = { code: 0, signal: null };
const started: Program[] = [];
let project: ProjectCopy;

beforeAll(() => {
  project = new ProjectCopy();
});

afterEach(async () => {
  for (const program of started) program.signalGroup('SIGKILL');
  await Promise.all(started.splice(0).map(({ ended }) => ended));
});

afterAll(() => project.remove());

function run(program: string, args: readonly string[], settings: Record<string, string>): Program {
  const running = project.run(program, args, settings);
  started.push(running);
  return running;
}

/** What the server said to people, without the words of npm. */
function said({ stderr }: Program): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !/^npm (error|warn)/u.test(line));
}

/** The folder that a build puts in place of the last one, and the mark that it writes last. */
function built(): number[] {
  return ['dist', 'dist/.snug-built'].flatMap((name) => {
    const { ino, mtimeMs } = statSync(join(project.folder, name));
    return [ino, mtimeMs];
  });
}

describe('npm start', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'is stopped cleanly by %s to all of its group while scripts talk, and started again it installs and builds nothing',
    async (signal) => {
      const data = { SNUG_DATA: newDataFolder(), SNUG_LIMITS: 'off' };
      const program = await run('npm', ['start'], data).ready();
      const before = built();
      const sender = new Sender(1, new Dice(1));
      await sender.connect(program.origin);
      const talk = sender.talk();
      await sender.answered;
      expect(program.signalGroup(signal)).toBe(true);
      expect(await program.ended).toEqual(GOOD);
      await talk;
      expect(program.stderr).toContain('"msg":"stopped"');
      expect(program.signalGroup(0)).toBe(false);

      const next = await run('npm', ['start'], data).ready();
      expect(next.stdout).not.toMatch(/Installing|Building/u);
      expect(built()).toEqual(before);
      const socket = await sender.connect(next.origin);
      await sender.finish();
      expect(checkHistory(await wholeLog(socket), sender.sent)).toEqual([]);
      sender.close();
    },
    TIMEOUT_MS,
  );

  // How long that takes, `npm test` says at its end: tools/second-start.mjs.
  test(
    'started again with nothing changed reads once what it is built from, and neither runs nor hashes anything else',
    async () => {
      expect(await run(process.execPath, ['tools/prepare.mjs'], {}).ended).toEqual(GOOD);
      const watch = new PreparationWatch();
      const program = await run('npm', ['start'], { SNUG_DATA: newDataFolder(), ...watch.settings }).ready();
      expect(program.stdout.split('\n').filter((line) => !/^(> .*|)$/u.test(line))).toEqual([
        expect.stringMatching(/^Only this machine/u),
        expect.stringMatching(/^Snug is ready/u),
      ]);
      const { seen } = watch;
      expect(seen.filter((what) => !what.startsWith('reads '))).toEqual(['hashes', 'hashes']);
      const reads = seen.filter((what) => /^reads (?!(protocol|server|web)[/\\])/u.test(what));
      expect(reads.toSorted()).toEqual(
        [
          'dist/.snug-built',
          'node_modules/.snug-lock',
          'package-lock.json',
          'package-lock.json',
          'tools/compress.mjs',
          'tools/emoji-list.mjs',
          'tools/transports.mjs',
          'tsconfig.base.json',
          'vite.config.ts',
        ].map((path) => `reads ${path}`),
      );
      expect(new Set(seen).size).toBe(seen.length - 2);
    },
    TIMEOUT_MS,
  );

  test(
    'twice at once on one data folder serves once, and the other says why it does not',
    async () => {
      const data = { SNUG_DATA: newDataFolder() };
      const both = [run('npm', ['start'], data), run('npm', ['start'], data)];
      const ready = await Promise.allSettled(both.map((program) => program.ready()));
      const [serving] = both.filter((_, i) => ready[i]?.status === 'fulfilled');
      const [refused] = both.filter((_, i) => ready[i]?.status === 'rejected');
      expect(await refused?.ended).toEqual({ code: 1, signal: null });
      expect(said(refused!)).toEqual([expect.stringMatching(/^Another server is using the data in .*SNUG_DATA/u)]);
      expect((await fetch(serving!.origin)).status).toBe(200);
    },
    TIMEOUT_MS,
  );

  test(
    'on a port in use ends with 1 and says how to take another',
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const program = run('npm', ['start'], { SNUG_DATA: newDataFolder(), PORT: String(port) });
      expect(await program.ended).toEqual({ code: 1, signal: null });
      expect(said(program)).toEqual([expect.stringMatching(new RegExp(`^Port ${port} is in use .*PORT=`, 'u'))]);
      other.close();
    },
    TIMEOUT_MS,
  );
});

describe('npm run dev', () => {
  test(
    'serves, starts again with what changed, and leaves nothing behind when it is stopped',
    async () => {
      const program = await run('npm', ['run', 'dev'], { SNUG_DATA: newDataFolder() }).ready();
      await expect.poll(() => program.stdout, { timeout: TIMEOUT_MS }).toContain('Watching for file changes');
      const source = join(project.folder, 'server/start-message.ts');
      const changed = readFileSync(source, 'utf8').replace('Only this machine', 'Nothing but this machine');
      // The compiler says that it watches a moment before it does: who has saved too early saves again.
      const save = () => {
        writeFileSync(source, changed);
        return program.stdout;
      };
      const patience = { timeout: TIMEOUT_MS, interval: 5_000 };
      await expect.poll(save, patience).toMatch(/Nothing but this[^]*Snug is ready/u);
      expect(program.signalGroup('SIGINT')).toBe(true);
      await program.ended;
      await expect.poll(() => program.signalGroup(0), { timeout: TIMEOUT_MS }).toBe(false);
      expect(program.stderr.split('"msg":"stopped"').length).toBe(program.stderr.split('"msg":"listening"').length);
    },
    TIMEOUT_MS,
  );

  test(
    'takes a signal that comes twice as one wish, and ends with 0 once all that it started has ended',
    async () => {
      const program = await run(process.execPath, ['tools/dev.mjs'], { SNUG_DATA: newDataFolder() }).ready();
      for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) program.process.kill(signal);
      expect(await program.ended).toEqual(GOOD);
      expect(program.signalGroup(0)).toBe(false);
    },
    TIMEOUT_MS,
  );
});
