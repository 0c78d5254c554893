import { beforeEach, expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import type { Granted } from '../../protocol/requests.ts';
import { HandAsk } from './hand-ask.ts';
import { HandClock, settle } from './hand-clock.ts';
import { room } from './hand-link.ts';
import { PeoplePages } from './people-pages.ts';

let wire: HandAsk;
let clock: HandClock;
let pages: PeoplePages;
let changes: number;

beforeEach(() => {
  [wire, clock, changes] = [new HandAsk(), new HandClock(), 0];
  pages = new PeoplePages({ room, ask: wire.ask, clock, changed: () => (changes += 1) });
});

function page(names: readonly string[], more: boolean): Granted<'here'> {
  const here = names.map((name) => ({ id: `m-${name}` as MemberId, name, role: 'member' as const }));
  return { ok: true, room, count: 300, here, more };
}
const names = () => pages.list.people.map(({ name }) => name);

test('P9: begins with the first page, and goes on behind the last of the page before', async () => {
  const begun = clock.now();
  void pages.begin();
  expect(pages.list).toMatchObject({ isAsking: true, asOf: undefined });
  const first = wire.take('here');
  expect(first.request).toEqual({ room });
  first.answer(page(['Ada', 'Ben'], true));
  await settle();
  await clock.advance(60_000);
  void pages.more();
  const second = wire.take('here');
  expect(second.request).toEqual({ room, after: 'm-Ben' });
  second.answer(page(['Ben', 'Cleo'], false));
  await settle();
  expect(names()).toEqual(['Ada', 'Ben', 'Cleo']);
  expect(pages.list).toMatchObject({ hasMore: false, isAsking: false, asOf: begun });
  expect(changes).toBe(4);
});

test('asks for one page at a time', async () => {
  void pages.more();
  void pages.more();
  wire.take('here').answer(page(['Ada'], false));
  await settle();
  expect([names(), wire.open]).toEqual([['Ada'], []]);
});

test('what was read stays when the next page does not come, and the reason is said', async () => {
  void pages.begin();
  wire.take('here').answer(page(['Ada'], true));
  await settle();
  for (const [answer, why] of [
    [undefined, /no connection/u],
    [refused('rateLimited', 1_000), /cannot give it at the moment/u],
    [refused('notMember'), /not in this room/u],
  ] as const) {
    void pages.more();
    wire.take('here').answer(answer);
    await settle();
    expect([names(), pages.list.isAsking]).toEqual([['Ada'], false]);
    expect(pages.list.trouble).toMatch(why);
  }
  void pages.more();
  expect(pages.list.trouble).toBeUndefined();
});

test('a list that is begun anew replaces the one before once it is there, whatever was on its way', async () => {
  void pages.begin();
  wire.take('here').answer(page(['Ada', 'Ben'], true));
  await settle();
  void pages.more();
  const late = wire.take('here');
  void pages.begin();
  expect(names()).toEqual(['Ada', 'Ben']);
  const anew = wire.take('here');
  anew.answer(page(['Ben'], true));
  await settle();
  late.answer(page(['Cleo'], false));
  await settle();
  expect([names(), pages.list.hasMore]).toEqual([['Ben'], true]);
});
