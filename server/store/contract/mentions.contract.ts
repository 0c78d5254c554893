import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../protocol/ids.ts';
import { REPLY_MAX_BYTES, TEXT_MAX_BYTES } from '../../../protocol/limits.ts';
import { countBytes } from '../../../protocol/text.ts';
import type { Found, Member } from '../store.ts';
import { edit, mention, message, remove, rename, type Scene } from './scene.contract.ts';

export function mentionsContract(given: () => Scene): void {
  /** What mentions these members, in short. */
  const told = async (scene: Scene, members: readonly Member[], limit = 10, before?: Found): Promise<string[]> => {
    const { hits } = await scene.store.mentions(members, limit, before);
    return hits.map(({ entry }) => (entry.kind === 'message' ? entry.text : entry.kind));
  };
  const summary = async (scene: Scene, { session, room }: Member) =>
    (await scene.store.rooms(session)).find((line) => line.room.id === room);

  describe('mentions', () => {
    test('L14: a message says whom it mentions, each once, under the names of that time', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob, cyd] = [
        await scene.member(room),
        await scene.member(room, 'Bob'),
        await scene.member(room, 'Cyd'),
      ];
      const { entry } = await scene.stores(mention(ada, [cyd, bob, cyd], 'tea?'));
      const mentions = [
        { id: cyd.id, name: 'Cyd' },
        { id: bob.id, name: 'Bob' },
      ];
      expect(entry).toMatchObject({ mentions });
      await scene.stores(rename(bob, 'Rob'));
      expect(await scene.shown(room, 1)).toEqual(entry);
      await scene.says(ada, 'nobody');
      expect(await scene.shown(room, 3)).not.toHaveProperty('mentions');
    });

    test('L14: who is no member of the room, or not any more, is left out', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const [ada, bob, gone] = [await scene.member(tea), await scene.member(bar), await scene.member(tea)];
      await scene.store.release(gone.id);
      const strangers = [bob, gone, { id: 'nobody' as MemberId }];
      expect((await scene.stores(mention(ada, strangers, 'a'))).entry).not.toHaveProperty('mentions');
      const { entry } = await scene.stores(mention(ada, [...strangers, ada], 'b'));
      expect(entry).toMatchObject({ mentions: [{ id: ada.id }] });
      expect(await told(scene, [bob])).toEqual([]);
    });

    test('L14: an edit says anew whom the message mentions', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob, cyd] = [await scene.member(room), await scene.member(room), await scene.member(room)];
      await scene.stores(mention(ada, [bob], 'a'));
      const { entry } = await scene.stores({ ...edit(ada, 1, 'b'), mentions: [cyd.id] });
      expect(entry).toMatchObject({ kind: 'edit', mentions: [{ id: cyd.id }] });
      expect(await scene.shown(room, 1)).toMatchObject({ text: 'b', mentions: [{ id: cyd.id }] });
      expect([await told(scene, [bob]), await told(scene, [cyd])]).toEqual([[], ['b']]);
      await scene.stores(edit(ada, 1, 'c'));
      expect(await scene.shown(room, 1)).not.toHaveProperty('mentions');
      expect(await told(scene, [cyd])).toEqual([]);
    });

    test('L6: an edit to the same text and the same people changes nothing, whatever they are called now', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.stores(mention(ada, [bob, ada], 'a'));
      await scene.stores(rename(bob, 'Another'));
      const same = { ...edit(ada, 1, 'a'), mentions: [ada.id, bob.id] };
      expect(await scene.does(same)).toEqual({ result: 'unchanged', seq: 1 });
      expect(await scene.does({ ...edit(ada, 1, 'a'), mentions: [bob.id] })).toMatchObject({ result: 'stored' });
    });

    test('L7: what was deleted mentions nobody, and neither does its edit', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.stores(mention(ada, [bob], 'a'));
      await scene.stores({ ...edit(ada, 1, 'b'), mentions: [bob.id] });
      await scene.stores(remove(ada, 1));
      const log = await scene.log(room);
      expect(log[0]).not.toHaveProperty('mentions');
      expect(log[1]).toMatchObject({ kind: 'void' });
      expect(await told(scene, [bob])).toEqual([]);
      expect(await summary(scene, bob)).toMatchObject({ unread: 0, mentioned: false });
    });

    test('L14: an unread message of others that mentions one is told in the list of rooms', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'nobody');
      expect(await summary(scene, bob)).toMatchObject({ unread: 1, mentioned: false });
      await scene.stores(mention(ada, [bob], 'you'));
      await scene.says(ada, 'nobody');
      expect(await summary(scene, bob)).toMatchObject({ unread: 3, mentioned: true });
      expect(await summary(scene, ada)).toMatchObject({ unread: 0, mentioned: false });
      await scene.store.markRead(bob.id, 2);
      expect(await summary(scene, bob)).toMatchObject({ unread: 1, mentioned: false });
    });

    test('L14: nobody is told that one member of a session mentions another one of it', async () => {
      const scene = given();
      const room = await scene.room();
      const session = await scene.session();
      const [one, two] = [await scene.member(room, 'One', session), await scene.member(room, 'Two', session)];
      const ada = await scene.member(room);
      await scene.stores(mention(one, [two, ada], 'to myself'));
      expect(await summary(scene, one)).toMatchObject({ mentioned: false });
      expect(await told(scene, [one, two])).toEqual([]);
      await scene.stores(mention(ada, [one, two], 'to both'));
      expect(await summary(scene, one)).toMatchObject({ unread: 1, mentioned: true });
      expect(await told(scene, [one, two])).toEqual(['to both']);
    });

    test('L14: mentions are found over all rooms, the one stored last first, page by page', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const session = await scene.session();
      const own = [await scene.member(tea, 'Me', session), await scene.member(bar, 'Me too', session)] as const;
      const [ada, bob] = [await scene.member(tea), await scene.member(bar)];
      for (const n of [1, 2, 3]) {
        await scene.stores(mention(ada, [own[0]], `tea ${n}`));
        await scene.says(bob, 'to nobody');
        await scene.stores(mention(bob, [own[1]], `bar ${n}`));
      }
      expect(await told(scene, own)).toEqual(['bar 3', 'tea 3', 'bar 2', 'tea 2', 'bar 1', 'tea 1']);
      const first = await scene.store.mentions(own, 2);
      expect(first).toMatchObject({ more: true, hits: [{ room: bar.id }, { room: tea.id, entry: { seq: 3 } }] });
      expect(await told(scene, own, 3, { room: tea.id, seq: 3 })).toEqual(['bar 2', 'tea 2', 'bar 1']);
      expect(await scene.store.mentions(own, 1, { room: bar.id, seq: 2 })).toMatchObject({ more: false, hits: [{}] });
      expect(await told(scene, own, 9, { room: tea.id, seq: 1 })).toEqual([]);
      expect(await told(scene, [own[1]], 9)).toEqual(['bar 3', 'bar 2', 'bar 1']);
      expect(await told(scene, [])).toEqual([]);
    });

    test('a page that begins at a message which is not there any more goes on with the one before it', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      for (const text of ['a', 'b', 'c']) await scene.stores(mention(ada, [bob], text));
      expect(await told(scene, [bob], 9, { room: room.id, seq: 99 })).toEqual(['c', 'b', 'a']);
      expect(await told(scene, [bob], 9, { room: (await scene.room()).id, seq: 1 })).toEqual([]);
    });

    test('R7: a page of mentions holds what fits a reply', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      const long = 'x'.repeat(TEXT_MAX_BYTES);
      await scene.store.append(Array.from({ length: 20 }, () => mention(ada, [bob], long)));
      await scene.stores(message(ada, 'the last'));
      const { hits, more } = await scene.store.mentions([bob], 20);
      expect({ first: hits[0]?.entry.seq, more }).toEqual({ first: 20, more: true });
      expect(hits.length).toBeLessThan(16);
      expect(countBytes(JSON.stringify(hits.map(({ entry }) => entry)))).toBeLessThanOrEqual(REPLY_MAX_BYTES + 1);
    });
  });
}
