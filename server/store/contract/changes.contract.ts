import { describe, expect, test } from 'vitest';
import { MAX_REACTION_KINDS } from '../../../protocol/limits.ts';
import { KEYLESS } from '../store.ts';
import {
  arrive,
  edit,
  message,
  newClientId,
  react,
  refusal,
  remove,
  rename,
  type Scene,
  unreact,
} from './scene.contract.ts';

export function changesContract(given: () => Scene): void {
  describe('changes', () => {
    test('L8: an edit brings the message up to date and says when', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const said = await scene.says(ada, 'one');
      scene.clock.move(1_000);
      const { entry, at } = await scene.stores(edit(ada, 1, 'two'));
      expect(entry).toMatchObject({ kind: 'edit', seq: 2, target: 1, text: 'two', at });
      expect(await scene.log(room)).toEqual([{ ...said, text: 'two', rev: 2, editedAt: at }, entry]);
    });

    test('a change may mean its message by the client id it was sent with, also in the same batch', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const clientId = newClientId();
      const outcomes = await scene.store.append([
        message(ada, 'one', clientId),
        edit(ada, clientId, 'two'),
        remove(ada, clientId),
      ]);
      expect(outcomes).toMatchObject([{ entry: { seq: 1 } }, { entry: { target: 1 } }, { entry: { target: 1 } }]);
      expect(await scene.log(room)).toMatchObject([
        { deleted: true, text: '', rev: 3 },
        { kind: 'void' },
        { kind: 'delete' },
      ]);
    });

    test('L5: only messages of this room are changed', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const [ada, bob] = [await scene.member(tea), await scene.member(bar)];
      const clientId = newClientId();
      await scene.says(ada, 'one');
      await scene.stores(edit(ada, 1, 'two'));
      await scene.stores(message(bob, 'elsewhere', clientId));
      for (const target of [2, 3, clientId, newClientId()]) {
        expect(await scene.does(edit(ada, target, 'x'))).toEqual(refusal('notFound'));
        expect(await scene.does(remove(ada, target))).toEqual(refusal('notFound'));
        expect(await scene.does(react(ada, target, '👍'))).toEqual(refusal('notFound'));
      }
    });

    test('L5: others neither edit nor delete, but react', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'one');
      expect(await scene.does(edit(bob, 1, 'one'))).toEqual(refusal('forbidden'));
      expect(await scene.does(remove(bob, 1))).toEqual(refusal('forbidden'));
      expect((await scene.does(react(bob, 1, '👍'))).result).toBe('stored');
    });

    test('H5: a member without a key talks and reacts, and does not edit or delete', async () => {
      const scene = given();
      const room = await scene.room();
      const bot = await scene.member(room, 'Bot', KEYLESS);
      await scene.stores(arrive(bot, await scene.node()));
      await scene.says(bot, 'one');
      expect(await scene.does(edit(bot, 2, 'two'))).toEqual(refusal('forbidden'));
      expect(await scene.does(remove(bot, 2))).toEqual(refusal('forbidden'));
      expect((await scene.does(react(bot, 2, '👍'))).result).toBe('stored');
    });

    test('L5: nothing happens to a deleted message', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      await scene.stores(react(ada, 1, '👍'));
      await scene.stores(remove(ada, 1));
      const gone = [
        edit(ada, 1, 'x'),
        edit(ada, 1, ''),
        react(ada, 1, '👎'),
        react(ada, 1, '👍'),
        unreact(ada, 1, '👍'),
      ];
      for (const write of gone) expect(await scene.does(write)).toEqual(refusal('gone'));
      expect(await scene.log(room)).toHaveLength(3);
    });

    test('L6: what would change nothing adds nothing and tells the entry that made it so', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'one');
      const unchanged = (seq: number) => ({ result: 'unchanged', seq });
      expect(await scene.does(edit(ada, 1, 'one'))).toEqual(unchanged(1));
      expect(await scene.does(unreact(ada, 1, '👍'))).toEqual(unchanged(1));
      await scene.stores(edit(ada, 1, 'two'));
      await scene.stores(react(ada, 1, '👍'));
      await scene.stores(react(ada, 1, '👎'));
      expect(await scene.does(edit(ada, 1, 'two'))).toEqual(unchanged(2));
      expect(await scene.does(react(ada, 1, '👍'))).toEqual(unchanged(3));
      await scene.stores(unreact(ada, 1, '👎'));
      expect(await scene.does(unreact(ada, 1, '👎'))).toEqual(unchanged(5));
      await scene.stores(remove(ada, 1));
      expect(await scene.does(remove(ada, 1))).toEqual(unchanged(6));
      expect((await scene.store.read(room.id, 0, 1)).head.seq).toBe(6);
    });

    test('L7: a deletion empties the message and its earlier texts, and takes its reactions', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'one');
      await scene.says(ada, 'other');
      await scene.stores(edit(ada, 1, 'two'));
      await scene.stores(edit(ada, 2, 'another'));
      await scene.stores(react(bob, 1, '👍'));
      await scene.stores(unreact(bob, 1, '👍'));
      await scene.stores(react(bob, 1, '👎'));
      const { entry } = await scene.stores(remove(ada, 1));
      const log = await scene.log(room);
      expect(log.map(({ kind }) => kind)).toEqual([
        'message',
        'message',
        'void',
        'edit',
        'void',
        'void',
        'void',
        'delete',
      ]);
      expect(log[0]).toMatchObject({ text: '', deleted: true, rev: 8 });
      expect(log[0]).not.toHaveProperty('reactions');
      expect(log[0]).not.toHaveProperty('editedAt');
      expect(log[2]).toEqual({ room: room.address, seq: 3, id: expect.any(String), kind: 'void' });
      expect(log[7]).toEqual(entry);
    });

    test('kinds of reactions stand in the order in which each began, people in which they came, with the names of that time', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room, 'Ada'), await scene.member(room, 'Bob')];
      await scene.says(ada, 'one');
      for (const [by, emoji] of [
        [bob, '👎'],
        [ada, '👍'],
        [bob, '👍'],
        [ada, '👎'],
      ] as const)
        await scene.stores(react(by, 1, emoji));
      await scene.stores(rename(bob, 'Rob'));
      await scene.stores(unreact(bob, 1, '👎'));
      await scene.stores(react(bob, 1, '👎'));
      expect(await scene.shown(room, 1)).toMatchObject({
        rev: 8,
        reactions: [
          {
            emoji: '👎',
            by: [
              { id: ada.id, name: 'Ada' },
              { id: bob.id, name: 'Rob' },
            ],
          },
          {
            emoji: '👍',
            by: [
              { id: ada.id, name: 'Ada' },
              { id: bob.id, name: 'Bob' },
            ],
          },
        ],
      });
    });

    test('a message has only so many kinds of reactions, each by as many as like', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'one');
      const kinds = Array.from({ length: MAX_REACTION_KINDS }, (_, i) => String.fromCodePoint(0x1f600 + i));
      await scene.store.append(kinds.map((emoji) => react(ada, 1, emoji)));
      expect(await scene.does(react(bob, 1, '👍'))).toEqual(refusal('tooMany'));
      expect((await scene.does(react(bob, 1, kinds[0]!))).result).toBe('stored');
      await scene.stores(unreact(ada, 1, kinds[1]!));
      expect((await scene.does(react(bob, 1, '👍'))).result).toBe('stored');
    });

    test('N4: a rename is an entry with the old name and the new, and changes no older one', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room, 'Ada');
      expect(await scene.does(rename(ada, 'Ada'))).toEqual({ result: 'unchanged', seq: 0 });
      await scene.says(ada, 'one');
      const outcomes = await scene.store.append([rename(ada, 'Eve'), message(ada, 'two')]);
      expect(outcomes).toMatchObject([
        { entry: { kind: 'rename', by: { id: ada.id, name: 'Ada' }, name: 'Eve' } },
        { entry: { by: { id: ada.id, name: 'Eve' } } },
      ]);
      expect(await scene.does(rename(ada, 'Eve'))).toEqual({ result: 'unchanged', seq: 2 });
      expect((await scene.does(rename(ada, 'EVE'))).result).toBe('stored');
      expect(await scene.store.member(ada.id)).toMatchObject({ name: 'EVE' });
      expect(await scene.shown(room, 1)).toMatchObject({ by: { name: 'Ada' } });
    });

    test('N4: a rename to a name of somebody else, or to one that looks like it, is refused', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room, 'Ada'), await scene.member(room, 'Bob')];
      expect(await scene.does(rename(bob, 'ADA'))).toEqual(refusal('nameTaken'));
      expect(await scene.does(rename(bob, 'Аda', 'ada'))).toEqual(refusal('nameTaken'));
      await scene.stores(rename(ada, 'Eve'));
      expect((await scene.does(rename(bob, 'Ada'))).result).toBe('stored');
      expect(await scene.does(rename(ada, 'Bob'))).toMatchObject({ result: 'stored', entry: { by: { name: 'Eve' } } });
    });
  });
}
