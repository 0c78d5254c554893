import { expect, test } from 'vitest';
import type { RoomId } from '../../protocol/ids.ts';
import { HeadsTogether } from './heads-together.ts';

const rooms = (...names: string[]) => names as RoomId[];

test('what is asked in one turn is asked of the store once, and in the next turn anew', async () => {
  const asked: (readonly RoomId[])[] = [];
  const together = new HeadsTogether({
    heads: async (some) => {
      asked.push(some);
      return new Map();
    },
  });
  await Promise.all([together.heads(rooms('a')), together.heads(rooms('b', 'a')), together.heads(rooms('c'))]);
  expect(asked).toEqual([['a', 'b', 'c']]);
  await together.heads(rooms('a'));
  expect(asked).toEqual([['a', 'b', 'c'], ['a']]);
});

test('all who asked hear that the store is away, and who asks next asks again', async () => {
  let isAway = true;
  const heads = async () => {
    if (isAway) throw new Error('away');
    return new Map();
  };
  const together = new HeadsTogether({ heads });
  const answers = await Promise.allSettled([together.heads(rooms('a')), together.heads(rooms('b'))]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isAway = false;
  expect(await together.heads(rooms('a'))).toEqual(new Map());
});
