import type { MemberId } from '../../protocol/ids.ts';
import { JOIN_MAX_MISSED } from '../../protocol/limits.ts';
import { addressOf, isDirect } from '../../protocol/names.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { Person } from '../../protocol/room.ts';
import type { Member, Room } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { enterRoom } from './enter-room.ts';
import { ownMembers } from './own-members.ts';
import { newestPage, readSince, type Read } from './read-log.ts';
import { Refusal } from './refusal.ts';
import { memberMeant } from './rights.ts';

/** C1, C2, C4. Throws `notMember` where the session is nobody, also for rooms that are not there or cannot be. */
export async function joinRoom(act: Act, caller: Caller, request: ParsedRequest<'join'>): Promise<Granted<'join'>> {
  // R5: a `leave` that was asked before has been carried out before it is judged who is where.
  const { room, member } = await caller.turns.take(
    () => undefined,
    () => meant(act, caller, request),
  );
  await enterRoom(act, caller, room, member);
  const read = await missed(act, room, request.after);
  // Who is here is read last: what the log says beyond the head then only repeats it. The other way round it would be lost.
  const [here, firstUnread, direct] = await Promise.all([
    act.log.here(room.id, read.head),
    read.reset ? act.store.firstUnread(member.id) : undefined,
    isDirect(room.address) ? act.store.otherOf(member.id) : undefined,
  ]);
  // The name that it had before the log was read may be an older one.
  const me = here.members.find(({ id }) => id === member.id) ?? (await act.store.member(member.id)) ?? member;
  // It may have left in another tab meanwhile.
  if (caller.at(room.address)?.member !== member.id) throw new Refusal('notMember');
  const { count, notices, members } = here;
  // Later than what was read of the log, like those who are here: of before, nothing in the log would put it right.
  const { title, topic } = here.room ?? room;
  const joined = { ...read, me: personOf(me), title, topic, count, notices, here: members.map(personOf) };
  return { ...joined, ...(direct && { direct }), ...(firstUnread !== undefined && { firstUnread }) };
}

async function meant(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'join'>,
): Promise<{ room: Room; member: Member }> {
  const address = addressOf(request.room);
  const room = address === undefined ? undefined : await act.store.room(address);
  if (!room) throw new Refusal('notMember');
  const own = await ownMembers(act, caller, room);
  const member = memberMeant(own, request.as, alreadyIn(caller, room));
  if (!member) throw new Refusal('notMember');
  return { room, member };
}

function alreadyIn(caller: Caller, room: Room): MemberId | undefined {
  return caller.at(room.address)?.member ?? caller.home?.member.id;
}

async function missed(act: Act, room: Room, after: ParsedRequest<'join'>['after']): Promise<Read> {
  // Of what is known to be too much nothing is read but the page.
  if (!after || act.log.told(room.id) - after[0] > JOIN_MAX_MISSED) return newestPage(act, room);
  const read = await readSince(act, room, after[0], after[1]);
  return read.head - after[0] > JOIN_MAX_MISSED ? newestPage(act, room) : read;
}

export function personOf({ id, name, role }: Member): Person {
  return { id, name, role };
}
