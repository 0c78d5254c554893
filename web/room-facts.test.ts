import { expect, test } from 'vitest';
import type { Address, MemberId } from '../protocol/ids.ts';
import { MemoryTexts } from './connection/memory-texts.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { Ignored } from './ignored.ts';
import { factsOf, titleOf, unreadElsewhere } from './room-facts.ts';
import type { ListedRoom } from './state/room-list.ts';
import { ada, linus, ROOM, roomOf } from './views/samples.ts';
import { KeptChoice } from './views/kept-choice.ts';
import type { Settings } from './views/settings.ts';

const CHESS = 'chess' as Address;

function listed(room: Address, unread: number, more: Partial<ListedRoom> = {}): ListedRoom {
  const counted = { head: 9, unread, mentioned: false };
  const rest = { topic: '', direct: undefined, mentioned: false, counted, readTo: 0, since: [] };
  return { room, title: room.toUpperCase(), unread, ...rest, ...more };
}

const shown = {
  room: { state: roomOf([]), me: ada },
  rooms: { rooms: [listed(ROOM, 4), listed(CHESS, 2), listed('d-1' as Address, 3, { direct: linus })] },
};

test('what is known of a room, shown or not: its name, who one is there and whom one ignores', () => {
  const texts = new MemoryTexts();
  new Whereabouts(texts).cameIn({ room: CHESS, member: 'm-ben' as MemberId, name: 'Ben' });
  new Ignored({ texts, room: CHESS, changed: () => {} }).ignore(linus);
  const chess = factsOf(CHESS, shown, texts);
  expect(chess).toMatchObject({ name: '#CHESS', isDirect: false, ignored: [{ id: linus.id }] });
  expect([...chess.own]).toEqual(['m-ben']);
  const here = factsOf(ROOM, shown, texts);
  expect([here.name, [...here.own], here.ignored]).toEqual(['#Tea', [ada.id], []]);
  expect(factsOf('d-1' as Address, shown, texts)).toMatchObject({ name: 'Linus', isDirect: true });
  expect(titleOf('nowhere' as Address, shown)).toBe('nowhere');
});

test('point 25: what is unread elsewhere counts, but of rooms that are to call nobody', () => {
  const texts = new MemoryTexts();
  const storage = () => texts;
  const settings: Pick<Settings, 'ofRoom'> = {
    ofRoom: (room) => new KeptChoice(storage, `snug:notify ${room}`, ['mentions', 'all', 'none']),
  };
  expect(unreadElsewhere(shown, settings)).toBe(5);
  settings.ofRoom(CHESS).choose('none');
  expect(unreadElsewhere(shown, settings)).toBe(3);
});
