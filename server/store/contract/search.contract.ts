import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../protocol/entries.ts';
import { foldText, holdsAll, searchQuery, searchTokens } from '../../../protocol/search-tokens.ts';
import type { Hit, Room } from '../store.ts';
import { edit, message, remove, type Scene } from './scene.contract.ts';
import { SPOKEN } from '../../../protocol/spoken.contract.ts';

export function searchContract(given: () => Scene): void {
  const found = async (scene: Scene, room: Room, text: string): Promise<string[]> =>
    texts((await scene.store.search([room.id], text, 100)).hits);

  describe('search', () => {
    test('Q3: finds messages that hold every word, or begin with it, newest first', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append(
        ['Tea at nine', 'no coffee', 'TEA, please!', 'teapot'].map((text) => message(ada, text)),
      );
      expect(await found(scene, room, 'tea')).toEqual(['teapot', 'TEA, please!', 'Tea at nine']);
      expect(await found(scene, room, '"tea"')).toEqual(['TEA, please!', 'Tea at nine']);
      expect(await found(scene, room, 'te ni')).toEqual(['Tea at nine']);
      expect(await found(scene, room, '"at nine" tea')).toEqual(['Tea at nine']);
      expect(await found(scene, room, '"nine at"')).toEqual([]);
      expect(await found(scene, room, 'nine tea')).toEqual(['Tea at nine']);
      expect(await found(scene, room, 'tea coffee')).toEqual([]);
      expect(await found(scene, room, ' !? ')).toEqual([]);
    });

    test('only in the rooms asked for', async () => {
      const scene = given();
      const [tea, bar, hall] = [await scene.room(), await scene.room(), await scene.room()];
      for (const room of [tea, bar, hall]) await scene.says(await scene.member(room), 'sesame');
      const { hits } = await scene.store.search([tea.id, bar.id], 'sesame', 10);
      expect(hits.map((hit) => hit.room)).toEqual([bar.id, tea.id]);
      expect((await scene.store.search([], 'sesame', 10)).hits).toEqual([]);
      expect(await found(scene, hall, tea.id)).toEqual([]);
    });

    test('Q1: in many rooms as in few, also what lies far behind what others say in theirs', async () => {
      const scene = given();
      const rooms = await Promise.all(Array.from({ length: 12 }, async () => scene.room()));
      const members = await Promise.all(rooms.map(async (room) => scene.member(room)));
      const stranger = await scene.member(await scene.room());
      const hits = async (limit: number) =>
        (
          await scene.store.search(
            rooms.map(({ id }) => id),
            'poppy',
            limit,
          )
        ).hits;
      for (const by of members) await scene.says(by, 'poppy');
      expect((await hits(20)).map(({ room }) => room)).toEqual(rooms.map(({ id }) => id).toReversed());
      for (const often of [100, 1_100])
        for (let said = 0; said < often; said += 100)
          await scene.store.append(Array.from({ length: 100 }, () => message(stranger, 'poppy')));
      await scene.says(members[5]!, 'poppy again');
      expect((await hits(3)).map(({ room }) => room)).toEqual([5, 11, 10].map((i) => rooms[i]!.id));
      expect(await hits(20)).toHaveLength(13);
    });

    test('page by page, and says whether there is more', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append(Array.from({ length: 5 }, (_, n) => message(ada, `word ${n}`)));
      const seqs = async (limit: number, seq?: number) => {
        const before = seq === undefined ? undefined : { room: room.id, seq };
        const { hits, more } = await scene.store.search([room.id], 'word', limit, before);
        return [hits.map((hit) => hit.entry.seq), more];
      };
      expect(await seqs(2)).toEqual([[5, 4], true]);
      expect(await seqs(2, 4)).toEqual([[3, 2], true]);
      expect(await seqs(2, 2)).toEqual([[1], false]);
      expect(await seqs(5)).toEqual([[5, 4, 3, 2, 1], false]);
    });

    test('L7: shows what a message says now: edits are found, what they replaced and what was deleted are not', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      await scene.store.append([
        message(ada, 'alpha'),
        message(ada, 'beta'),
        edit(ada, 1, 'gamma delta'),
        remove(ada, 2),
      ]);
      expect(await found(scene, room, 'alpha')).toEqual([]);
      expect(await found(scene, room, 'beta')).toEqual([]);
      expect((await scene.store.search([room.id], 'gamma', 5)).hits).toEqual([
        { room: room.id, entry: await scene.shown(room, 1) },
      ]);
      await scene.stores(edit(ada, 1, 'epsilon'));
      await scene.stores(edit(ada, 1, 'zeta'));
      expect(await found(scene, room, 'epsilon')).toEqual([]);
      expect(await found(scene, room, 'zeta')).toEqual(['zeta']);
    });

    test('agrees with a scan by hand in every script', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const all = Object.values(SPOKEN).flat();
      await scene.store.append(all.map((text) => message(ada, text)));
      const check = async (query: string): Promise<void> => {
        const expected = all.filter((text) => holdsAll(searchTokens(text), searchQuery(query))).toReversed();
        expect(await found(scene, room, query), query).toEqual(expected);
      };
      // At once: one by one they wait for two threads to take turns, hundreds of times.
      await Promise.all(queries(all).map(check));
    });

    test('a part of a text without spaces finds it', async () => {
      const scene = given();
      const room = await scene.room();
      const ada = await scene.member(room);
      const all = Object.values(SPOKEN).flat();
      await scene.store.append(all.map((text) => message(ada, text)));
      expect(await found(scene, room, '大学')).toEqual(all.filter((text) => text.includes('大学')).toReversed());
      expect(await found(scene, room, '京')).toEqual(all.filter((text) => text.includes('京')).toReversed());
      expect(await found(scene, room, 'データベース')).toEqual(['ﾃﾞｰﾀﾍﾞｰｽのバックアップを確認してください']);
      expect(await found(scene, room, 'strasse')).toEqual(['Die Straße ist wegen Bauarbeiten gesperrt']);
    });

    test('takes anything as a query', async () => {
      const scene = given();
      const room = await scene.room();
      await scene.says(await scene.member(room), 'x');
      const hostile = [
        '"',
        "a' OR 1",
        'x*',
        'NEAR(a b)',
        'room:x',
        'body : x',
        '-x',
        '^x',
        '(',
        'a AND',
        'NOT',
        '\u0000a',
        '\ud800',
        '漢'.repeat(5_000),
        'w '.repeat(5_000),
        'y'.repeat(9_000),
      ];
      for (const query of hostile) await scene.store.search([room.id], query, 5);
      expect(await found(scene, room, '"x"*')).toEqual(['x']);
    });
  });
}

/** Words, and parts of runs, of each text; and pairs of them. */
function queries(all: readonly string[]): string[] {
  const asked = all.flatMap((text) => {
    const words = foldText(text)
      .split(/[^\p{L}\p{N}\p{M}]+/u)
      .filter((word) => word !== '');
    const long = words.reduce((a, b) => (b.length > a.length ? b : a), '');
    const characters = Array.from(long);
    return [
      words[0],
      long,
      characters.slice(1, 3).join(''),
      characters.slice(2, 6).join(''),
      characters.slice(0, 3).join(''),
      characters[1],
      `${words[0]} ${words.at(-1)}`,
      `"${words[0]} ${words[1]}"`,
      `"${words[0]}"`,
    ];
  });
  return [...new Set(asked.filter((query) => query !== undefined))];
}

function texts(hits: readonly Hit[]): string[] {
  const text = (entry: Entry): string => (entry.kind === 'message' ? entry.text : entry.kind);
  return hits.map((hit) => text(hit.entry));
}
