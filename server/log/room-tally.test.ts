import { beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import { VirtualClock } from '../../simulation/virtual-clock.ts';
import { newsFor, RoomTally, type Tally } from './room-tally.ts';

let clock: VirtualClock;
let told: Tally[];
let tally: RoomTally;
let seq = 0;
const [ada, ben, cleo] = ['ada', 'ben', 'cleo'] as MemberId[] as [MemberId, MemberId, MemberId];

beforeEach(() => {
  clock = new VirtualClock();
  told = [];
  tally = new RoomTally({ clock, tell: (one) => told.push(one) });
});

function says(by: MemberId, ...mentions: MemberId[]): Entry {
  seq += 1;
  const stamp = { room: 'tea' as Address, seq, id: `e${seq}` as EntryId, at: 1, by: { id: by, name: by } };
  const whom = mentions.map((id) => ({ id, name: id }));
  return { ...stamp, kind: 'message', clientId: `c${seq}` as ClientId, text: 'x', ...(whom[0] && { mentions: whom }) };
}
const counts = () => told.map(({ messages }) => messages);

test('T5: the first is told at once, and those of the next second together, when it is over', async () => {
  tally.said([says(ada)]);
  expect(counts()).toEqual([1]);
  tally.said([says(ada), says(ben)]);
  tally.said([says(ben)]);
  await clock.advance(999);
  expect(counts()).toEqual([1]);
  await clock.advance(1);
  expect(counts()).toEqual([1, 3]);
  await clock.advance(5_000);
  expect(counts()).toEqual([1, 3]);
});

test('T5: what is no message is no news', async () => {
  const notice = { ...says(ada), kind: 'notice', type: 'connect', here: 1 } as unknown as Entry;
  tally.said([notice]);
  await clock.advance(5_000);
  expect(told).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test('T5: nothing that one wrote oneself counts, and only others mention one', () => {
  tally.said([says(ada), says(ada, ben), says(ben, ben), says(cleo)]);
  const [one] = told as [Tally];
  expect(newsFor(one, [ada])).toEqual({ messages: 2, mentioned: false });
  expect(newsFor(one, [ben])).toEqual({ messages: 3, mentioned: true });
  expect(newsFor(one, [ada, ben])).toEqual({ messages: 1, mentioned: false });
  expect(newsFor(one, ['dora' as MemberId])).toEqual({ messages: 4, mentioned: false });
  expect(newsFor(one, [ada, ben, cleo])).toEqual({ messages: 0, mentioned: false });
});

test('nothing is told after it was stopped', async () => {
  tally.said([says(ada)]);
  tally.said([says(ada)]);
  tally.stop();
  await clock.advance(5_000);
  expect(counts()).toEqual([1]);
  expect(clock.waiting).toBe(0);
});
