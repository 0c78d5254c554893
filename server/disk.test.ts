// A disk that fails under a server that runs, and is well again: no restart, and nothing that was acknowledged is lost.
import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io-client';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { lackingOf, titleWith } from '../faults/needs.ts';
import { checkHistory, type SentMessage } from '../simulation/check-history.ts';
import { Dice } from '../simulation/dice.ts';
import { type Failing, losesWrites, refusesWrites, SmallDisk } from './failing-disk.contract.ts';
import { newDataFolder, Program } from './program.contract.ts';
import { Sender, wholeLog } from './sender.contract.ts';

const PATIENCE = { timeout: 15_000 };

class Talk {
  readonly program: Program;
  readonly #socket: Socket;
  readonly #sent: (SentMessage & { seq: number | undefined })[] = [];

  private constructor(program: Program, socket: Socket) {
    this.program = program;
    this.#socket = socket;
  }

  static async begin(folder: string, sender = new Sender(1, new Dice(1))): Promise<Talk> {
    const program = await new Program({ SNUG_DATA: folder, SNUG_LIMITS: 'off' }).ready();
    onTestFinished(() => void program.process.kill('SIGKILL'));
    onTestFinished(() => sender.close());
    return new Talk(program, await sender.connect(program.origin));
  }

  /** What was said last is said again, under its own id, while it was not acknowledged. */
  async say(text: string): Promise<unknown> {
    let item = this.#sent.find(({ seq }) => seq === undefined);
    if (!item) this.#sent.push((item = { sender: 'Ada', clientId: randomUUID(), text, seq: undefined }));
    const request = { room: 'tea', items: [{ clientId: item.clientId, text: item.text }] };
    const reply: unknown = await this.#socket.emitWithAck('message', request);
    const { results } = reply as { results?: { seq?: number; code?: string }[] };
    item.seq = results?.[0]?.seq;
    return reply;
  }

  async isReady(): Promise<boolean> {
    return (await fetch(`${this.program.origin}/health/ready`)).ok;
  }

  async texts(): Promise<readonly string[]> {
    const log = await wholeLog(this.#socket);
    return log.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
  }

  async problems(): Promise<readonly string[]> {
    return checkHistory(await wholeLog(this.#socket), this.#sent);
  }
}

describe.each<[string, Failing]>([
  ['refuses every write', refusesWrites],
  ['never says that it has what was written', losesWrites],
])('F3: a disk that %s', (_, failing) => {
  const title = 'is told at once by what is sent and by the health; when it is well, both go on by themselves';
  const lacking = lackingOf(failing.needs);
  test.skipIf(lacking.length > 0)(
    titleWith(title, lacking),
    async () => {
      const folder = newDataFolder();
      const sender = new Sender(1, new Dice(1));
      const talk = await Talk.begin(folder, sender);
      await talk.say('before');
      expect(await talk.isReady()).toBe(true);

      const heal = await failing.begin(talk.program.process.pid ?? 0);
      expect(JSON.stringify(await talk.say('meanwhile'))).toMatch(/"code":"unavailable"/);
      expect(await talk.isReady()).toBe(false);
      expect(await talk.texts()).toContain('before');

      await heal();
      await vi.waitFor(async () => expect(await talk.isReady()).toBe(true), PATIENCE);
      await vi.waitFor(async () => expect(JSON.stringify(await talk.say('meanwhile'))).toMatch(/"seq":/), PATIENCE);
      await talk.say('after');
      expect(await talk.texts()).toEqual(['before', 'meanwhile', 'after']);
      expect(await talk.problems()).toEqual([]);
      expect(await talk.program.end('SIGTERM')).toEqual({ code: 0, signal: null });
      const told = [...talk.program.stderr.matchAll(/"msg":"(the store[^"]*)"/g)].map(([, said]) => said);
      expect(told.at(0)).toBe('the store does not work');
      expect(told.slice(told.lastIndexOf('the store does not work') + 1)).toEqual(['the store works again']);

      const next = await Talk.begin(folder, sender);
      expect(await next.texts()).toEqual(['before', 'meanwhile', 'after']);
    },
    60_000,
  );
});

const full = 'F4: a full disk refuses with storageFull, is read from, and takes again when there is space';
const lackingForDisk = lackingOf(['root']);
test.skipIf(lackingForDisk.length > 0)(
  titleWith(full, lackingForDisk),
  async () => {
    const disk = new SmallDisk(32 * 1024 * 1024);
    const talk = await Talk.begin(`${disk.folder}/data`);
    await talk.say('before');
    const empty = disk.fill();
    // There is some room in the files that are there.
    let reply = '';
    const said: string[] = [];
    for (let n = 0; !reply.includes('storageFull') && n < 200; n += 1) {
      said.push(`${n} ${'x'.repeat(3_000)}`);
      reply = JSON.stringify(await talk.say(said.at(-1)!));
    }
    expect(reply).toMatch(/"code":"storageFull".*"retryAfter":/);
    expect(await talk.isReady()).toBe(false);
    expect(await talk.texts()).toContain('before');
    empty();
    expect(JSON.stringify(await talk.say(''))).toMatch(/"seq":/);
    await vi.waitFor(async () => expect(await talk.isReady()).toBe(true), PATIENCE);
    expect(await talk.texts()).toEqual(['before', ...said]);
    expect(await talk.problems()).toEqual([]);
    expect(await talk.program.end('SIGTERM')).toEqual({ code: 0, signal: null });
  },
  60_000,
);
