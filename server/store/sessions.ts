// H1: sessions, written once for all engines.
import type { Address, SessionId, Time } from '../../protocol/ids.ts';
import { letGo } from './membership.ts';
import { KEYLESS, type Session } from './store.ts';
import type { SessionRow, Transaction } from './transaction.ts';

const HOUR = 3_600_000;
const SESSION_MS = 90 * 24 * HOUR;
/** Within an hour one use is as good as another: a write to disk for each page would be dear. */
const TOUCHED_EVERY_MS = HOUR;

export function isAlive(row: SessionRow, now: Time): boolean {
  return now - row.usedAt < SESSION_MS;
}

export function needsTouch(row: SessionRow, now: Time): boolean {
  return Math.abs(now - row.usedAt) >= TOUCHED_EVERY_MS;
}

export function sessionOf(row: SessionRow): Session {
  return { id: row.id, lastRoom: row.lastRoom === '' ? undefined : (row.lastRoom as Address) };
}

export function openSession(tx: Transaction, tokenHash: string, replaces: SessionId | undefined): Session {
  tx.forgetSessions(tx.now - SESSION_MS);
  const row = (replaces === undefined ? undefined : tx.session(replaces)) ?? tx.sessionOf(tokenHash);
  if (row && isAlive(row, tx.now)) return sessionOf(used(tx, row, tokenHash));
  if (row) tx.removeSession(row.id);
  const made: SessionRow = { id: tx.newId() as SessionId, tokenHash, usedAt: tx.now, lastRoom: '' };
  tx.addSession(made);
  return sessionOf(made);
}

export function touchSession(tx: Transaction, id: SessionId): void {
  const row = tx.session(id);
  if (row && isAlive(row, tx.now)) used(tx, row, row.tokenHash);
}

export function rememberRoom(tx: Transaction, id: SessionId, room: Address): void {
  const row = tx.session(id);
  if (!row || row.lastRoom === room) return;
  row.lastRoom = room;
  tx.saveSession(row);
}

/** Does nothing for KEYLESS, which is nobody's to end. */
export function endSession(tx: Transaction, id: SessionId): void {
  if (id === KEYLESS) return;
  tx.removeSession(id);
  for (const member of tx.holding(id)) letGo(tx, member);
}

function used(tx: Transaction, row: SessionRow, tokenHash: string): SessionRow {
  row.usedAt = tx.now;
  row.tokenHash = tokenHash;
  tx.saveSession(row);
  return row;
}
