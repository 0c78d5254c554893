import { describe, expect, test } from 'vitest';
import type { RoomId } from '../../../protocol/ids.ts';
import { REPLY_MAX_BYTES, TEXT_MAX_BYTES } from '../../../protocol/limits.ts';
import { countBytes } from '../../../protocol/text.ts';
import { edit, react, remove, type Scene } from './scene.contract.ts';

export function earlierContract(given: () => Scene): void {
  describe('earlier texts', () => {
    test('L15: what a message said before comes oldest first, each with when it was written', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const start = scene.clock.now();
      await scene.says(ada, 'one');
      await scene.says(ada, 'another');
      for (const text of ['two', 'three', 'one']) {
        scene.clock.move(1_000);
        await scene.stores(edit(ada, 1, text));
      }
      await scene.stores(edit(ada, 2, 'yet another'));
      await scene.stores(react(ada, 1, '👍'));
      expect(await scene.store.earlier(room.id, 1)).toEqual({
        texts: [
          { at: start, text: 'one' },
          { at: start + 1_000, text: 'two' },
          { at: start + 2_000, text: 'three' },
        ],
        more: false,
      });
    });

    test('L15: of a message that was never edited there are none', async () => {
      const scene = given();
      const room = await scene.room();
      await scene.says(await scene.member(room), 'one');
      expect(await scene.store.earlier(room.id, 1)).toEqual({ texts: [], more: false });
    });

    test('L15: of what is no message, or is in another room, there is nothing to tell', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      await scene.stores(edit(ada, 1, 'two'));
      for (const target of [2, 3]) expect(await scene.store.earlier(room.id, target)).toBe('notFound');
      expect(await scene.store.earlier((await scene.room()).id, 1)).toBe('notFound');
      expect(await scene.store.earlier('none' as RoomId, 1)).toBe('notFound');
    });

    test('L7: a deletion leaves no earlier text', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      await scene.stores(edit(ada, 1, 'two'));
      await scene.stores(remove(ada, 1));
      expect(await scene.store.earlier(room.id, 1)).toBe('gone');
    });

    test('R7: of more than a reply holds the newest are told, and that there were others', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const long = (n: number) => `${n} ${'x'.repeat(TEXT_MAX_BYTES - 10)}`;
      await scene.says(ada, long(0));
      await scene.store.append(Array.from({ length: 40 }, (_, n) => edit(ada, 1, long(n + 1))));
      const earlier = await scene.store.earlier(room.id, 1);
      if (typeof earlier === 'string') throw new Error(earlier);
      expect(earlier.more).toBe(true);
      expect(earlier.texts.map(({ text }) => Number.parseInt(text, 10))).toEqual(
        Array.from({ length: earlier.texts.length }, (_, i) => 40 - earlier.texts.length + i),
      );
      expect(earlier.texts.length).toBeGreaterThan(12);
      expect(countBytes(JSON.stringify(earlier.texts))).toBeLessThanOrEqual(REPLY_MAX_BYTES + 1);
    });
  });
}
