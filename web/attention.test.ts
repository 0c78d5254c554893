import { describe, expect, test } from 'vitest';
import type { Signal } from '../protocol/signals.ts';
import { Attention } from './attention.ts';
import type { RoomState } from './state/room-state.ts';
import { ada, linus, message, ROOM, roomOf } from './views/samples.ts';

function open() {
  const shown: (readonly [string, number])[] = [];
  let isAttended = false;
  let begun = 0;
  const attention = new Attention({
    face: { show: (...face) => shown.push(face) },
    isAttended: () => isAttended,
    notifier: { begin: () => (begun += 1), received: () => {}, heard: () => {}, attend: () => {} },
  });
  const events = attention.listening({
    changed: () => {},
    connected: () => {},
    disconnected: () => {},
    entry: () => {},
    signal: () => {},
  });
  return {
    hear: (signal: Signal) => events.signal(signal),
    look: (at: boolean) => (isAttended = at),
    unread: (state: RoomState, elsewhere = 0) => {
      attention.show(state, elsewhere);
      return shown.at(-1)?.[1];
    },
    shown,
    begun: () => begun,
  };
}

const two = [message(1, linus), message(2, linus)];
const four = [...two, message(3, linus), message(4, linus)];

describe('point 25: what the title counts', () => {
  test('is what was unread when one came in, and what came since', () => {
    const { unread } = open();
    expect(unread(roomOf([], { me: undefined }))).toBe(0);
    expect(unread(roomOf(two, { firstUnread: 2 }))).toBe(1);
    expect(unread(roomOf(four, { firstUnread: 2 }))).toBe(3);
  });

  test('T4: is not what was read, here or elsewhere, and again what is to be read again', () => {
    const { unread, hear } = open();
    unread(roomOf(two));
    hear({ kind: 'read', room: ROOM, seq: 3 });
    expect(unread(roomOf(four))).toBe(1);
    hear({ kind: 'read', room: ROOM, seq: 1 });
    expect(unread(roomOf(four))).toBe(3);
  });

  test('is nothing while one looks at it, and then what one has not read of it', () => {
    const { unread, look } = open();
    unread(roomOf(two));
    look(true);
    expect(unread(roomOf(four))).toBe(0);
    look(false);
    expect(unread(roomOf(four))).toBe(2);
  });

  test('is what other rooms have as well, also while one looks at this one', () => {
    const { unread, look } = open();
    unread(roomOf(two));
    expect(unread(roomOf(four), 3)).toBe(5);
    look(true);
    expect(unread(roomOf(four), 3)).toBe(3);
  });

  test('is how many came since one looked, where one reads far up', () => {
    const { unread, look } = open();
    look(true);
    unread(roomOf(two, { atEnd: false, heard: 7 }));
    look(false);
    expect(unread(roomOf(two, { atEnd: false, heard: 9 }))).toBe(2);
  });

  test('stands before the name of the room, or of the other one where two talk', () => {
    const { unread, shown } = open();
    unread(roomOf(two));
    unread(roomOf(two, { direct: linus }));
    expect(shown.map(([name]) => name)).toEqual(['#Tea', 'Linus']);
  });

  test('begins anew with a log that went back', () => {
    const { unread } = open();
    unread(roomOf(four));
    expect(unread(roomOf([message(1, ada)]))).toBe(0);
    expect(unread(roomOf([message(1, ada), message(2, linus)]))).toBe(1);
  });
});

test('point 25: the notifier is begun when the first room has been joined, and not before', () => {
  const { unread, begun } = open();
  unread(roomOf([], { me: undefined }));
  expect(begun()).toBe(0);
  unread(roomOf(two, { me: ada }));
  expect(begun()).toBe(1);
});
