import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { ClientId, MemberId } from '../../../protocol/ids.ts';
import { edit, message, react, remove, Scene, TestClock } from '../contract/scene.contract.ts';
import {
  type Member,
  type Outcome,
  type Room,
  StorageFull,
  type Store,
  StoreUnavailable,
  Unstorable,
  type Write,
} from '../store.ts';
import { CannotOpenStore } from './cannot-open.ts';
import { loadDriver } from './driver.ts';
import { failureOf } from './failure.ts';
import { DATABASE_FILE } from './files.ts';
import { type OpenDatabase, openForReading, openForWriting } from './open-database.ts';
import { openSqlite } from './open-sqlite.ts';
import type { Reading, ThreadReply, Writing } from './requests.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';
import { SqliteEngine } from './sqlite-engine.ts';
import { Thread } from './thread.ts';
import { Writer } from './writer.ts';

const clock = new TestClock();
afterAll(removeFolders);

async function opened(): Promise<{ folder: string; store: Store; scene: Scene; room: Room; ada: Member }> {
  const folder = temporaryFolder();
  const store = await openSqlite({ folder, clock });
  const scene = new Scene({ store, clock });
  const room = await scene.room();
  return { folder, store, scene, room, ada: await scene.member(room, 'Ada') };
}

/** The writer itself, in this thread, with a member to write as. */
async function writing(
  folder: string,
): Promise<OpenDatabase & { writer: Writer; ada: Member; run: (...writes: Write[]) => ThreadReply }> {
  const open = await openForWriting(folder);
  const writer = new Writer(open.db);
  const one = (name: string, ...args: unknown[]): ThreadReply =>
    writer.run([{ number: 1, now: clock.now(), name, args }])[0]!;
  const room = valueOf(one('openRoom', 'tea', 'Tea')) as Room;
  const claimed = valueOf(one('claim', { room: room.id, session: 's', name: 'Ada', key: 'ada', skeleton: 'ada' })) as {
    member: Member;
  };
  return { ...open, writer, ada: claimed.member, run: (...writes) => one('append', writes) };
}

function valueOf(reply: ThreadReply): unknown {
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
}

function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(word));
}

test('L10: a poison item undoes its own batch, not its neighbours', async () => {
  const { store, scene, room, ada } = await opened();
  const poison = { ...message(ada, 'x'), clientId: {} } as unknown as Write;
  const [before, bad, after] = await Promise.allSettled([
    store.append([message(ada, 'a'), message(ada, 'b')]),
    store.append([message(ada, 'never'), poison]),
    store.append([message(ada, 'c')]),
  ]);
  expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(Unstorable) });
  expect((await scene.log(room)).map((entry) => entry.kind === 'message' && [entry.seq, entry.text])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  expect(store.problem()).toBeUndefined();
  await store.close();
});

test('L10: the same batch tried again is answered with what it had', async () => {
  const { store, ada } = await opened();
  const batch = [message(ada, 'a'), message(ada, 'b')];
  const first = await store.append(batch);
  const again = await store.append(batch);
  const place = (outcome: Outcome) =>
    outcome.result === 'stored'
      ? [outcome.entry.seq, outcome.entry.id, outcome.at]
      : outcome.result === 'duplicate' && [outcome.seq, outcome.id, outcome.at];
  expect(again.map(place)).toEqual(first.map(place));
  await store.close();
});

test('closing carries out what was asked before; afterwards everything is refused', async () => {
  const { folder, store, room, ada } = await opened();
  const waiting = Array.from({ length: 200 }, (_, n) => store.append([message(ada, `${n}`)]));
  const closing = store.close();
  await expect(store.append([message(ada, 'x')])).rejects.toThrow(StoreUnavailable);
  const outcomes = (await Promise.all(waiting)).flat();
  await Promise.all([closing, store.close()]);
  expect(outcomes.every(({ result }) => result === 'stored')).toBe(true);
  await expect(store.append([message(ada, 'x')])).rejects.toThrow(StoreUnavailable);
  await expect(store.read(room.id, 0, 5)).rejects.toThrow(StoreUnavailable);
  const again = await openSqlite({ folder, clock });
  expect((await again.heads([room.id])).get(room.id)?.seq).toBe(200);
  await again.close();
});

