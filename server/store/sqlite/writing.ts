import { decide } from '../decide.ts';
import { comeAlong, endDevice, endOthers, openCode } from '../devices.ts';
import { openDirect } from '../direct.ts';
import { claimName, letGo } from '../membership.ts';
import { renewLease } from '../node-lease.ts';
import { markRead, markUnread } from '../read-place.ts';
import { openRoom } from '../rooms.ts';
import { endSession, openSession, rememberRoom, touchSession } from '../sessions.ts';
import type { Writing } from './requests.ts';
import type { SqliteTransaction } from './sqlite-transaction.ts';

/** Each runs inside a transaction that its caller begins and ends. */
export function writingIn(tx: SqliteTransaction): Writing {
  return {
    append: (writes) => writes.map((write) => decide(tx, write)),
    openRoom: (address, title) => openRoom(tx, address, title),
    openDirect: (by, other) => openDirect(tx, by, other),
    claim: (claim) => claimName(tx, claim),
    release(member) {
      const row = tx.member(member);
      if (row) letGo(tx, row);
    },
    markRead: (member, seq) => markRead(tx, member, seq),
    markUnread: (member, seq) => markUnread(tx, member, seq),
    touchSession: (tokenHash) => touchSession(tx, tokenHash),
    openSession: (tokenHash, opening) => openSession(tx, tokenHash, opening),
    rememberRoom: (session, room) => rememberRoom(tx, session, room),
    endSession: (session) => endSession(tx, session),
    endDevice: (session, device) => endDevice(tx, session, device),
    endOthers: (session, device) => endOthers(tx, session, device),
    openCode: (device, code) => openCode(tx, device, code),
    comeAlong: (coming) => comeAlong(tx, coming),
    renewLease: (node, ms, isNew) => renewLease(tx, node, ms, isNew),
  };
}
