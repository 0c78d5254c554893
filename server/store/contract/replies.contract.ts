import { describe, expect, test } from 'vitest';
import type { RoomId } from '../../../protocol/ids.ts';
import { REPLY_MAX_BYTES, TEXT_MAX_BYTES } from '../../../protocol/limits.ts';
import { countBytes } from '../../../protocol/text.ts';
import { edit, message, newClientId, react, refusal, remove, reply, type Scene } from './scene.contract.ts';

export function repliesContract(given: () => Scene): void {
  describe('replies', () => {
    test('L13: a message says which one it answers, by its seq', async () => {
      const scene = given();
      const room = await scene.room();
      const [ada, bob] = [await scene.member(room), await scene.member(room)];
      await scene.says(ada, 'tea?');
      const { entry } = await scene.stores(reply(bob, 1, 'yes'));
      expect(entry).toMatchObject({ seq: 2, text: 'yes', replyTo: 1 });
      expect(await scene.shown(room, 2)).toEqual(entry);
      expect(await scene.shown(room, 1)).not.toHaveProperty('replyTo');
    });

    test('L13: what is answered may be meant by the client id it was sent with, also in the same batch', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const clientId = newClientId();
      const outcomes = await scene.store.append([message(ada, 'a', clientId), reply(ada, clientId, 'and b')]);
      expect(outcomes).toMatchObject([{ entry: { seq: 1 } }, { entry: { seq: 2, replyTo: 1 } }]);
    });

    test('L13: only a message of this room that is there can be answered; what is refused leaves no hole', async () => {
      const scene = given();
      const [tea, bar] = [await scene.room(), await scene.room()];
      const [ada, bob] = [await scene.member(tea), await scene.member(bar)];
      const elsewhere = newClientId();
      await scene.stores(message(bob, 'elsewhere', elsewhere));
      await scene.says(ada, 'a');
      await scene.stores(react(ada, 1, '👍'));
      for (const target of [2, 3, elsewhere, newClientId()])
        expect(await scene.does(reply(ada, target, 'to what?'))).toEqual(refusal('notFound'));
      expect(await scene.stores(reply(ada, 1, 'b'))).toMatchObject({ entry: { seq: 3 } });
    });

    test('L13: what was deleted can be answered, and a deletion leaves its answers', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'a');
      await scene.stores(reply(ada, 1, 'before'));
      await scene.stores(remove(ada, 1));
      await scene.stores(reply(ada, 1, 'after'));
      expect(await scene.shown(room, 2)).toMatchObject({ replyTo: 1 });
      expect(await scene.shown(room, 4)).toMatchObject({ replyTo: 1 });
    });

    test('L7: of what was deleted it is not said what it answered', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.says(ada, 'a');
      await scene.stores(reply(ada, 1, 'b'));
      await scene.stores(edit(ada, 2, 'c'));
      expect(await scene.shown(room, 2)).toMatchObject({ text: 'c', replyTo: 1 });
      await scene.stores(remove(ada, 2));
      expect(await scene.shown(room, 2)).not.toHaveProperty('replyTo');
    });

    test('L3: a duplicate of an answer is answered as one, whatever it answers now', async () => {
      const scene = given();
      const ada = await scene.member(await scene.room());
      const clientId = newClientId();
      await scene.says(ada, 'a');
      await scene.stores(reply(ada, 1, 'b', clientId));
      expect(await scene.does(reply(ada, 99, 'b', clientId))).toMatchObject({ result: 'duplicate', seq: 2 });
    });
  });

  describe('messages by their seqs', () => {
    test('C11: are read wherever they stand, oldest first, in their present state and with the head', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      for (const text of ['a', 'b', 'c']) await scene.says(ada, text);
      await scene.store.append([edit(ada, 1, 'A'), react(ada, 3, '👍'), remove(ada, 2)]);
      const log = await scene.log(room);
      const { entries, head } = await scene.store.messages(room.id, [3, 1, 2, 3, 4, 99]);
      expect(entries).toEqual(log.slice(0, 3));
      expect(head).toEqual({ seq: 6, id: log[5]?.id });
    });

    test('C11: of a room that is not there, or is another one, there are none', async () => {
      const scene = given();
      const room = await scene.room();
      await scene.says(await scene.member(room), 'a');
      expect(await scene.store.messages('none' as RoomId, [1])).toEqual({ entries: [], head: { seq: 0, id: '' } });
      expect((await scene.store.messages((await scene.room()).id, [1])).entries).toEqual([]);
    });

    test('R7: as many as a reply holds, the oldest first', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const seqs = Array.from({ length: 20 }, (_, n) => n + 1);
      await scene.store.append(seqs.map(() => message(ada, 'x'.repeat(TEXT_MAX_BYTES))));
      const { entries } = await scene.store.messages(room.id, seqs);
      expect(entries.map(({ seq }) => seq)).toEqual(seqs.slice(0, 15));
      expect(countBytes(JSON.stringify(entries))).toBeLessThanOrEqual(REPLY_MAX_BYTES + 1);
    });
  });
}