test('L7: each edit keeps the text that it replaced, until the message is deleted', async () => {
  const { db, lock, ada, run } = await writing(temporaryFolder());
  const kept = (): unknown[] =>
    db.prepare('SELECT target_seq AS target, edit_seq AS edit, text FROM replaced ORDER BY edit_seq').all();
  const [first, other] = ['1', '2'].map((n) => `00000000-0000-4000-8000-00000000000${n}` as ClientId);
  run(message(ada, 'helo', first), message(ada, 'teh', other));
  run(edit(ada, first!, 'hello'), edit(ada, other!, 'the'));
  // It changes nothing, so it replaces nothing.
  run(edit(ada, first!, 'hello'));
  run(edit(ada, first!, 'hello!'));
  const ofOther = { target: 2, edit: 4, text: 'teh' };
  expect(kept()).toEqual([{ target: 1, edit: 3, text: 'helo' }, ofOther, { target: 1, edit: 5, text: 'hello' }]);
  run(remove(ada, first!));
  expect(kept()).toEqual([ofOther]);
  db.close();
  lock.close();
});

test('L7: nothing of a deleted message, nor of what its edits replaced, stays in the files', async () => {
  const folder = temporaryFolder();
  const { db, lock, writer, ada, run } = await writing(folder);
  const chatter = (n: number): Write[] =>
    Array.from({ length: 100 }, (_, i) => message(ada, `chatter number ${n} ${i}`));
  const clientId = '00000000-0000-4000-8000-000000000001' as ClientId;
  for (let n = 0; n < 5; n += 1) run(...chatter(n));
  run(message(ada, 'Zyxwvutsr is quiet', clientId), react(ada, clientId, '👍'));
  run(...chatter(5), edit(ada, clientId, 'Qponmlkji came later'));
  run(edit(ada, clientId, 'Hgfedcbaz at last'), ...chatter(6));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const words = ['Zyxwvutsr', 'yxwvuts', 'Qponmlkji', 'ponmlk', 'Hgfedcbaz', 'gfedcb'];
  for (const word of words) expect(filesWith(folder, word), word).not.toEqual([]);
  run(...chatter(7), remove(ada, clientId));
  expect(writer.hasBlanked).toBe(true);
  writer.forgetBlanked();
  expect(writer.hasBlanked).toBe(false);
  for (const word of words) expect(filesWith(folder, word), word).toEqual([]);
  db.close();
  lock.close();
  for (const word of words) expect(filesWith(folder, word), word).toEqual([]);
});

test('L7: a store that is closed right after a deletion leaves nothing of it', async () => {
  const { folder, store, scene, ada } = await opened();
  await scene.says(ada, 'Zyxwvutsr');
  await scene.stores(remove(ada, 1));
  await store.close();
  for (const word of ['Zyxwvutsr', 'yxwvuts']) expect(filesWith(folder, word)).toEqual([]);
});

test('a full disk refuses, undoes, and takes again when there is space', async () => {
  const { db, lock, ada, run } = await writing(temporaryFolder());
  run(message(ada, 'a'));
  const pages = Object.values(db.prepare('PRAGMA page_count').get() as object)[0] as number;
  db.exec(`PRAGMA max_page_count = ${pages}`);
  const many = Array.from({ length: 100 }, () => message(ada, 'x'.repeat(4_000)));
  expect(run(...many)).toMatchObject({ ok: false, failure: 'full' });
  db.exec('PRAGMA max_page_count = 1000000');
  expect(run(...many)).toMatchObject({ ok: true });
  expect(db.prepare('SELECT last_seq AS seq FROM room').get()).toMatchObject({ seq: 101 });
  expect(db.prepare('SELECT count(*) AS n FROM log').get()).toMatchObject({ n: 101 });
  db.close();
  lock.close();
});

