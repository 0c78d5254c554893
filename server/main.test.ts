// The built program as a whole: how it starts, says what is wrong, and stops.
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkHistory } from '../simulation/check-history.ts';
import { Dice } from '../simulation/dice.ts';
import { newDataFolder, Program } from './program.contract.ts';
import { Sender, wholeLog } from './sender.contract.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const GOOD = { code: 0, signal: null };
const started: Program[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.end('SIGKILL')));
});

function start(settings: Record<string, string> = {}): Program {
  const program = new Program({ SNUG_DATA: newDataFolder(), ...settings });
  started.push(program);
  return program;
}

/** Ends by itself with 1 and one line for people, and has said nothing else. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const program = start(settings);
  expect(await program.ended).toEqual({ code: 1, signal: null });
  expect(program.stdout).toBe('');
  expect(program.stderr).toMatch(/^[^\n]+\n$/u);
  expect(program.stderr).not.toMatch(/\bat .*:\d+|Error:|node:internal/u);
  return program.stderr;
}

function comeIn(program: Program, name: string, room: string): Promise<Response> {
  const body = new URLSearchParams({ name, room });
  return fetch(program.origin, { method: 'POST', body, redirect: 'manual', headers: { origin: program.origin } });
}

describe('the start', () => {
  test('ends with the address to open, says how others can, and serves there', async () => {
    const program = await start().ready();
    const lines = program.stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`Snug is ready: http://localhost:${program.port}`);
    expect(program.stdout).toContain('HOST=0.0.0.0');
    const page = await fetch(program.origin);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form')]);
    for (const health of ['live', 'ready']) {
      const answer = await fetch(`${program.origin}/health/${health}`);
      expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
    }
  });

  test('says loudly that the limits are off, to whoever starts it and in the log', async () => {
    const program = await start({ SNUG_LIMITS: 'off' }).ready();
    expect(program.stdout).toContain('SNUG_LIMITS is off');
    expect(program.stderr).toContain('SNUG_LIMITS is off');
  });

  test('logs JSON lines, and never what people write, are called or prove themselves with', async () => {
    const program = await start({ LOG_LEVEL: 'trace' }).ready();
    const entered = await comeIn(program, 'Adalina', 'secret tea');
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await fetch(`${program.origin}/chat/secret%20tea`, { headers: { cookie } });
    await fetch(`${program.origin}/leave`, { method: 'POST', headers: { cookie, origin: 'https://evil.example' } });
    const sender = new Sender(7, new Dice(1));
    const socket = await sender.connect(program.origin);
    await socket.emitWithAck('message', 'what nobody else may read');
    await socket.emitWithAck('message', { room: 'what nobody else may read' });
    sender.close();
    expect(await program.end('SIGTERM')).toEqual(GOOD);
    for (const line of program.stderr.trimEnd().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
    expect(program.stderr).not.toMatch(/Adalina|secret|Sender|nobody else|127\.0\.0\.1:/u);
    expect(program.stderr).not.toContain(cookie.slice(cookie.indexOf('=') + 1));
    expect(program.stderr).not.toContain(sender.key);
  });
});

describe('what is wrong is said in one line', () => {
  test('a port in use, and how to take another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const line = await refusal({ PORT: String(port) });
    expect(line).toMatch(new RegExp(`^Port ${port} is in use .*PORT=${port + 1} npm start`, 'u'));
    other.close();
  });

  test.each([
    [
      'an address that this machine has not',
      { HOST: '192.0.2.1' },
      /^HOST is "192\.0\.2\.1", which is no address of this machine/u,
    ],
    ['a port that is none', { PORT: 'http' }, /^PORT is "http": it must be a whole number/u],
    ['an origin that is none', { SNUG_ORIGINS: 'chat.example.org' }, /^SNUG_ORIGINS is /u],
  ])('%s', async (_, settings, expected) => {
    expect(await refusal(settings)).toMatch(expected);
  });

  test('a data folder that cannot be made', async () => {
    const file = join(newDataFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusal({ SNUG_DATA: join(file, 'data') })).toMatch(/^The data folder .* cannot be made .*SNUG_DATA/u);
  });

  test('a data folder in a place that denies what it has just been asked to make', async () => {
    expect(await refusal({ SNUG_DATA: '/proc/snug/data' })).toMatch(
      /^The data folder \/proc\/snug\/data cannot be made .*SNUG_DATA/u,
    );
  });

  test('a data folder that cannot be written', async () => {
    const folder = newDataFolder();
    mkdirSync(join(folder, 'snug.lock'));
    expect(await refusal({ SNUG_DATA: folder })).toMatch(/^The data folder .* cannot be written.*SNUG_DATA/u);
  });

  test('a lock file that is none, by its name', async () => {
    const folder = newDataFolder();
    writeFileSync(join(folder, 'snug.lock'), 'this is no lock '.repeat(1_000));
    expect(await refusal({ SNUG_DATA: folder })).toMatch(/snug\.lock is not the lock file .*remove it/u);
  });

  test('a database that is none, and it stays as it was', async () => {
    const folder = newDataFolder();
    writeFileSync(join(folder, 'snug.db'), 'this is no database '.repeat(1_000));
    const line = await refusal({ SNUG_DATA: folder });
    expect(line).toMatch(/snug\.db is not a database.*backup/u);
    expect(await refusal({ SNUG_DATA: folder })).toBe(line);
  });

  test('a database of a newer version', async () => {
    const folder = newDataFolder();
    const program = await start({ SNUG_DATA: folder }).ready();
    expect(await program.end('SIGTERM')).toEqual(GOOD);
    const db = new DatabaseSync(join(folder, 'snug.db'));
    db.exec("UPDATE meta SET value = '999' WHERE name = 'version'");
    db.close();
    expect(await refusal({ SNUG_DATA: folder })).toMatch(/^The database is of a newer version of Snug \(999\)/u);
  });

  test('data that another server uses, which goes on', async () => {
    const folder = newDataFolder();
    const first = await start({ SNUG_DATA: folder }).ready();
    expect(await refusal({ SNUG_DATA: folder })).toMatch(/^Another server is using the data in .*SNUG_DATA/u);
    expect((await comeIn(first, 'Ada', 'tea')).status).toBe(303);
  });
});

describe('the stop', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s with scripts that talk ends with 0 and loses nothing that was acknowledged',
    async (signal) => {
      const folder = newDataFolder();
      const program = await start({ SNUG_DATA: folder, SNUG_LIMITS: 'off' }).ready();
      const senders = Array.from({ length: 5 }, (_, i) => new Sender(i, new Dice(i)));
      await Promise.all(senders.map((sender) => sender.connect(program.origin)));
      const talks = senders.map((sender) => sender.talk());
      const firstAnswers = senders.map((sender) => sender.answered);
      await Promise.all(firstAnswers);
      expect(await program.end(signal)).toEqual(GOOD);
      await Promise.all(talks);
      const complaints = program.stderr.split('\n').filter((line) => /"level":[456]0/u.test(line));
      expect(complaints).toEqual([expect.stringContaining('SNUG_LIMITS is off')]);

      const next = await start({ SNUG_DATA: folder }).ready();
      const [socket] = await Promise.all(senders.map((sender) => sender.connect(next.origin)));
      const sent = senders.flatMap((sender) => sender.sent);
      expect(checkHistory(await wholeLog(socket!), sent)).toEqual([]);
      for (const sender of senders) sender.close();
    },
  );

  test('leaves nothing half written: the database is one file, and the next start finds everybody as they were', async () => {
    const folder = newDataFolder();
    const program = await start({ SNUG_DATA: folder }).ready();
    const entered = await comeIn(program, 'Ada', 'tea');
    const [name = '', token = ''] = (entered.headers.getSetCookie()[0]?.split(';')[0] ?? '').split('=');
    expect(await program.end('SIGTERM')).toEqual(GOOD);
    expect(readdirSync(folder).filter((file) => file.endsWith('-wal'))).toEqual([]);
    const next = await start({ SNUG_DATA: folder }).ready();
    const cookie = `${name.replace(String(program.port), String(next.port))}=${token}`;
    const page = await fetch(`${next.origin}/chat/tea`, { headers: { cookie }, redirect: 'manual' });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('data-name="Ada"')]);
  });

  test('is not ready first, and still answers what was asked before, by the page and by a script', async () => {
    const folder = newDataFolder();
    const program = await start({ SNUG_DATA: folder }).ready();
    const sender = new Sender(1, new Dice(1));
    const socket = await sender.connect(program.origin);
    // Whoever holds the database keeps the server from answering.
    const holder = new DatabaseSync(join(folder, 'snug.db'), { timeout: 5_000 });
    holder.exec('BEGIN IMMEDIATE');
    const said = socket.emitWithAck('message', 'the last word');
    const entered = comeIn(program, 'Ada', 'tea');
    const health = () => fetch(`${program.origin}/health/ready`);
    await health();
    program.process.kill('SIGTERM');
    await vi.waitFor(async () => expect((await health()).status).toBe(503));
    holder.close();
    expect(await said).toMatchObject({ ok: true });
    expect((await entered).status).toBe(303);
    expect(await program.ended).toEqual(GOOD);
    sender.close();
    const next = await start({ SNUG_DATA: folder }).ready();
    const log = await wholeLog(await sender.connect(next.origin));
    expect(log.filter((entry) => entry.kind === 'message')).toMatchObject([{ text: 'the last word' }]);
    sender.close();
  });

  test('SIGHUP of a terminal that is gone, where nobody reads what is said, is a stop like any', async () => {
    const folder = newDataFolder();
    const program = await start({ SNUG_DATA: folder, LOG_LEVEL: 'trace' }).ready();
    program.process.stdout?.destroy();
    program.process.stderr?.destroy();
    expect((await comeIn(program, 'Ada', 'tea')).status).toBe(303);
    expect(await program.end('SIGHUP')).toEqual(GOOD);
    expect(readdirSync(folder).filter((file) => file.endsWith('-wal'))).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'F4: a log that takes no line, as on a full disk, holds up nothing',
    async () => {
      const folder = newDataFolder();
      const args = ['-c', `exec '${process.execPath}' dist/server/main.js 2> /dev/full`];
      const call = { program: 'sh', args, cwd: PROJECT, hasGroup: false };
      const program = new Program({ SNUG_DATA: folder, LOG_LEVEL: 'trace' }, call);
      started.push(program);
      await program.ready();
      const sender = new Sender(1, new Dice(1));
      const socket = await sender.connect(program.origin);
      expect(await socket.emitWithAck('message', 'heard')).toMatchObject({ ok: true });
      sender.close();
      expect(await program.end('SIGTERM')).toEqual(GOOD);
    },
  );

  test('waits for nobody who never finishes asking', async () => {
    const program = await start().ready();
    const half = connect(program.port, '127.0.0.1').on('error', () => undefined);
    await once(half, 'connect');
    half.write('GET / HTTP/1.1\r\nHost: ');
    await fetch(program.origin);
    expect(await program.end('SIGTERM')).toEqual(GOOD);
    half.destroy();
  });

  test('a signal that comes twice, as when both a terminal and npm send it, is one wish', async () => {
    const program = await start().ready();
    // Both wait while it is stopped, so that neither can be too late.
    for (const signal of ['SIGSTOP', 'SIGTERM', 'SIGINT', 'SIGCONT'] as const) program.process.kill(signal);
    expect(await program.ended).toEqual(GOOD);
    expect(program.stderr).toContain('"msg":"stopped"');
  });

  test('who asks again later ends it at once, by that signal, and the store is whole', async () => {
    const folder = newDataFolder();
    const program = await start({ SNUG_DATA: folder }).ready();
    // Whoever holds the database keeps the server from writing its last word.
    const holder = new DatabaseSync(join(folder, 'snug.db'));
    holder.exec('BEGIN IMMEDIATE');
    const asking = setInterval(() => program.process.kill('SIGTERM'), 50);
    onTestFinished(() => clearInterval(asking));
    expect(await program.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(program.stderr).toContain('asked again to stop');
    expect(program.stderr).not.toMatch(/"msg":"stopped"|terminate called/u);
    holder.close();
    const next = await start({ SNUG_DATA: folder }).ready();
    expect(await next.end('SIGTERM')).toEqual(GOOD);
  });
});

test('a path that no browser sends as it is says why that room cannot be', async () => {
  const program = await start().ready();
  for (const path of ['/chat/..', '/chat/%2e%2e', '/chat/%2E']) {
    const asked = request({ port: program.port, path }).end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    expect([path, answer.statusCode]).toEqual([path, 404]);
  }
});
