// What is asked often, or of much, is looked up: no reading goes through all of a table.
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { TestClock } from '../contract/scene.contract.ts';
import { type Database, loadDriver } from './driver.ts';
import { openSqlite } from './open-sqlite.ts';
import { Reader } from './reader.ts';
import { SqliteTransaction } from './sqlite-transaction.ts';
import { Statements } from './statements.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.contract.ts';

const { DatabaseSync } = await loadDriver();
afterAll(removeFolders);

/** An empty database of ours, and the plans of all statements that are prepared in it. */
async function explained(run: (db: Database) => void): Promise<string[]> {
  const folder = temporaryFolder();
  await (await openSqlite({ folder, clock: new TestClock() })).close();
  const plans: string[] = [];
  const db = new (class extends DatabaseSync {
    override prepare(sql: string) {
      const steps = super.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
      plans.push(...steps.map(({ detail }) => detail));
      return super.prepare(sql);
    }
  })(join(folder, 'snug.db'));
  run(db);
  db.close();
  return plans;
}

/**
 * A list that the statement itself brings, an index of words, which is asked with a word, and the lines of stretches.ts, of
 * which a log has one for 4,096 messages.
 */
const isLookedUp = (plan: string) =>
  !plan.startsWith('SCAN') || /VIRTUAL TABLE|json_each|CONSTANT ROW|SCAN stretch/u.test(plan);

test('what is found in several rooms, or far back in one, is found by an index', async () => {
  const plans = await explained((db) => {
    const reader = new Reader(db);
    const [room, member] = ['r' as never, 'm' as never];
    reader.search([room], 'tea from:ada before:2026-01-31', 20, { room, seq: 9 });
    reader.mentions([{ id: member, room }], 20, { room, seq: 9 });
    reader.rooms('s' as never);
    reader.direct(member, member);
    reader.otherOf(member);
    // Of a room that is there: what is read of it depends on it.
    db.exec(
      "INSERT INTO room (id, address, title, last_seq, last_id, last_at, first_seq, here, members) VALUES ('r', 'r', 'r', 0, '', 0, 1, 0, 0)",
    );
    reader.around(room, { seq: 5 }, 20);
    reader.around(room, { time: 5 }, 20);
    reader.page(room, 5, 20);
    reader.messages(room, [1, 2]);
    reader.earlier(room, 1);
    reader.pins(room);
  });
  expect(plans.length).toBeGreaterThan(15);
  expect(plans.filter((plan) => !isLookedUp(plan))).toEqual([]);
  const needed = ['log_message', 'log_at', 'log_pinned', 'room_pair', 'PRIMARY KEY', 'VIRTUAL TABLE INDEX'];
  for (const index of needed) expect(plans.join('\n'), index).toContain(index);
});

test('a change of a message looks through nothing', async () => {
  const plans = await explained((db) => {
    const tx = new SqliteTransaction(new Statements(db), () => 'id');
    const [room, target] = ['r' as never, { seq: 1 } as never];
    tx.pins(room);
    tx.roomOfPair('a b');
    tx.reactions(room, 1);
    for (const change of [
      () => tx.edited(room, target, 2, target),
      () => tx.deleted(room, target),
      () => tx.pinned(room, target),
    ])
      try {
        change();
      } catch {
        // There is no such message: how it would be looked up has been told by then.
      }
  });
  expect(plans.length).toBeGreaterThan(5);
  expect(plans.filter((plan) => !isLookedUp(plan))).toEqual([]);
});
