import { describe, expect, test } from 'vitest';
import type { Author } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import { entered, listed, newsOf, NO_ROOMS, read, type RoomList } from './room-list.ts';

const [tea, cake] = ['tea' as Address, 'cake' as Address];
const ada: Author = { id: 'm-ada' as MemberId, name: 'Ada' };
const ben: Author = { id: 'm-ben' as MemberId, name: 'Ben' };
const own = new Set([ada.id]);
const list = (unread = 0): RoomList =>
  listed({
    ok: true,
    rooms: [tea, cake].map((room) => ({ room, title: room, topic: '', head: 10, unread, mentioned: unread > 0 })),
  });
const said = (seq: number, by: Author, room = tea, mentions: Author[] = []) => ({
  room,
  seq,
  id: `e${seq}` as EntryId,
  at: seq,
  by,
  kind: 'message' as const,
  clientId: `c${seq}` as ClientId,
  text: '',
  mentions,
});
const counts = ({ rooms }: RoomList) => rooms.map(({ room, unread, mentioned }) => [room, unread, mentioned]);

describe('the list of rooms', () => {
  test('is old until the server was asked, and when it tells of a room that is not in it', () => {
    expect([NO_ROOMS.isOld, list().isOld]).toEqual([true, false]);
    const news = { room: 'new' as Address, kind: 'room', messages: 0, mentioned: false } as const;
    expect(newsOf(list(), news).isOld).toBe(true);
  });

  test('the server counts no further than 100, and neither does it', () => {
    const news = { room: cake, kind: 'room', messages: 80, mentioned: false } as const;
    expect(counts(newsOf(newsOf(list(), news), news))).toEqual([
      ['cake', 100, false],
      ['tea', 0, false],
    ]);
  });

  test('an entry that the server has counted already is not counted again', () => {
    expect(entered(list(1), said(10, ben), own)).toEqual(list(1));
    expect(counts(entered(list(1), said(11, ben), own))[0]).toEqual(['tea', 2, true]);
  });

  test('a message that mentions one is marked until it is read', () => {
    const next = entered(entered(list(), said(11, ben, tea, [ada]), own), said(12, ben), own);
    expect(counts(next)[0]).toEqual(['tea', 2, true]);
    expect(counts(read(next, { room: tea, kind: 'read', seq: 11 }))[0]).toEqual(['tea', 1, false]);
  });

  test('L12: one’s own message says that one has read', () => {
    const next = entered(entered(list(3), said(11, ben, cake), own), said(12, ada, cake), own);
    expect(counts(next)).toEqual([
      ['cake', 0, false],
      ['tea', 3, true],
    ]);
  });

  test('L12: whoever goes back has the server count anew', () => {
    const forth = read(list(), { room: tea, kind: 'read', seq: 10 });
    expect(forth.isOld).toBe(false);
    expect(read(forth, { room: tea, kind: 'read', seq: 4 }).isOld).toBe(true);
  });

  test('the server counts anew where it has counted more than was read', () => {
    expect(read(list(3), { room: tea, kind: 'read', seq: 9 }).isOld).toBe(true);
    expect(counts(read(list(3), { room: tea, kind: 'read', seq: 10 }))[0]).toEqual(['tea', 0, false]);
  });

  test('a burst of more than 100 is kept as no more than that', () => {
    let next = list();
    for (let seq = 11; seq < 300; seq += 1) next = entered(next, said(seq, ben), own);
    expect(next.rooms[0]?.since).toHaveLength(100);
    expect(next.rooms[0]?.unread).toBe(100);
  });
});
