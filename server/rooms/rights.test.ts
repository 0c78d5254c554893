import { expect, test } from 'vitest';
import type { Address, MemberId, RoomId, SessionId } from '../../protocol/ids.ts';
import type { Member } from '../store/store.ts';
import type { Place } from './act.ts';
import { Refusal } from './refusal.ts';
import { memberMeant, placeOf } from './rights.ts';

const member = (id: string): Member => ({
  id: id as MemberId,
  room: 'r1' as RoomId,
  session: 's1' as SessionId,
  name: id,
  role: 'member',
  readSeq: 0,
});
const own = [member('first'), member('second')];

test('H3: `as` says which member, if it is this session’s', () => {
  expect(memberMeant(own, 'second' as MemberId, undefined)?.id).toBe('second');
  expect(memberMeant(own, 'stranger' as MemberId, undefined)?.id).toBe('first');
});

test('H3: without `as` it is the member that the connection is already, else the oldest', () => {
  expect(memberMeant(own, undefined, 'second' as MemberId)?.id).toBe('second');
  expect(memberMeant(own, undefined, undefined)?.id).toBe('first');
  expect(memberMeant([], 'first' as MemberId, 'first' as MemberId)).toBeUndefined();
});

test('a room that one is not in, that is not there, and that cannot be are refused alike', () => {
  const place: Place = {
    room: { id: 'r1' as RoomId, address: 'lobby' as Address, title: 'Lobby', topic: '' },
    member: 'first' as MemberId,
  };
  const caller = { at: (address: Address) => (address === place.room.address ? place : undefined) };
  expect(placeOf(caller, ' LOBBY ')).toBe(place);
  for (const spelling of ['other', 'a/b', '..', '__proto__', '']) {
    expect(() => placeOf(caller, spelling)).toThrow(new Refusal('notMember'));
  }
});