test('what is damaged is read and not written, and says so', async () => {
  const { folder, store, room, ada } = await opened();
  await store.append(Array.from({ length: 500 }, (_, n) => message(ada, `message ${n} ${'x'.repeat(500)}`)));
  await store.close();
  const again = await openSqlite({ folder, clock });
  expect(again.problem()).toBeUndefined();
  const path = join(folder, DATABASE_FILE);
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.from(whole).fill(0xaa, 4_096));
  await expect(again.read(room.id, 0, 500)).rejects.toThrow(StoreUnavailable);
  expect(again.problem()).toMatch(/damaged.*restore a backup/);
  await expect(again.append([message(ada, 'x')])).rejects.toThrow(StoreUnavailable);

  // As of a disk that is well again.
  writeFileSync(path, whole);
  await vi.waitFor(() => expect(again.problem()).toBeUndefined(), 5_000);
  expect(await again.append([message(ada, 'x')])).toMatchObject([{ result: 'stored', entry: { seq: 501 } }]);
  expect((await again.read(room.id, 500, 5)).entries).toMatchObject([{ seq: 501, text: 'x' }]);
  await again.close();
});

test('another database in the place of the one that failed is not taken up without a restart', async () => {
  const { folder, store, room, ada } = await opened();
  const path = join(folder, DATABASE_FILE);
  await store.append([message(ada, 'a')]);
  await store.close();
  const again = await openSqlite({ folder, clock });
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.from(whole).fill(0xaa, 4_096));
  await expect(again.read(room.id, 0, 5)).rejects.toThrow(StoreUnavailable);
  writeFileSync(join(folder, 'backup.db'), whole);
  renameSync(join(folder, 'backup.db'), path);
  await vi.waitFor(() => expect(again.problem()).toMatch(/is another file than at the start: restart/), 5_000);
  await expect(again.append([message(ada, 'b')])).rejects.toThrow(StoreUnavailable);
  await again.close();
  const restarted = await openSqlite({ folder, clock });
  expect(await restarted.append([message(ada, 'b')])).toMatchObject([{ result: 'stored', entry: { seq: 2 } }]);
  await restarted.close();
});

test('L7: a reader that holds the log for long, as a backup does, holds no writer up', async () => {
  const folder = temporaryFolder();
  const { db, lock, ada, run } = await writing(folder);
  run(message(ada, 'Zyxwvutsr'));
  const reading = await openForReading(folder);
  reading.exec('BEGIN; SELECT count(*) FROM log');
  const patience: string[] = [];
  const heard = new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        if (String(args[0]).includes('busy_timeout')) patience.push(String(args[0]));
        return value.apply(target, args);
      };
    },
  });
  const writer = new Writer(heard);
  writer.run([{ number: 1, now: clock.now(), name: 'append', args: [[remove(ada, 1)]] }]);
  writer.forgetBlanked();
  expect(patience).toEqual(['PRAGMA busy_timeout = 50', 'PRAGMA busy_timeout = 2000']);
  expect(writer.hasBlanked).toBe(true);
  reading.exec('ROLLBACK');
  writer.forgetBlanked();
  expect(writer.hasBlanked).toBe(false);
  expect(filesWith(folder, 'Zyxwvutsr')).toEqual([]);
  for (const one of [reading, db, lock]) one.close();
});

