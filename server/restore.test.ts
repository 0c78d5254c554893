// F20: a backup under load, restored elsewhere, as a whole.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import type { Entry } from '../protocol/entries.ts';
import { checkHistory } from '../simulation/check-history.ts';
import { Dice } from '../simulation/dice.ts';
import { newDataFolder, Program } from './program.contract.ts';
import { Sender, wholeLog } from './sender.contract.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const started: Program[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.end('SIGKILL')));
});

async function start(folder: string): Promise<Program> {
  const program = new Program({ SNUG_DATA: folder, SNUG_LIMITS: 'off', LOG_LEVEL: 'warn' });
  started.push(program);
  return program.ready();
}

async function backUp(data: string, copy: string): Promise<void> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, SNUG_DATA: data };
  const child = spawn(process.execPath, ['tools/backup.mjs', copy], { cwd: PROJECT, env, stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([0, null]);
}

/** As a page asks that comes back, with the last entry that it has seen. */
function askAfter(socket: Socket, { seq, id }: Entry): Promise<readonly { ok: boolean; reset: boolean }[]> {
  return Promise.all([
    socket.emitWithAck('join', { room: 'tea', after: [seq, id] }),
    socket.emitWithAck('catchUp', { room: 'tea', after: seq, id }),
  ]);
}

test('F20 C4 C10: a backup under load is a consistent prefix, and whoever has seen more of the log is reset', async () => {
  const data = newDataFolder();
  const copy = join(newDataFolder(), 'copy');
  const first = await start(data);
  const senders = Array.from({ length: 5 }, (_, i) => new Sender(i, new Dice(i)));
  await Promise.all(senders.map((sender) => sender.connect(first.origin)));
  const talks = Promise.all(senders.map((sender) => sender.talk()));
  await Promise.all(senders.map((sender) => sender.answered));
  const sent = () => senders.flatMap((sender) => sender.sent);
  const acknowledgedBefore = sent().filter(({ seq }) => seq !== undefined);
  await backUp(data, copy);
  const atTheEnd = sent().length;
  while (sent().filter(({ seq }) => seq !== undefined).length <= atTheEnd) await new Promise(setImmediate);
  await first.end('SIGKILL');
  await talks;

  // As it would have gone on without a backup.
  const second = await start(data);
  const [socket] = await Promise.all(senders.map((sender) => sender.connect(second.origin)));
  const history = await wholeLog(socket!);
  for (const sender of senders) sender.close();
  await second.end('SIGKILL');

  const db = new DatabaseSync(join(copy, 'snug.db'), { readOnly: true });
  expect(db.prepare('PRAGMA quick_check').all()).toEqual([{ quick_check: 'ok' }]);
  const { head } = db.prepare("SELECT last_seq AS head FROM room WHERE address = 'tea'").get() as { head: number };
  db.close();

  const restored = newDataFolder();
  cpSync(copy, restored, { recursive: true });
  const third = await start(restored);
  const [again] = await Promise.all(senders.map((sender) => sender.connect(third.origin)));
  const log = await wholeLog(again!);
  expect(log.slice(0, head)).toEqual(history.slice(0, head));
  expect(head).toBeLessThan(history.length);
  const known = sent().map((item) => (item.seq !== undefined && item.seq > head ? { ...item, seq: undefined } : item));
  expect(checkHistory(log.slice(0, head), known)).toEqual([]);
  expect(acknowledgedBefore.every(({ seq = 0 }) => seq <= head)).toBe(true);

  const [goesOn, isReset] = [
    { ok: true, reset: false },
    { ok: true, reset: true },
  ];
  expect(await askAfter(again!, log[head - 1]!)).toMatchObject([goesOn, goesOn]);
  expect(await askAfter(again!, history.at(-1)!)).toMatchObject([isReset, isReset]);
  // Others have talked since: its place is in this log again, and is another entry there.
  for (let last = head; last <= history.length; ) {
    const items = Array.from({ length: 50 }, () => ({ clientId: crypto.randomUUID(), text: 'since then' }));
    const { results } = await again!.emitWithAck('message', { room: 'tea', items });
    last = results.at(-1).seq;
  }
  expect(await askAfter(again!, history.at(-1)!)).toMatchObject([isReset, isReset]);

  for (const sender of senders) sender.close();
  expect(await third.end('SIGTERM')).toEqual({ code: 0, signal: null });
}, 90_000);

test('L7: nothing of a deleted message, nor of what its edits replaced, is in a backup', async () => {
  const data = newDataFolder();
  const program = await start(data);
  const sender = new Sender(1, new Dice(1));
  const socket = await sender.connect(program.origin);
  const says = (text: string) =>
    socket.emitWithAck('message', { room: 'tea', items: [{ clientId: crypto.randomUUID(), text }] });
  for (let n = 0; n < 20; n += 1) await says(`chatter number ${n}`);
  const { results } = await says('Zyxwvutsr is quiet');
  const target = results[0].seq as number;
  const change = { room: 'tea', target };
  const edited = { ...change, clientId: crypto.randomUUID(), text: 'Qponmlkji came later' };
  expect(await socket.emitWithAck('edit', edited)).toMatchObject({ ok: true });
  await says('what stays');
  const words = ['Zyxwvutsr', 'yxwvuts', 'Qponmlkji', 'ponmlk'];
  for (const word of words.slice(0, 1)) expect(filesWith(data, word), word).not.toEqual([]);
  expect(await socket.emitWithAck('delete', { ...change, clientId: crypto.randomUUID() })).toMatchObject({ ok: true });
  const copy = join(newDataFolder(), 'copy');
  await backUp(data, copy);
  expect(filesWith(copy, 'what stays')).toEqual(['snug.db']);
  for (const word of words) expect(filesWith(copy, word), word).toEqual([]);
  sender.close();
}, 60_000);

function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(word));
}
