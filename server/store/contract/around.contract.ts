import { describe, expect, test } from 'vitest';
import type { RoomId } from '../../../protocol/ids.ts';
import { REPLY_MAX_BYTES, TEXT_MAX_BYTES } from '../../../protocol/limits.ts';
import { countBytes } from '../../../protocol/text.ts';
import { type Around, type Room } from '../store.ts';
import { edit, message, react, remove, type Scene } from './scene.contract.ts';

export function aroundContract(given: () => Scene): void {
  /** Seqs and where they end, in short: `[2 3 4]`, with a bracket where there are no more. */
  const around = async (scene: Scene, room: Room, at: Around, limit: number): Promise<string> => {
    const { entries, atStart, atEnd, anchor } = await scene.store.around(room.id, at, limit);
    const seqs = entries.map(({ seq }) => (seq === anchor ? `${seq}!` : `${seq}`)).join(' ');
    return `${atStart ? '[' : ''}${seqs}${atEnd ? ']' : ''}`;
  };

  describe('around a place', () => {
    test('C12: half of a page is before the message, and what one side has too few of the other has more', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append(Array.from({ length: 9 }, (_, n) => message(ada, `${n}`)));
      const page = (seq: number, limit: number) => around(scene, room, { seq }, limit);
      expect(await page(5, 4)).toBe('3 4 5! 6');
      expect(await page(5, 5)).toBe('3 4 5! 6 7');
      expect(await page(5, 1)).toBe('5!');
      expect(await page(1, 4)).toBe('[1! 2 3 4');
      expect(await page(2, 4)).toBe('[1 2! 3 4');
      expect(await page(9, 4)).toBe('6 7 8 9!]');
      expect(await page(8, 6)).toBe('4 5 6 7 8! 9]');
      expect(await page(5, 9)).toBe('[1 2 3 4 5! 6 7 8 9]');
      expect(await page(5, 50)).toBe('[1 2 3 4 5! 6 7 8 9]');
    });

    test('C12: where no message is at or after it the page is the newest', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append([message(ada, 'a'), message(ada, 'b'), message(ada, 'c'), react(ada, 3, '👍')]);
      expect(await around(scene, room, { seq: 4 }, 2)).toBe('2 3]');
      expect(await around(scene, room, { seq: 99 }, 2)).toBe('2 3]');
      expect(await around(scene, room, { time: scene.clock.now() + 1 }, 2)).toBe('2 3]');
    });

    test('C12: around what is no message is around the first one after it', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append([
        message(ada, 'a'),
        edit(ada, 1, 'A'),
        react(ada, 1, '👍'),
        message(ada, 'b'),
        message(ada, 'c'),
        remove(ada, 4),
      ]);
      expect(await around(scene, room, { seq: 2 }, 2)).toBe('[1 4!');
      const { entries, head } = await scene.store.around(room.id, { seq: 2 }, 9);
      expect(entries).toEqual((await scene.log(room)).filter(({ kind }) => kind === 'message'));
      expect(head.seq).toBe(6);
    });

    test('C12: around a time is around the message that was written first from then on', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const start = scene.clock.now();
      // The step back is believed: 4 and 5 were written before 2 and 3, as far as their times say.
      for (const step of [0, 600_000, 1_000, -400_000, 1_000]) {
        scene.clock.move(step);
        await scene.says(ada, 'x');
      }
      scene.clock.move(400_000);
      const page = (ms: number) => around(scene, room, { time: start + ms }, 3);
      expect(await page(-1_000_000)).toBe('[1! 2 3');
      expect(await page(0)).toBe('[1! 2 3');
      expect(await page(1)).toBe('3 4! 5]');
      expect(await page(201_000)).toBe('3 4! 5]');
      expect(await page(201_001)).toBe('3 4 5!]');
      expect(await page(202_001)).toBe('[1 2! 3');
      expect(await page(600_001)).toBe('2 3! 4');
      expect(await page(601_001)).toBe('3 4 5]');
    });

    test('R7: what does not fit a reply is what is furthest from the middle', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append(Array.from({ length: 40 }, () => message(ada, 'x'.repeat(TEXT_MAX_BYTES))));
      const { entries, atStart, atEnd } = await scene.store.around(room.id, { seq: 20 }, 40);
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, n) => 13 + n));
      expect({ atStart, atEnd }).toEqual({ atStart: false, atEnd: false });
      expect(countBytes(JSON.stringify(entries))).toBeLessThanOrEqual(REPLY_MAX_BYTES + 1);
    });

    test('a room without messages, and one that is not there, are empty', async () => {
      const scene = given();
      const empty = { entries: [], head: { seq: 0, id: '' }, first: 1, atStart: true, atEnd: true, anchor: undefined };
      for (const id of [(await scene.room()).id, 'none' as RoomId]) {
        expect(await scene.store.around(id, { seq: 1 }, 5)).toEqual(empty);
        expect(await scene.store.around(id, { time: 0 }, 5)).toEqual(empty);
      }
    });
  });
}
