import { describe, expect, test } from 'vitest';
import type { EntryId, RoomId } from '../../../protocol/ids.ts';
import { REPLY_MAX_BYTES, TEXT_MAX_BYTES } from '../../../protocol/limits.ts';
import { countBytes } from '../../../protocol/text.ts';
import { arrive, edit, message, react, remove, type Scene } from './scene.contract.ts';

const NOWHERE = 'none' as RoomId;

export function readingContract(given: () => Scene): void {
  describe('reading', () => {
    test('the log is read forward from any place, with its head', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const said = [];
      for (const text of ['a', 'b', 'c', 'd']) said.push(await scene.says(ada, text));
      const head = { seq: 4, id: said[3]!.id };
      const from = async (after: number, limit: number) => scene.store.read(room.id, after, limit);
      expect(await from(0, 10)).toEqual({ entries: said, head, first: 1, reset: false });
      expect(await from(1, 2)).toEqual({ entries: said.slice(1, 3), head, first: 1, reset: false });
      expect(await from(4, 10)).toEqual({ entries: [], head, first: 1, reset: false });
    });

    test('C4: another history is noticed by the id of the last entry, or by its number', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const first = await scene.says(ada, 'a');
      const second = await scene.says(ada, 'b');
      const reset = { entries: [], head: { seq: 2, id: second.id }, first: 1, reset: true };
      expect(await scene.store.read(room.id, 1, 10, first.id)).toMatchObject({ reset: false, entries: [{ seq: 2 }] });
      expect(await scene.store.read(room.id, 1, 10, '')).toMatchObject({ reset: false, entries: [{ seq: 2 }] });
      expect(await scene.store.read(room.id, 0, 10, '')).toMatchObject({ reset: false });
      expect(await scene.store.read(room.id, 1, 10, second.id)).toEqual(reset);
      expect(await scene.store.read(room.id, 1, 10, 'other' as EntryId)).toEqual(reset);
      expect(await scene.store.read(room.id, 3, 10)).toEqual(reset);
    });

    test('a room without entries, and one that is not there, are empty', async () => {
      const scene = given();
      const room = await scene.room();
      for (const id of [room.id, NOWHERE]) {
        expect(await scene.store.read(id, 0, 10)).toEqual({
          entries: [],
          head: { seq: 0, id: '' },
          first: 1,
          reset: false,
        });
        expect(await scene.store.read(id, 1, 10)).toMatchObject({ reset: true });
        expect(await scene.store.page(id, undefined, 10)).toEqual({
          entries: [],
          head: { seq: 0, id: '' },
          first: 1,
          atStart: true,
          atEnd: true,
        });
      }
      expect(await scene.store.heads([room.id, NOWHERE])).toEqual(
        new Map([[room.id, { seq: 0, id: '', address: room.address, here: 0, notices: true }]]),
      );
    });

    test('P6: pages hold messages alone, oldest first, back to the start', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.stores(arrive(ada, await scene.node()));
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      await scene.stores(edit(ada, 2, 'A'));
      await scene.stores(remove(ada, 4));
      const page = async (before: number | undefined, limit: number) => scene.store.page(room.id, before, limit);
      expect(await page(undefined, 2)).toMatchObject({
        entries: [
          { seq: 3, text: 'b' },
          { seq: 4, text: '', deleted: true },
        ],
        head: { seq: 6 },
        first: 1,
        atStart: false,
        atEnd: true,
      });
      expect(await page(3, 2)).toMatchObject({
        entries: [{ seq: 2, text: 'A', rev: 5 }],
        head: { seq: 6 },
        atStart: true,
        atEnd: false,
      });
      expect(await page(undefined, 3)).toMatchObject({ entries: [{ seq: 2 }, { seq: 3 }, { seq: 4 }], atStart: true });
      expect(await page(2, 5)).toMatchObject({ entries: [], atStart: true, atEnd: false });
      expect(await page(1, 5)).toMatchObject({ entries: [], atStart: true, atEnd: false });
      expect(await page(5, 5)).toMatchObject({ entries: [{}, {}, {}], atStart: true, atEnd: true });
    });

    test('a page and a reading show a message in the same state', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      await scene.store.append([edit(ada, 1, 'A'), react(bob, 1, '👍'), react(ada, 3, '👎'), remove(ada, 2)]);
      const read = (await scene.log(room)).filter(({ kind }) => kind === 'message');
      expect((await scene.store.page(room.id, undefined, 10)).entries).toEqual(read);
    });

    test('what was acknowledged is in every later reading', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      for (let n = 1; n <= 20; n += 1) {
        await scene.says(ada, `${n}`);
        expect((await scene.store.heads([room.id])).get(room.id)?.seq).toBe(n);
        expect((await scene.store.read(room.id, n - 1, 1)).entries).toHaveLength(1);
      }
    });

    test('L8: head and entries are of one moment, while others write', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const writes = Array.from({ length: 40 }, (_, n) =>
        scene.store.append([message(ada, `${n}`), message(ada, 'and')]),
      );
      const reads = Array.from({ length: 40 }, () => scene.store.read(room.id, 0, 500));
      await Promise.all(writes);
      for (const { entries, head } of await Promise.all(reads)) {
        expect(entries.length).toBe(head.seq);
        expect(entries.at(-1)?.id ?? '').toBe(head.id);
        expect(head.seq % 2).toBe(0);
      }
    });

    test('R7: a reading holds at most 256 kB, but one entry at least', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const long = '漢'.repeat(Math.floor(TEXT_MAX_BYTES / 3));
      await scene.store.append(Array.from({ length: 40 }, () => message(ada, long)));
      const { entries, head, reset } = await scene.store.read(room.id, 0, 500);
      expect({ seq: head.seq, reset }).toEqual({ seq: 40, reset: false });
      expect(entries.length).toBe(15);
      expect(countBytes(JSON.stringify(entries))).toBeLessThanOrEqual(REPLY_MAX_BYTES + 1);
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1));
    });

    test('R7: a page too large for a reply keeps the newest', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const long = 'x'.repeat(TEXT_MAX_BYTES);
      await scene.store.append(Array.from({ length: 20 }, () => message(ada, long)));
      const { entries, atStart } = await scene.store.page(room.id, undefined, 20);
      expect({ last: entries.at(-1)?.seq, first: entries[0]?.seq, atStart }).toEqual({
        last: 20,
        first: 6,
        atStart: false,
      });
    });

    test('texts come back as they were', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const texts = [
        "'; drop table log; --",
        '👨‍👩‍👧‍👦',
        '\u202e\u0001',
        'a\r\nb\tc',
        '"\\',
        'שלום مرحبا',
        '\ufeffx',
        '{"a":[1]}',
        'É',
        'É',
      ];
      await scene.store.append(texts.map((text) => message(ada, text)));
      expect((await scene.log(room)).map((entry) => entry.kind === 'message' && entry.text)).toEqual(texts);
    });
  });
}
