// H1: sessions, written once for all engines.
import type { Address, SessionId, Time } from '../../protocol/ids.ts';
import { letGo } from './membership.ts';
import { KEYLESS, type Session } from './store.ts';
import type { SessionRow, Transaction } from './transaction.ts';

const HOUR = 3_600_000;
const SESSION_MS = 90 * 24 * HOUR;
/** Within an hour one use is as good as another: a write to disk for each page would be dear. */
const TOUCHED_EVERY_MS = HOUR;
/**
 * How long a token counts after it was replaced, where the answer with the new one never came: a browser gives a silent
 * line up in half a minute or so, and the form is sent again. Whoever stole or planted the old one has no longer either.
 */
const FORMER_MS = 60_000;

export function counts(row: SessionRow, tokenHash: string, now: Time): boolean {
  return isAlive(row, now) && (row.tokenHash === tokenHash || isFormer(row, tokenHash, now));
}

export function needsTouch(row: SessionRow, tokenHash: string, now: Time): boolean {
  return isFirstUse(row, tokenHash) || Math.abs(now - row.usedAt) >= TOUCHED_EVERY_MS;
}

export function sessionOf(row: SessionRow): Session {
  return { id: row.id, lastRoom: row.lastRoom === '' ? undefined : (row.lastRoom as Address) };
}

export function openSession(
  tx: Transaction,
  tokenHash: string,
  replaces: SessionId | undefined,
  visitorHash: string | undefined,
): Session {
  tx.forgetSessions(tx.now - SESSION_MS);
  const known = visitorHash ?? tokenHash;
  const replaced = replaces === undefined ? undefined : tx.session(replaces);
  const row = replaced ?? tx.sessionOf(known);
  if (row && (replaced ? isAlive(row, tx.now) : counts(row, known, tx.now)))
    return sessionOf(renewed(tx, row, tokenHash));
  if (row) setAside(tx, row);
  const made: SessionRow = {
    id: tx.newId() as SessionId,
    tokenHash,
    formerHash: visitorHash ?? '',
    replacedAt: tx.now,
    usedAt: tx.now,
    lastRoom: '',
  };
  tx.addSession(made);
  return sessionOf(made);
}

export function touchSession(tx: Transaction, tokenHash: string): void {
  const row = tx.sessionOf(tokenHash);
  if (!row || !counts(row, tokenHash, tx.now)) return;
  if (isFirstUse(row, tokenHash)) row.formerHash = '';
  row.usedAt = tx.now;
  tx.saveSession(row);
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

function isAlive(row: SessionRow, now: Time): boolean {
  return now - row.usedAt < SESSION_MS;
}

function isFormer(row: SessionRow, tokenHash: string, now: Time): boolean {
  return row.formerHash === tokenHash && Math.abs(now - row.replacedAt) < FORMER_MS;
}

function isFirstUse(row: SessionRow, tokenHash: string): boolean {
  return row.formerHash !== '' && row.tokenHash === tokenHash;
}

function renewed(tx: Transaction, row: SessionRow, tokenHash: string): SessionRow {
  if (row.tokenHash !== tokenHash) {
    // Where the former one still counts, the present one was never used: its answer was lost, and nobody has it.
    if (row.formerHash === '' || !isFormer(row, row.formerHash, tx.now)) row.formerHash = row.tokenHash;
    row.tokenHash = tokenHash;
    row.replacedAt = tx.now;
  }
  row.usedAt = tx.now;
  tx.saveSession(row);
  return row;
}

/** It has ended, or its former token has: what begins with that token now is another session. */
function setAside(tx: Transaction, row: SessionRow): void {
  if (!isAlive(row, tx.now)) return tx.removeSession(row.id);
  row.formerHash = '';
  tx.saveSession(row);
}
