// N4, N7, H2, H5: whose a name is. Written once for all engines, judged when somebody else asks for the name.
import type { MemberId, RoomId, SessionId } from '../../protocol/ids.ts';
import { MAX_MEMBERS_PER_ROOM, MAX_MEMBERS_PER_SESSION } from '../../protocol/limits.ts';
import { type MemberRow, memberOf, type RoomRow } from './rows.ts';
import { type Claim, type Claimed, KEYLESS } from './store.ts';
import type { Transaction } from './transaction.ts';

const HOUR = 3_600_000;
const NAME_KEPT_MS = 30 * 24 * HOUR;
/** Somebody who looked in and never wrote is known to nobody under that name. */
export const SILENT_NAME_KEPT_MS = HOUR;

export type Name = Pick<Claim, 'name' | 'key' | 'skeleton'>;

/** Throws when the room is not there. */
export function claimName(tx: Transaction, claim: Claim): Claimed {
  const room = tx.room(claim.room);
  if (!room) throw new Error('A name was claimed in a room that is not there.');
  const own = tx
    .holders(claim.room, claim.key, claim.skeleton)
    .find((row) => row.session === claim.session && row.key === claim.key);
  if (own) {
    own.visitedAt = tx.now;
    tx.saveMember(own);
    visitRoom(tx, room);
    return { ok: true, member: memberOf(own) };
  }
  // D2: whatever the door.
  if (room.pair !== '') return { ok: false, code: 'forbidden' };
  if (!isFree(tx, claim.room, claim)) return { ok: false, code: 'nameTaken' };
  if (!hasPlace(tx, claim.session, claim.room)) return { ok: false, code: 'tooMany' };
  takeName(tx, claim.room, claim);
  return { ok: true, member: memberOf(newMember(tx, room, claim)) };
}

/** Frees the name of those who hold it no longer. False, with nothing changed, when somebody does; `self` never counts. */
export function takeName(tx: Transaction, room: RoomId, name: Name, self?: MemberId): boolean {
  if (!isFree(tx, room, name, self)) return false;
  for (const holder of tx.holders(room, name.key, name.skeleton)) {
    if (holder.id !== self) letGo(tx, holder);
  }
  return true;
}

/** A room in which somebody wrote is kept, whoever comes. */
export function visitRoom(tx: Transaction, room: RoomRow): void {
  if (room.spoken) return;
  room.visitedAt = tx.now;
  tx.saveRoom(room);
}

export function letGo(tx: Transaction, member: MemberRow): void {
  member.held = false;
  tx.saveMember(member);
}

export function isFree(tx: Transaction, room: RoomId, name: Name, self?: MemberId): boolean {
  return tx.holders(room, name.key, name.skeleton).every((holder) => holder.id === self || !stillHolds(tx, holder));
}

/** D2: in a conversation of two a name is its member's place, which the other one cannot take. */
function stillHolds(tx: Transaction, member: MemberRow): boolean {
  if (isTalk(tx, member.room)) return true;
  if (tx.presence(member.room, member.id).length > 0) return true;
  if (member.session === KEYLESS) return false;
  return tx.now - member.visitedAt < (member.wrote ? NAME_KEPT_MS : SILENT_NAME_KEPT_MS);
}

/** H2. Makes place by letting go of names that anybody could take. `room`: where it is there already. */
export function hasPlace(tx: Transaction, session: SessionId, room: RoomId | undefined): boolean {
  if (session === KEYLESS) return true;
  const inRoom = room === undefined ? [] : tx.holding(session, room);
  return belowLimit(tx, inRoom, MAX_MEMBERS_PER_ROOM) && belowLimit(tx, tx.holding(session), MAX_MEMBERS_PER_SESSION);
}

function belowLimit(tx: Transaction, members: readonly MemberRow[], limit: number): boolean {
  if (members.length < limit) return true;
  const lapsed = members.filter((member) => !stillHolds(tx, member) || isUnanswered(tx, member));
  for (const member of lapsed) letGo(tx, member);
  return lapsed.length > members.length - limit;
}

/** D4: others may open as many conversations with somebody as they like: that must not keep anybody from coming into a room. */
function isUnanswered(tx: Transaction, member: MemberRow): boolean {
  return isTalk(tx, member.room) && !member.wrote && tx.presence(member.room, member.id).length === 0;
}

function isTalk(tx: Transaction, room: RoomId): boolean {
  return (tx.room(room)?.pair ?? '') !== '';
}

export function newMember(tx: Transaction, room: RoomRow, claim: Name & Pick<Claim, 'session'>): MemberRow {
  const row: MemberRow = {
    id: tx.newId() as MemberId,
    room: room.id,
    session: claim.session,
    nth: room.members,
    role: 'member',
    name: claim.name,
    key: claim.key,
    skeleton: claim.skeleton,
    held: true,
    // Whoever comes for the first time has missed nothing.
    readSeq: room.seq,
    visitedAt: tx.now,
    wrote: false,
    renameSeq: 0,
  };
  room.members += 1;
  room.visitedAt = tx.now;
  tx.saveRoom(room);
  tx.addMember(row);
  return row;
}
