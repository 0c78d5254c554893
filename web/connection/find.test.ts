import { beforeEach, expect, test } from 'vitest';
import type { Address } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import { finder } from './find.ts';
import { HandAsk } from './hand-ask.ts';
import { room } from './hand-link.ts';

let wire: HandAsk;
beforeEach(() => {
  wire = new HandAsk();
});

const search = { kind: 'search', text: 'tea', room: undefined } as const;
const nothing = { ok: true as const, hits: [], more: false };
const find = (...given: Parameters<ReturnType<typeof finder>>) => finder(wire.ask)(...given);

test('Q1: looks in one room or in all, and goes on where the page before ended', () => {
  void find(search, undefined);
  expect(wire.take('search').request).toEqual({ text: 'tea' });
  void find({ ...search, room }, [room, 9]);
  expect(wire.take('search').request).toEqual({ text: 'tea', room, before: [room, 9] });
  void find({ kind: 'mentions' }, ['cake' as Address, 7]);
  expect(wire.take('mentions').request).toEqual({ before: ['cake', 7] });
});

test('Q1: says with what to ask for the next page', async () => {
  const answer = find(search, undefined);
  wire.take('search').answer({ ...nothing, more: true, next: [room, 4] });
  expect(await answer).toEqual({ ok: true, hits: [], next: [room, 4] });
});

test.each([
  [undefined, { isPassing: true, waitMs: undefined }],
  [refused('rateLimited', 700), { isPassing: true, waitMs: 700 }],
  [refused('busy', 1_000), { isPassing: true, waitMs: undefined }],
  [refused('empty', undefined, 'There is no word in it.'), { text: 'There is no word in it.', isPassing: false }],
] as const)('R3: what went wrong is told in words, and whether to ask again: %o', async (reply, trouble) => {
  const answer = find(search, undefined);
  wire.take('search').answer(reply);
  expect(await answer).toMatchObject({ ok: false, trouble });
});
