import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ClientId } from '../../../protocol/ids.ts';
import { FORGOTTEN_AT_ONCE } from '../rooms.ts';
import type { Room } from '../store.ts';
import { arrive, depart, HOUR, message, refusal, rename, type Scene } from './scene.contract.ts';

export function roomsContract(given: () => Scene): void {
  /** Whoever makes rooms lets the forgotten ones go, oldest first; other tests have left some too. */
  const makeRooms = async (scene: Scene): Promise<void> => {
    for (let n = 0; n < 10 * FORGOTTEN_AT_ONCE; n += 1) await scene.room();
  };
  const isThere = async (scene: Scene, room: Room): Promise<boolean> =>
    (await scene.store.room(room.address))?.id === room.id;

  describe('rooms', () => {
    test('N8: one without a message is forgotten an hour after its last visit, with its members and its log', async () => {
      const scene = given();
      const room = await scene.room();
      const node = await scene.node(HOUR);
      const [ada, bob] = [await scene.member(room, 'Ada'), await scene.member(room, 'Bob')];
      await scene.stores(arrive(ada, node));
      await scene.stores(rename(ada, 'Grace'));
      await scene.stores(depart(ada, node));
      scene.clock.move(HOUR - 1);
      await makeRooms(scene);
      expect(await isThere(scene, room)).toBe(true);
      scene.clock.move(2);
      await makeRooms(scene);
      expect(await isThere(scene, room)).toBe(false);
      expect(await scene.store.member(bob.id)).toBeUndefined();
      expect(await scene.store.membersOf(ada.session, room.id)).toEqual([]);
      expect(await scene.store.memberships(ada.session)).toEqual([]);
      expect(await scene.store.rooms(ada.session)).toEqual([]);
      expect((await scene.store.heads([room.id])).size).toBe(0);
      expect(await scene.store.read(room.id, 0, 10)).toMatchObject({ entries: [], reset: false });
      expect(await scene.does(message(bob, 'too late'))).toEqual(refusal('notMember'));
      expect(await scene.does(arrive(bob, await scene.node()))).toEqual(refusal('notMember'));
      expect(await scene.does(depart(ada, node))).toEqual(refusal('notMember'));
    });

    test('N8: the next room of its address is another one', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      scene.clock.move(HOUR + 1);
      await makeRooms(scene);
      const next = await scene.store.openRoom(room.address, room.title);
      expect(next.id).not.toBe(room.id);
      expect((await scene.claim(next, await scene.session(), 'Ada')).ok).toBe(true);
      expect((await scene.stores(message(await scene.member(next), 'first'))).entry).toMatchObject({ seq: 1 });
      expect(await scene.store.member(ada.id)).toBeUndefined();
    });

    test('N8: one in which somebody wrote is kept, also when all of it was deleted', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      await scene.says(ada, 'hello');
      await scene.stores({ kind: 'delete', room: room.id, by: ada.id, clientId: randomUUID() as ClientId, target: 1 });
      scene.clock.move(1_000 * HOUR);
      await makeRooms(scene);
      expect(await isThere(scene, room)).toBe(true);
      expect(await scene.log(room)).toHaveLength(2);
    });

    test('N8: one in which somebody is, is kept, however long they are silent', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      const node = await scene.node(HOUR);
      await scene.stores(arrive(ada, node));
      scene.clock.move(5 * HOUR);
      await makeRooms(scene);
      expect(await isThere(scene, room)).toBe(true);
      await scene.stores(depart(ada, node));
      scene.clock.move(HOUR);
      await makeRooms(scene);
      expect(await isThere(scene, room)).toBe(true);
      scene.clock.move(1);
      await makeRooms(scene);
      expect(await isThere(scene, room)).toBe(false);
    });

    test.each(['opening it', 'a name'])('N8: %s is a visit', async (what) => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      scene.clock.move(HOUR);
      if (what === 'a name') await scene.claim(room, ada.session, 'Ada');
      else await scene.store.openRoom(room.address, 'another title');
      scene.clock.move(HOUR);
      await makeRooms(scene);
      expect(await scene.store.room(room.address)).toEqual(room);
    });

    test('N8: whoever opens a room that was about to be forgotten can take a name in it', async () => {
      const scene = given();
      const room = await scene.room();
      scene.clock.move(HOUR);
      const opened = await scene.store.openRoom(room.address, room.title);
      scene.clock.move(1);
      await makeRooms(scene);
      expect((await scene.claim(opened, await scene.session(), 'Ada')).ok).toBe(true);
    });
  });
}
