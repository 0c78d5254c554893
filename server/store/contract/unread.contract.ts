import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../protocol/ids.ts';
import { UNREAD_MAX } from '../../../protocol/limits.ts';
import { KEYLESS } from '../store.ts';
import { arrive, mention, message, react, remove, type Scene } from './scene.contract.ts';

export function unreadContract(given: () => Scene): void {
  describe('unread', () => {
    test('L12: undeleted messages of others after what was read are counted', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      const summary = async () => (await scene.store.rooms(bob.session))[0];
      expect(await summary()).toEqual({ room, head: 0, unread: 0, mentioned: false });
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      await scene.stores(react(ada, 1, '👍'));
      await scene.stores(arrive(ada, await scene.node()));
      expect(await summary()).toEqual({ room, head: 5, unread: 3, mentioned: false });
      await scene.stores(remove(ada, 1));
      expect(await summary()).toMatchObject({ unread: 2 });
      expect(await scene.store.firstUnread(bob.id)).toBe(2);
      expect(await scene.store.firstUnread(ada.id)).toBeUndefined();
    });

    test('L12: reading never goes back, and never beyond the head', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      const readSeq = async () => (await scene.store.member(bob.id))?.readSeq;
      await scene.store.markRead(bob.id, 2);
      await scene.store.markRead(bob.id, 1);
      expect(await readSeq()).toBe(2);
      expect(await scene.store.firstUnread(bob.id)).toBe(3);
      await scene.store.markRead(bob.id, 99);
      expect(await readSeq()).toBe(3);
      await scene.says(ada, 'd');
      expect(await scene.store.firstUnread(bob.id)).toBe(4);
    });

    test('L12: what is marked as unread is to be read again, from that message on', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      expect(await scene.store.markRead(bob.id, 3)).toBe(3);
      expect(await scene.store.markUnread(bob.id, 2)).toBe(1);
      expect(await scene.store.firstUnread(bob.id)).toBe(2);
      expect((await scene.store.rooms(bob.session))[0]).toMatchObject({ unread: 2 });
      // It only goes back, and no further than before the first.
      expect(await scene.store.markUnread(bob.id, 3)).toBe(1);
      expect(await scene.store.markUnread(bob.id, 99)).toBe(1);
      expect(await scene.store.markUnread(bob.id, 1)).toBe(0);
      expect(await scene.store.firstUnread(bob.id)).toBe(1);
      expect(await scene.store.markRead(bob.id, 2)).toBe(2);
    });

    test('L12: marking as unread counts for all that a session is in a room, reading for each', async () => {
      const scene = given();
      const [room, other] = [await scene.room(), await scene.room()];
      const session = await scene.session();
      const [one, two] = [await scene.member(room, 'One', session), await scene.member(room, 'Two', session)];
      const elsewhere = await scene.member(other, 'One', session);
      const [ada, bob] = [await scene.member(room), await scene.member(other)];
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      await scene.says(bob, 'a');
      await scene.store.markRead(elsewhere.id, 1);
      expect(await scene.store.markRead(one.id, 2)).toBe(2);
      expect(await scene.store.markRead(two.id, 3)).toBe(3);
      expect(await scene.store.markRead(one.id, 1)).toBe(3);
      expect(await scene.store.markUnread(one.id, 2)).toBe(1);
      expect(await scene.store.firstUnread(two.id)).toBe(2);
      const unread = (await scene.store.rooms(session)).map((line) => [line.room.id === room.id, line.unread]);
      expect(new Map(unread as [boolean, number][])).toEqual(
        new Map([
          [true, 2],
          [false, 0],
        ]),
      );
    });

    test('H5: of members without a key each has read for itself', async () => {
      const scene = given();
      const room = await scene.room();
      const [one, two] = [await scene.member(room, 'One', KEYLESS), await scene.member(room, 'Two', KEYLESS)];
      const ada = await scene.member(room);
      for (const text of ['a', 'b']) await scene.says(ada, text);
      expect(await scene.store.markRead(two.id, 2)).toBe(2);
      expect(await scene.store.markRead(one.id, 1)).toBe(1);
      expect(await scene.store.markUnread(one.id, 1)).toBe(0);
      expect((await scene.store.member(two.id))?.readSeq).toBe(2);
    });

    test('of a member that is not there nothing is read', async () => {
      const { store } = given();
      expect(await store.markRead('nobody' as MemberId, 1)).toBeUndefined();
      expect(await store.markUnread('nobody' as MemberId, 1)).toBeUndefined();
    });

    test('L14: what is to be read again mentions one again, and what one wrote oneself does not', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.stores(mention(bob, [bob], 'note to self'));
      await scene.stores(mention(ada, [bob], 'you'));
      await scene.says(bob, 'yes');
      expect((await scene.store.rooms(bob.session))[0]).toMatchObject({ unread: 0, mentioned: false });
      await scene.store.markUnread(bob.id, 3);
      expect((await scene.store.rooms(bob.session))[0]).toMatchObject({ unread: 0, mentioned: false });
      await scene.store.markUnread(bob.id, 1);
      expect((await scene.store.rooms(bob.session))[0]).toMatchObject({ unread: 1, mentioned: true });
    });

    test('L12: sending moves the read position of its sender to its own seq', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'a');
      await scene.store.append([message(bob, 'b'), message(ada, 'c')]);
      expect((await scene.store.member(bob.id))?.readSeq).toBe(2);
      expect(await scene.store.firstUnread(bob.id)).toBe(3);
      expect((await scene.store.rooms(bob.session))[0]).toMatchObject({ unread: 1 });
    });

    test('L12: the count stops at 100', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.store.append(Array.from({ length: UNREAD_MAX + 5 }, (_, n) => message(ada, `${n}`)));
      expect((await scene.store.rooms(bob.session))[0]?.unread).toBe(UNREAD_MAX);
    });

    test('who comes in for the first time has missed nothing', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'a');
      const bob = await scene.member(room);
      expect(bob.readSeq).toBe(1);
      expect(await scene.store.firstUnread(bob.id)).toBeUndefined();
    });

    test('a session with two members in a room has one line for it: what neither has read nor written', async () => {
      const scene = given();
      const room = await scene.room();
      const session = await scene.session();
      const [one, two] = [await scene.member(room, 'One', session), await scene.member(room, 'Two', session)];
      const ada = await scene.member(room);
      for (const [by, text] of [
        [one, 'a'],
        [ada, 'b'],
        [two, 'c'],
        [ada, 'd'],
      ] as const)
        await scene.says(by, text);
      expect(await scene.store.rooms(session)).toEqual([{ room, head: 4, unread: 1, mentioned: false }]);
    });

    test('rooms come with the newest entry first; those left for good are gone', async () => {
      const scene = given();
      const session = await scene.session();
      const [tea, bar, hall] = [await scene.room(), await scene.room(), await scene.room()];
      const [inTea, inBar, inHall] = [
        await scene.member(tea, 'A', session),
        await scene.member(bar, 'A', session),
        await scene.member(hall, 'A', session),
      ];
      for (const member of [inTea, inHall, inBar]) {
        scene.clock.move(1_000);
        await scene.says(member, 'x');
      }
      const addresses = async () => (await scene.store.rooms(session)).map((summary) => summary.room.address);
      expect(await addresses()).toEqual([bar.address, hall.address, tea.address]);
      await scene.store.release(inHall.id);
      expect(await addresses()).toEqual([bar.address, tea.address]);
      expect(await scene.store.rooms(KEYLESS)).toEqual([]);
    });
  });
}
