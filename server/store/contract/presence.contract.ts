import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MemberId, NodeId, RoomId } from '../../../protocol/ids.ts';
import { arrive, depart, refusal, type Scene } from './scene.contract.ts';

export function presenceContract(given: () => Scene): void {
  describe('presence', () => {
    test('P2: only the first arrival and the last departure over all nodes make a notice', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      const [one, two] = [await scene.node(), await scene.node()];
      const by = { id: ada.id, name: 'Ada' };
      expect(await scene.does(arrive(ada, one))).toMatchObject({
        result: 'stored',
        entry: { kind: 'notice', seq: 1, type: 'connect', here: 1, by },
      });
      expect(await scene.does(arrive(ada, one))).toEqual({ result: 'unchanged', seq: 1 });
      expect(await scene.does(arrive(ada, two))).toEqual({ result: 'unchanged', seq: 1 });
      expect(await scene.does(depart(ada, one))).toMatchObject({ result: 'unchanged' });
      expect(await scene.does(depart(ada, one))).toMatchObject({ result: 'unchanged' });
      expect(await scene.store.here(room.id)).toEqual([ada]);
      expect(await scene.does(depart(ada, two))).toMatchObject({
        result: 'stored',
        entry: { kind: 'notice', seq: 2, type: 'disconnect', here: 0, by },
      });
      expect(await scene.does(depart(ada, two))).toEqual({ result: 'unchanged', seq: 0 });
      expect(await scene.log(room)).toHaveLength(2);
    });

    test('P3: who leaves is gone for dead nodes too, and stays for live ones', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      const [live, dead, other] = [await scene.node(), randomUUID() as NodeId, randomUUID() as NodeId];
      await scene.store.renewLease(dead, 1, true);
      await scene.store.renewLease(other, 60_000, true);
      for (const node of [live, dead, other]) await scene.does(arrive(ada, node));
      scene.clock.move(2);
      expect(await scene.does({ ...depart(ada, live), withDead: true })).toMatchObject({ result: 'unchanged', seq: 1 });
      expect(await scene.does({ ...depart(ada, other), withDead: true })).toMatchObject({ entry: { here: 0 } });
      expect(await scene.does({ ...depart(ada, dead), withDead: true })).toEqual({ result: 'unchanged', seq: 0 });
    });

    test('P1: repeated arrivals by one node are one', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const node = await scene.node();
      const outcomes = await scene.store.append([arrive(ada, node), arrive(ada, node), depart(ada, node)]);
      expect(outcomes).toMatchObject([{ entry: { here: 1 } }, { result: 'unchanged' }, { entry: { here: 0 } }]);
    });

    test('P2: a notice tells how many are here; the list has them in the order in which they came', async () => {
      const scene = given();
      const room = await scene.room();
      const node = await scene.node();
      const [ada, bob, cyd] = [await scene.member(room), await scene.member(room), await scene.member(room)];
      const outcomes = await scene.store.append([
        arrive(cyd, node),
        arrive(ada, node),
        arrive(bob, node),
        depart(cyd, node),
      ]);
      expect(outcomes).toMatchObject([
        { entry: { here: 1 } },
        { entry: { here: 2 } },
        { entry: { here: 3 } },
        { entry: { here: 2 } },
      ]);
      await scene.stores(arrive(cyd, node));
      expect((await scene.store.here(room.id)).map(({ id }) => id)).toEqual([ada.id, bob.id, cyd.id]);
      expect(await scene.store.here('none' as RoomId)).toEqual([]);
    });

    test('P4: a node whose lease has run out adds nothing', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const node = await scene.node(15_000);
      scene.clock.move(14_999);
      expect((await scene.does(arrive(ada, node))).result).toBe('stored');
      scene.clock.move(1);
      expect(await scene.does(arrive(await scene.member(room), node))).toEqual(refusal('fenced'));
      expect(await scene.does(arrive(ada, randomUUID() as NodeId))).toEqual(refusal('fenced'));
      expect(await scene.store.here(room.id)).toEqual([ada]);
    });

    test('P4: a lease is renewed while it runs; once run out, its id is spent', async () => {
      const { store, clock } = given();
      const node = randomUUID() as NodeId;
      expect(await store.renewLease(node, 15_000, false)).toBe(false);
      expect(await store.renewLease(node, 15_000, true)).toBe(true);
      clock.move(14_999);
      expect(await store.renewLease(node, 15_000, false)).toBe(true);
      clock.move(14_999);
      expect(await store.renewLease(node, 15_000, true)).toBe(true);
      clock.move(15_000);
      expect(await store.renewLease(node, 15_000, false)).toBe(false);
      expect(await store.renewLease(node, 15_000, true)).toBe(false);
    });

    test('P4: whom a dead node left behind is told, and goes as if it had said so', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const node = await scene.node(15_000);
      await scene.stores(arrive(ada, node));
      const ghosts = async () => (await scene.store.ghosts(10_000)).filter((ghost) => ghost.node === node);
      const reap = { ...depart(ada, node), reaper: await scene.node() };
      expect(await scene.does(reap)).toEqual({ result: 'unchanged', seq: 0 });
      scene.clock.move(25_000);
      expect(await ghosts()).toEqual([]);
      scene.clock.move(1);
      expect(await ghosts()).toEqual([{ room: room.id, member: ada.id, node }]);
      expect(await scene.does(reap)).toMatchObject({ result: 'stored', entry: { type: 'disconnect', here: 0 } });
      expect(await ghosts()).toEqual([]);
    });

    test('P4: a node whose own lease does not run tells of nobody, itself least of all', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const [dead, lapsed] = [await scene.node(15_000), await scene.node(15_000)];
      await scene.stores(arrive(ada, dead));
      scene.clock.move(30_000);
      for (const reaper of [lapsed, dead, randomUUID() as NodeId])
        expect(await scene.does({ ...depart(ada, dead), reaper })).toEqual(refusal('fenced'));
      expect(await scene.store.here(room.id)).toEqual([ada]);
      expect(await scene.does({ ...depart(ada, dead), reaper: await scene.node() })).toMatchObject({
        entry: { here: 0 },
      });
    });

    test('P5: a node that comes back under a new id before its ghosts are reaped makes no notice', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const before = await scene.node(15_000);
      await scene.stores(arrive(ada, before));
      scene.clock.move(30_000);
      const after = await scene.node(15_000);
      expect(await scene.does(arrive(ada, after))).toMatchObject({ result: 'unchanged' });
      expect(await scene.does({ ...depart(ada, before), reaper: after })).toMatchObject({ result: 'unchanged' });
      expect(await scene.store.here(room.id)).toEqual([ada]);
      expect(await scene.log(room)).toHaveLength(1);
    });

    test('ghosts of a node that was forgotten are ghosts still', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const [node, empty] = [await scene.node(15_000), await scene.node(15_000)];
      await scene.stores(arrive(ada, node));
      scene.clock.move(24 * 3_600_000);
      await scene.node();
      expect(await scene.store.renewLease(node, 15_000, true)).toBe(false);
      expect(await scene.store.renewLease(empty, 15_000, false)).toBe(false);
      expect(await scene.store.ghosts(10_000)).toContainEqual({ room: room.id, member: ada.id, node });
    });

    test('only a member arrives; one whose name was given up can still go', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const ada = await scene.member(tea);
      const node = await scene.node();
      expect(await scene.does(arrive({ ...ada, room: bar.id }, node))).toEqual(refusal('notMember'));
      expect(await scene.does(arrive({ ...ada, id: 'nobody' as MemberId }, node))).toEqual(refusal('notMember'));
      await scene.stores(arrive(ada, node));
      await scene.store.release(ada.id);
      expect(await scene.does(depart(ada, node))).toMatchObject({ result: 'stored', entry: { here: 0 } });
      expect(await scene.does(arrive(ada, node))).toEqual(refusal('notMember'));
    });
  });
}
