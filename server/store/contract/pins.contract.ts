import { describe, expect, test } from 'vitest';
import type { RoomId } from '../../../protocol/ids.ts';
import { MAX_PINS, TEXT_MAX_BYTES } from '../../../protocol/limits.ts';
import { KEYLESS, type Room } from '../store.ts';
import {
  arrive,
  edit,
  message,
  newClientId,
  pin,
  react,
  refusal,
  remove,
  type Scene,
  unpin,
} from './scene.contract.ts';

export function pinsContract(given: () => Scene): void {
  const pinned = async (scene: Scene, room: Room): Promise<readonly number[]> => (await scene.store.pins(room.id)).seqs;

  describe('pins', () => {
    test('L16: whoever is in the room pins and unpins, whosever message it is', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'one');
      const { entry } = await scene.stores(pin(bob, 1));
      expect(entry).toMatchObject({ kind: 'pin', seq: 2, target: 1, by: { id: bob.id } });
      expect(await scene.shown(room, 1)).toMatchObject({ pinned: true, rev: 2 });
      await scene.stores(unpin(ada, 1));
      expect(await scene.shown(room, 1)).toMatchObject({ rev: 3 });
      expect(await scene.shown(room, 1)).not.toHaveProperty('pinned');
    });

    test('L16: the one pinned last comes first, in its present state and with the head', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      for (const target of [3, 1, 2]) await scene.stores(pin(ada, target));
      await scene.stores(unpin(ada, 3));
      await scene.stores(edit(ada, 1, 'A'));
      await scene.stores(react(ada, 2, '👍'));
      await scene.stores(pin(ada, 3));
      const log = await scene.log(room);
      expect(await scene.store.pins(room.id)).toEqual({
        seqs: [3, 2, 1],
        entries: [log[2], log[1], log[0]],
        head: { seq: 10, id: log[9]?.id },
      });
    });

    test('L6: what is pinned already, or is not, is answered with the entry that made it so', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      expect(await scene.does(unpin(ada, 1))).toEqual({ result: 'unchanged', seq: 1 });
      await scene.stores(pin(ada, 1));
      expect(await scene.does(pin(ada, 1))).toEqual({ result: 'unchanged', seq: 2 });
      await scene.stores(unpin(ada, 1));
      expect(await scene.does(unpin(ada, 1))).toEqual({ result: 'unchanged', seq: 3 });
    });

    test('L5: what is no message of this room, or was deleted, cannot be pinned', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      await scene.stores(remove(ada, 1));
      for (const target of [2, 3, newClientId()]) {
        expect(await scene.does(pin(ada, target))).toEqual(refusal('notFound'));
        expect(await scene.does(unpin(ada, target))).toEqual(refusal('notFound'));
      }
      expect(await scene.does(pin(ada, 1))).toEqual(refusal('gone'));
      expect(await scene.does(unpin(ada, 1))).toEqual(refusal('gone'));
    });

    test('H5: a member without a key pins nothing', async () => {
      const scene = given();
      const room = await scene.room();
      const bot = await scene.member(room, 'Bot', KEYLESS);
      await scene.stores(arrive(bot, await scene.node()));
      await scene.says(bot, 'one');
      expect(await scene.does(pin(bot, 2))).toEqual(refusal('forbidden'));
      expect(await scene.does(unpin(bot, 2))).toEqual(refusal('forbidden'));
    });

    test('L16: a deletion unpins, and its pin is read as void', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      await scene.stores(pin(ada, 1));
      await scene.stores(remove(ada, 1));
      expect(await pinned(scene, room)).toEqual([]);
      expect((await scene.log(room)).map(({ kind }) => kind)).toEqual(['message', 'void', 'delete']);
      expect(await scene.shown(room, 1)).not.toHaveProperty('pinned');
    });

    test('L16: only so many are pinned in a room; one that is unpinned or deleted makes place', async () => {
      const scene = given();
      const [room, other] = [await scene.room(), await scene.room()];
      const [ada, bob] = [await scene.member(room), await scene.member(other)];
      const seqs = Array.from({ length: MAX_PINS + 1 }, (_, n) => n + 1);
      await scene.store.append(seqs.map((n) => message(ada, `${n}`)));
      await scene.store.append(seqs.slice(0, MAX_PINS).map((seq) => pin(ada, seq)));
      expect(await scene.does(pin(ada, MAX_PINS + 1))).toEqual(refusal('tooMany'));
      expect((await scene.does(pin(ada, 1))).result).toBe('unchanged');
      await scene.stores(unpin(ada, 1));
      await scene.stores(pin(ada, MAX_PINS + 1));
      expect(await scene.does(pin(ada, 1))).toEqual(refusal('tooMany'));
      await scene.stores(remove(ada, 2));
      await scene.stores(pin(ada, 1));
      expect(await pinned(scene, room)).toHaveLength(MAX_PINS);
      await scene.says(bob, 'elsewhere');
      await scene.stores(pin(bob, 1));
      expect(await pinned(scene, other)).toEqual([1]);
    });

    test('R7: of pins too large for a reply all are named, and the last ones told', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const seqs = Array.from({ length: 20 }, (_, n) => n + 1);
      await scene.store.append(seqs.map(() => message(ada, 'x'.repeat(TEXT_MAX_BYTES))));
      await scene.store.append(seqs.map((seq) => pin(ada, seq)));
      const pins = await scene.store.pins(room.id);
      expect(pins.seqs).toEqual(seqs.toReversed());
      expect(pins.entries.map(({ seq }) => seq)).toEqual(pins.seqs.slice(0, 15));
    });

    test('of a room that is not there nothing is pinned', async () => {
      expect(await given().store.pins('none' as RoomId)).toEqual({ seqs: [], entries: [], head: { seq: 0, id: '' } });
    });
  });
}
