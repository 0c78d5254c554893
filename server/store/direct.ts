// D1 to D4: conversations of two. Written once for all engines.
import type { Address, MemberId, SessionId } from '../../protocol/ids.ts';
import { hasPlace, isFree, newMember, visitRoom } from './membership.ts';
import { newRoom, roomOf } from './rooms.ts';
import type { MemberRow, RoomRow } from './rows.ts';
import { KEYLESS, type OpenedDirect } from './store.ts';
import type { Transaction } from './transaction.ts';

/** The same of both. */
export function pairOf(one: MemberId, other: MemberId): string {
  return [one, other].sort().join(' ');
}

export function openDirect(tx: Transaction, by: MemberId, other: MemberId): OpenedDirect {
  const one = tx.member(by);
  if (!one?.held) return no('notMember');
  const two = tx.member(other);
  if (!two?.held || two.room !== one.room) return no('notFound');
  if (one.id === two.id || one.session === KEYLESS || two.session === KEYLESS) return no('forbidden');
  const talk = talkOf(tx, one, two);
  const seats = [seatOf(tx, talk, one, two), seatOf(tx, talk, two, one)] as const;
  const unseated = [one, two].filter((_, i) => seats[i] === undefined);
  if (!unseated.every(({ session }) => hasPlace(tx, session, talk?.id))) return no('tooMany');
  if (talk && !unseated.every((member) => isFree(tx, talk.id, member))) return no('nameTaken');
  const room = talk ?? newRoom(tx, `~${tx.newId()}` as Address, `${one.name} & ${two.name}`, pairOf(one.id, two.id));
  visitRoom(tx, room);
  const [own] = [one, two].map((member, i) => seats[i] ?? newMember(tx, room, member));
  const seated = new Set<SessionId>(unseated.map(({ session }) => session));
  return own ? { ok: true, room: roomOf(room), as: own.id, seated: [...seated] } : no('notFound');
}

/** Who is the other one to `me`, of all that ever were members of the conversation, oldest first. */
export function otherIn(all: readonly MemberRow[], me: MemberRow): MemberRow | undefined {
  const others = all.filter(({ id }) => id !== me.id);
  const foreign = others.filter(({ session }) => session !== me.session);
  // Somebody may talk with themselves: two tabs of one browser, under two names.
  const meant = foreign.length > 0 ? foreign : others;
  return meant.findLast(({ held }) => held) ?? meant.at(-1);
}

/** In their conversation itself it is that one, not another one beside it. */
function talkOf(tx: Transaction, one: MemberRow, two: MemberRow): RoomRow | undefined {
  const here = tx.room(one.room);
  return here && here.pair !== '' ? here : tx.roomOfPair(pairOf(one.id, two.id));
}

/** Where the two are of one session, each is known there by its name. */
function seatOf(
  tx: Transaction,
  talk: RoomRow | undefined,
  member: MemberRow,
  other: MemberRow,
): MemberRow | undefined {
  if (!talk) return undefined;
  const own = tx.holding(member.session, talk.id);
  if (member.session !== other.session) return own[0];
  return own.find(({ key }) => key === member.key) ?? own.find(({ key }) => key !== other.key);
}

function no(code: Extract<OpenedDirect, { ok: false }>['code']): OpenedDirect {
  return { ok: false, code };
}
