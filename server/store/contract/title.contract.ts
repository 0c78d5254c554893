import { describe, expect, test } from 'vitest';
import { KEYLESS, type Room } from '../store.ts';
import { arrive, message, newClientId, refusal, type Scene, title, topic } from './scene.contract.ts';

export function titleContract(given: () => Scene): void {
  const isNow = async (scene: Scene, { address }: Room) => scene.store.room(address);

  describe('title and topic', () => {
    test('L17: what a room is called and is about are entries; its address stays', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const called = await scene.stores(title(ada, 'Green tea'));
      const about = await scene.stores(topic(ada, 'Leaves'));
      expect(called.entry).toMatchObject({ kind: 'title', seq: 1, title: 'Green tea', by: { id: ada.id } });
      expect(about.entry).toMatchObject({ kind: 'topic', seq: 2, topic: 'Leaves', room: room.address });
      expect(await scene.log(room)).toEqual([called.entry, about.entry]);
      expect(await isNow(scene, room)).toEqual({ ...room, title: 'Green tea', topic: 'Leaves' });
      expect(await scene.store.openRoom(room.address, 'another')).toEqual(await isNow(scene, room));
      expect((await scene.store.rooms(ada.session))[0]?.room).toEqual(await isNow(scene, room));
      expect((await scene.store.memberships(ada.session))[0]?.room).toEqual(await isNow(scene, room));
    });

    test('L6: what it is already adds no entry, and is answered with the one that made it so', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const unchanged = (seq: number) => ({ result: 'unchanged', seq });
      expect(await scene.does(title(ada, room.title))).toEqual(unchanged(0));
      expect(await scene.does(topic(ada, ''))).toEqual(unchanged(0));
      const outcomes = await scene.store.append([
        title(ada, 'Tea'),
        message(ada, 'a'),
        title(ada, 'Tea'),
        topic(ada, 'x'),
        topic(ada, 'x'),
        topic(ada, ''),
        topic(ada, ''),
      ]);
      expect(outcomes.map((outcome) => (outcome.result === 'stored' ? outcome.entry.seq : outcome))).toEqual([
        1,
        2,
        unchanged(1),
        3,
        unchanged(3),
        4,
        unchanged(4),
      ]);
      expect(await isNow(scene, room)).toMatchObject({ title: 'Tea', topic: '' });
    });

    test('L3: a client id counts for these too, also across them', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const clientId = newClientId();
      await scene.stores(title(ada, 'Tea', clientId));
      expect(await scene.does(title(ada, 'Cake', clientId))).toMatchObject({ result: 'duplicate', seq: 1 });
      expect(await scene.does(topic(ada, 'Cake', clientId))).toMatchObject({ result: 'duplicate', seq: 1 });
    });

    test('L5: only a member of the room says so, and none without a key (H5)', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const stranger = { ...(await scene.member(bar)), room: tea.id };
      const bot = await scene.member(tea, 'Bot', KEYLESS);
      await scene.stores(arrive(bot, await scene.node()));
      for (const say of [title, topic]) {
        expect(await scene.does(say(stranger, 'x'))).toEqual(refusal('notMember'));
        expect(await scene.does(say(bot, 'x'))).toEqual(refusal('forbidden'));
      }
      expect(await isNow(scene, tea)).toEqual(tea);
    });
  });
}