test('once a write found damage, no later one is tried', async () => {
  const folder = temporaryFolder();
  const first = await writing(folder);
  first.run(message(first.ada, 'x'));
  first.writer.close();
  first.lock.close();
  const path = join(folder, DATABASE_FILE);
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.from(whole).fill(0xaa, 8_192));
  const { DatabaseSync } = await loadDriver();
  const db = new DatabaseSync(path);
  const writer = new Writer(db);
  const request = { number: 7, now: clock.now(), name: 'append', args: [[message(first.ada, 'y')]] };
  expect(writer.run([request])).toMatchObject([{ number: 7, ok: false, failure: 'damaged' }]);
  writeFileSync(path, whole);
  db.exec('PRAGMA shrink_memory');
  expect(writer.run([request])).toMatchObject([{ number: 7, ok: false, failure: 'damaged' }]);
  db.close();
});

test('errors of the disk are told from those of what is stored', () => {
  const sqlite = (errcode: number): Error => Object.assign(new Error('x'), { errcode });
  expect([10, 266, 1034, 8, 14].map((code) => failureOf(sqlite(code)))).toEqual(Array(5).fill('failing'));
  expect([11, 267, 26].map((code) => failureOf(sqlite(code)))).toEqual(Array(3).fill('damaged'));
  expect([13, 4874].map((code) => failureOf(sqlite(code)))).toEqual(['full', 'full']);
  expect([5, 517, 6, 7].map((code) => failureOf(sqlite(code)))).toEqual(Array(4).fill('unavailable'));
  const system = (code: string): Error => Object.assign(new Error('x'), { code });
  expect(['ENOSPC', 'EDQUOT', 'EIO', 'ENOENT'].map((code) => failureOf(system(code)))).toEqual([
    'full',
    'full',
    'failing',
    'unstorable',
  ]);
  expect([19, 2067, 18, 20, 25].map((code) => failureOf(sqlite(code)))).toEqual(Array(5).fill('unstorable'));
  expect(failureOf(new TypeError('x'))).toBe('unstorable');
});

const thread = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort as port } from 'node:worker_threads';${code}`)}`,
  );

test.each([
  ['throws', "port.on('message', () => { throw new Error('a bug') })"],
  ['exits', "port.on('message', () => process.exit(3))"],
])('a thread that %s refuses what waits and all that comes', async (_, code) => {
  const dying = await Thread.start<Reading>('reader', '', thread(`${code};port.postMessage({ ready: true })`));
  const waiting = await Promise.allSettled([dying.call(0, 'heads', []), dying.call(0, 'heads', [])]);
  for (const one of waiting) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
  await expect(dying.call(0, 'heads', [])).rejects.toThrow(StoreUnavailable);
  expect(dying.problem).toMatch(/reader stopped.*Restart the server/);
  await dying.close();
});

test('a thread that does not start is told in one line', async () => {
  for (const code of ["throw new Error('no engine')", 'process.exit(1)']) {
    const starting = Thread.start<Writing>('writer', '', thread(code));
    await expect(starting).rejects.toThrow(CannotOpenStore);
    await expect(starting).rejects.toThrow(/^The store's writer does not start: .*$/);
  }
});

test('a full disk is a problem until the thread says that there is space, and writes are tried meanwhile', async () => {
  const reply = "(m.args[0] ? { failure: 'full', message: 'no', ok: false } : { ok: true })";
  const news = "port.postMessage({ illness: m.args[0] ? { kind: 'full', message: 'no' } : undefined })";
  const code = `port.on('message', (m) => { if (m.name === 'close') return port.close(); ${news}; port.postMessage([{ number: m.number, ...${reply} }]) })`;
  const start = async <Of extends Reading | Writing>(name: 'reader' | 'writer') =>
    Thread.start<Of>(name, '', thread(`${code};port.postMessage({ ready: true })`));
  const store = new SqliteEngine(await start<Writing>('writer'), await start<Reading>('reader'), clock);
  await expect(store.append([])).rejects.toThrow(StorageFull);
  expect(store.problem()).toMatch(/no space left/);
  await store.release('' as MemberId);
  expect(store.problem()).toBeUndefined();
  await store.close();
});
