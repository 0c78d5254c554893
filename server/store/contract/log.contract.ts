import { describe, expect, test } from 'vitest';
import type { Address, ClientId, MemberId, RoomId } from '../../../protocol/ids.ts';
import { edit, message, newClientId, react, refusal, remove, rename, type Scene } from './scene.contract.ts';

export function logContract(given: () => Scene): void {
  describe('the log', () => {
    test('L1: entries are numbered 1, 2, 3 … in each room, also within one batch', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const [ada, bob] = [await scene.member(tea), await scene.member(bar)];
      const outcomes = await scene.store.append([
        message(ada, 'a'),
        message(bob, 'b'),
        message(ada, 'c'),
        message(bob, 'd'),
      ]);
      expect(outcomes.map((outcome) => outcome.result === 'stored' && outcome.entry.seq)).toEqual([1, 1, 2, 2]);
      expect(await scene.says(ada, 'e')).toMatchObject({
        seq: 3,
        room: tea.address,
        text: 'e',
        by: { id: ada.id, name: ada.name },
      });
    });

    test('L1: each stored entry tells the id of the one before it', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const first = await scene.stores(message(ada, 'a'));
      const second = await scene.stores(message(ada, 'b'));
      expect([first.after, second.after]).toEqual(['', first.entry.id]);
    });

    test('L3: a client id is stored once in its room, the first body wins', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const [ada, bob] = [await scene.member(tea), await scene.member(bar)];
      const clientId = newClientId();
      const { entry, at } = await scene.stores(message(ada, 'one', clientId));
      scene.clock.move(1_000);
      expect(await scene.does(message(ada, 'two', clientId))).toEqual({
        result: 'duplicate',
        seq: 1,
        id: entry.id,
        at,
      });
      expect((await scene.does(message(bob, 'elsewhere', clientId))).result).toBe('stored');
      expect(await scene.log(tea)).toEqual([entry]);
    });

    test('L3: twins within one batch are stored once, the second is a duplicate', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const clientId = newClientId();
      const outcomes = await scene.store.append([
        message(ada, 'a', clientId),
        message(ada, 'b', clientId),
        message(ada, 'c'),
      ]);
      expect(outcomes.map((outcome) => outcome.result)).toEqual(['stored', 'duplicate', 'stored']);
      expect(await scene.store.read(ada.room, 0, 10)).toMatchObject({
        head: { seq: 2 },
        entries: [{ text: 'a' }, { text: 'c' }],
      });
    });

    test('L3: a client id counts across kinds of entries', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const [said, changed] = [newClientId(), newClientId()];
      await scene.stores(message(ada, 'a', said));
      await scene.stores(edit(ada, 1, 'b', changed));
      expect(await scene.does(remove(ada, 1, said))).toMatchObject({ result: 'duplicate', seq: 1 });
      expect(await scene.does(message(ada, 'c', changed))).toMatchObject({ result: 'duplicate', seq: 2 });
      expect(await scene.does(edit(ada, 1, 'again', changed))).toMatchObject({ result: 'duplicate', seq: 2 });
    });

    test('L4: what is in the log is a duplicate, also when its sender is no member any more', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const clientId = newClientId();
      await scene.stores(message(ada, 'a', clientId));
      await scene.store.release(ada.id);
      expect(await scene.does(message(ada, 'a', clientId))).toMatchObject({ result: 'duplicate', seq: 1 });
      expect(await scene.does({ ...message(ada, 'a', clientId), by: 'nobody' as MemberId })).toMatchObject({ seq: 1 });
    });

    test('L4: a change that became forbidden is still the duplicate it is', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const clientId = newClientId();
      await scene.says(ada, 'a');
      await scene.stores(edit(ada, 1, 'b', clientId));
      await scene.stores(remove(ada, 1));
      expect(await scene.does(edit(ada, 1, 'b', clientId))).toMatchObject({ result: 'duplicate', seq: 2 });
    });

    test('L5: only a member of the room adds to it', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const [ada, bob] = [await scene.member(tea), await scene.member(bar)];
      await scene.says(ada, 'a');
      const stranger = { ...bob, room: tea.id };
      const noRoom = { ...ada, room: 'none' as RoomId };
      for (const write of [
        message(stranger, 'x'),
        react(stranger, 1, '👍'),
        rename(stranger, 'Eve'),
        message(noRoom, 'x'),
      ]) {
        expect(await scene.does(write)).toEqual(refusal('notMember'));
      }
      expect(await scene.log(tea)).toHaveLength(1);
    });

    test('L5: whose name was given up adds nothing more', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      await scene.says(ada, 'a');
      await scene.store.release(ada.id);
      expect(await scene.does(message(ada, 'b'))).toEqual(refusal('notMember'));
      expect(await scene.does(edit(ada, 1, 'b'))).toEqual(refusal('notMember'));
    });

    test('a refused item leaves no hole and its neighbours stay', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const outcomes = await scene.store.append([message(ada, 'a'), edit(ada, 99, 'x'), message(ada, 'b')]);
      expect(outcomes).toMatchObject([{ entry: { seq: 1 } }, refusal('notFound'), { entry: { seq: 2 } }]);
    });

    test('L9: a step back of up to a minute is levelled, a larger one is believed', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const start = scene.clock.now();
      const times: number[] = [];
      for (const step of [0, -60_000, 30_000, -1_000_000, 5]) {
        scene.clock.move(step);
        times.push((await scene.stores(message(ada, 'x'))).at - start);
      }
      scene.clock.move(1_030_000);
      expect(times).toEqual([0, 0, 0, -1_030_000, -1_029_995]);
    });

    test('which client ids are known is told without adding anything', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const [there, missing] = [newClientId(), newClientId()];
      const { entry, at } = await scene.stores(message(ada, 'a', there));
      const known = await scene.store.known(room.id, [there, missing]);
      expect([...known]).toEqual([[there, { seq: 1, id: entry.id, at }]]);
      expect((await scene.store.known('none' as RoomId, [there])).size).toBe(0);
      expect((await scene.store.known((await scene.room()).id, [there])).size).toBe(0);
    });

    test('names that objects stumble over are names like others', async () => {
      const scene = given();
      for (const name of ['__proto__', 'constructor', '..', 'toString', '']) {
        const address = name as Address;
        const there = await scene.store.room(address);
        expect(there).toBeUndefined();
        const room = await scene.store.openRoom(address, name);
        const ada = await scene.member(room, name);
        await scene.stores(message(ada, name, name as ClientId));
        expect((await scene.store.heads([room.id])).get(room.id)?.seq).toBe(1);
        expect(await scene.store.room(address)).toEqual(room);
        expect((await scene.store.known(room.id, [name as ClientId])).size).toBe(1);
      }
    });

    test('a room is made once; the spelling of whoever came first stays', async () => {
      const scene = given();
      const address = newClientId() as unknown as Address;
      const [first, second] = await Promise.all([
        scene.store.openRoom(address, 'Tea'),
        scene.store.openRoom(address, 'TEA'),
      ]);
      expect(second).toEqual(first);
      expect(first).toEqual({ id: first.id, address, title: 'Tea', topic: '' });
      expect(await scene.store.room(address)).toEqual(first);
    });
  });
}
