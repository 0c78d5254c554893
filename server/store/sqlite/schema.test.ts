import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CODE_OF, DEVICE_OF, DEVICES } from './columns.ts';
import { loadDriver } from './driver.ts';
import { migrate } from './migrate.ts';
import { STEPS } from './schema.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const { DatabaseSync } = await loadDriver();
afterAll(removeFolders);

test('N8: of rooms of a database that knew nothing of it, those that were spoken in are kept', () => {
  const folder = temporaryFolder();
  const db = new DatabaseSync(':memory:');
  migrate(db, STEPS.slice(0, 1), (version) => join(folder, `copy-${version}.db`));
  db.exec(`
    INSERT INTO room VALUES ('spoken', 'a', 'A', 2, 'x', 70, 1, 0, 1), ('silent', 'b', 'B', 1, 'y', 80, 1, 0, 1), ('new', 'c', 'C', 0, '', 0, 1, 0, 0);
    INSERT INTO log (room_id, seq, id, at, kind, sender_id, sender_name, target_seq, here, body)
      VALUES ('spoken', 1, 'w', 60, 'connect', 'm', 'Ada', 0, 1, ''), ('spoken', 2, 'x', 70, 'message', 'm', 'Ada', 0, 0, 'hello'),
        ('silent', 1, 'y', 80, 'connect', 'n', 'Ada', 0, 1, '');
    INSERT INTO member VALUES ('silent', 'n', 's', 0, 'member', 'Ada', 'ada', 'ada', 1, 0, 90, 0, 0);
  `);
  migrate(db, STEPS.slice(0, 2), (version) => join(folder, `copy-${version}.db`));
  expect(db.prepare('SELECT id, visited_at, spoken FROM room ORDER BY address').all()).toEqual([
    { id: 'spoken', visited_at: 70, spoken: 1 },
    { id: 'silent', visited_at: 90, spoken: 0 },
    { id: 'new', visited_at: 0, spoken: 0 },
  ]);
  db.close();
});

test('H1: sessions of a database that knew nothing of former tokens go on, and have none', () => {
  const folder = temporaryFolder();
  const db = new DatabaseSync(':memory:');
  migrate(db, STEPS.slice(0, 2), (version) => join(folder, `copy-${version}.db`));
  db.exec("INSERT INTO session VALUES ('s', 'hash', 70, 'tea')");
  migrate(db, STEPS, (version) => join(folder, `copy-${version}.db`));
  const found = db.prepare(DEVICE_OF);
  expect(found.all('hash')).toMatchObject([{ session: 's', tokenHash: 'hash', formerHash: '', usedAt: 70 }]);
  expect(found.all('')).toEqual([]);
  db.close();
});

test('H8: what a session had as its token is its one device, and lasts as long; its last room stays', () => {
  const folder = temporaryFolder();
  const db = new DatabaseSync(':memory:');
  const devices = STEPS.findIndex((step) => step.includes('CREATE TABLE device'));
  migrate(db, STEPS.slice(0, devices), (version) => join(folder, `copy-${version}.db`));
  const columns = '(id, token_hash, used_at, last_room, former_hash, replaced_at)';
  db.exec(`INSERT INTO session ${columns} VALUES ('s', 'now', 70, 'tea', 'before', 60), ('t', 'other', 80, '', '', 0)`);
  migrate(db, STEPS, (version) => join(folder, `copy-${version}.db`));
  const found = db.prepare(DEVICE_OF);
  const first = { id: 's', session: 's', name: '', tokenHash: 'now', formerHash: 'before', replacedAt: 60, madeAt: 0 };
  expect(found.all('now')).toEqual([{ ...first, usedAt: 70 }]);
  expect(found.all('before')).toEqual(found.all('now'));
  expect(found.all('other')).toMatchObject([{ id: 't', session: 't', usedAt: 80 }]);
  expect(db.prepare('SELECT id, last_room FROM session ORDER BY id').all()).toEqual([
    { id: 's', last_room: 'tea' },
    { id: 't', last_room: '' },
  ]);
  db.close();
});

test.each([
  ['a token', DEVICE_OF, ['device_former']],
  ['the devices of a session', DEVICES, ['device_session']],
  ['a code', CODE_OF, ['typed_hash', 'PRIMARY KEY']],
])('H8 H9: %s is found by an index', (_, sql, indexes) => {
  const db = new DatabaseSync(':memory:');
  migrate(db, STEPS, () => '');
  const plan = JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('hash'));
  for (const index of indexes) expect(plan).toContain(index);
  expect(plan).not.toContain('SCAN');
  db.close();
});
