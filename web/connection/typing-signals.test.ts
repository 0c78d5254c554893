import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import type { TypingSignal } from '../../protocol/signals.ts';
import { HandAsk } from './hand-ask.ts';
import { HandClock, settle } from './hand-clock.ts';
import { message, notice, room } from './hand-link.ts';
import { TypingSignals } from './typing-signals.ts';

let wire: HandAsk;
let clock: HandClock;
let changes: number;
let typing: TypingSignals;

beforeEach(() => {
  wire = new HandAsk();
  clock = new HandClock();
  changes = 0;
  typing = new TypingSignals({ room, ask: wire.ask, clock, changed: () => (changes += 1) });
});

const signal = (name: string, more: Partial<TypingSignal> = {}): TypingSignal => ({
  room,
  kind: 'typing',
  by: { id: `m-${name.toLowerCase()}` as MemberId, name },
  ...more,
});
const names = () => typing.typists.map(({ name }) => name);

describe('what one says', () => {
  test('T3: at once when one begins, and every 3 s while one goes on', async () => {
    typing.wrote('h');
    expect(wire.take('typing').request).toEqual({ room });
    for (const text of ['he', 'hel', 'hell']) typing.wrote(text);
    await clock.advance(2_999);
    typing.wrote('hello');
    expect(wire.open).toEqual([]);
    await clock.advance(1);
    typing.wrote('hello!');
    expect(wire.open).toEqual(['typing']);
  });

  test('T3: nothing of a text that shows nothing, and nothing more when one has stopped', async () => {
    for (const text of ['', ' ', '\n\u200b']) typing.wrote(text);
    expect(wire.open).toEqual([]);
    typing.wrote('h');
    await clock.advance(60_000);
    expect(wire.open).toEqual(['typing']);
  });

  test('a refusal and a silence change nothing', async () => {
    typing.wrote('h');
    wire.take('typing').answer(refused('rateLimited', 1_000));
    await clock.advance(3_000);
    typing.wrote('he');
    wire.take('typing').answer(undefined);
    await settle();
    await clock.advance(3_000);
    typing.wrote('hel');
    expect(wire.open).toEqual(['typing']);
  });
});

describe('what one hears', () => {
  test('point 21: is shown for 6 s after the last news, in the order in which they began', async () => {
    typing.heard(signal('Ada'));
    await clock.advance(3_000);
    typing.heard(signal('Ben'));
    typing.heard(signal('Ada'));
    expect(names()).toEqual(['Ada', 'Ben']);
    await clock.advance(5_999);
    expect(names()).toEqual(['Ada', 'Ben']);
    await clock.advance(1);
    expect(names()).toEqual([]);
  });

  test('point 21: ends with their message and with their departure, and with no other entry', () => {
    for (const name of ['Ada', 'Ben']) typing.heard(signal(name));
    typing.received(notice(1, 'connect'));
    expect(names()).toEqual(['Ada', 'Ben']);
    typing.received(message(2));
    expect(names()).toEqual(['Ben']);
    typing.heard(signal('Ada'));
    typing.received(notice(3, 'disconnect'));
    expect(names()).toEqual(['Ben']);
  });

  test('point 21: does not end by the news before the last', async () => {
    typing.heard(signal('Ada'));
    typing.received(message(1));
    await clock.advance(3_000);
    typing.heard(signal('Ada'));
    await clock.advance(4_000);
    expect(names()).toEqual(['Ada']);
  });

  test('is nothing when it is of another room, and goes with the connection', () => {
    typing.heard(signal('Ada', { room: 'coffee' as Address }));
    expect(names()).toEqual([]);
    typing.heard(signal('Ada'));
    typing.disconnected();
    expect(names()).toEqual([]);
  });

  test('draws the page again only when there is something to see, and follows a new name', () => {
    typing.heard(signal('Ada'));
    const before = typing.typists;
    typing.heard(signal('Ada'));
    expect([changes, typing.typists]).toEqual([1, before]);
    typing.heard({ ...signal('Ada'), by: { id: 'm-ada' as MemberId, name: 'Countess' } });
    expect([changes, names()]).toEqual([2, ['Countess']]);
  });
});
