// H1: sessions and the tokens of their devices, written once for all engines.
import type { Address, DeviceId, SessionId, Time } from '../../protocol/ids.ts';
import { letGo } from './membership.ts';
import type { DeviceRow } from './session-rows.ts';
import { KEYLESS, type Opening, type Session } from './store.ts';
import type { Transaction } from './transaction.ts';

const HOUR = 3_600_000;
const SESSION_MS = 90 * 24 * HOUR;
/** Within an hour one use is as good as another: a write to disk for each page would be dear. */
const TOUCHED_EVERY_MS = HOUR;
/**
 * How long a token counts after it was replaced, where the answer with the new one never came: a browser gives a silent
 * line up in half a minute or so, and the form is sent again. Whoever stole or planted the old one has no longer either.
 */
const FORMER_MS = 60_000;

export function counts(row: DeviceRow, tokenHash: string, now: Time): boolean {
  return isAlive(row, now) && (row.tokenHash === tokenHash || isFormer(row, tokenHash, now));
}

export function needsTouch(row: DeviceRow, tokenHash: string, now: Time): boolean {
  return isFirstUse(row, tokenHash) || Math.abs(now - row.usedAt) >= TOUCHED_EVERY_MS;
}

export function sessionOf({ id, session }: DeviceRow, lastRoom: string): Session {
  return { id: session, device: id, lastRoom: lastRoom === '' ? undefined : (lastRoom as Address) };
}

export function openSession(tx: Transaction, tokenHash: string, { replaces, visitorHash, name }: Opening): Session {
  const { sessions } = tx;
  for (const stale of sessions.staleDevices(tx.now - SESSION_MS)) removeDevice(tx, stale);
  const known = visitorHash ?? tokenHash;
  const replaced = replaces === undefined ? undefined : sessions.device(replaces);
  const device = replaced ?? sessions.deviceOf(known);
  if (device && (replaced ? isAlive(device, tx.now) : counts(device, known, tx.now)))
    return renewed(tx, device, tokenHash, name);
  if (device) setAside(tx, device);
  const session = tx.newId() as SessionId;
  sessions.addSession({ id: session, lastRoom: '' });
  return newDevice(tx, session, { tokenHash, formerHash: visitorHash ?? '', name: name ?? '' });
}

export function touchSession(tx: Transaction, tokenHash: string): void {
  const device = tx.sessions.deviceOf(tokenHash);
  if (!device || !counts(device, tokenHash, tx.now)) return;
  if (isFirstUse(device, tokenHash)) device.formerHash = '';
  device.usedAt = tx.now;
  tx.sessions.saveDevice(device);
}

export function rememberRoom(tx: Transaction, id: SessionId, room: Address): void {
  const row = tx.sessions.session(id);
  if (!row || row.lastRoom === room) return;
  row.lastRoom = room;
  tx.sessions.saveSession(row);
}

/** Does nothing for KEYLESS, which is nobody's to end. */
export function endSession(tx: Transaction, id: SessionId): void {
  if (id === KEYLESS) return;
  for (const device of tx.sessions.devices(id)) removeDevice(tx, device);
  for (const member of tx.holding(id)) letGo(tx, member);
}

/** A session is used by its devices: it ends with the last of them. */
export function removeDevice(tx: Transaction, { id, session }: DeviceRow): void {
  const { sessions } = tx;
  for (const code of sessions.codes(session)) if (code.device === id || code.usedBy === id) sessions.removeCode(code);
  sessions.removeDevice(id);
  if (sessions.devices(session).length === 0) sessions.removeSession(session);
}

export function newDevice(
  tx: Transaction,
  session: SessionId,
  given: Pick<DeviceRow, 'tokenHash' | 'formerHash' | 'name'>,
): Session {
  const { now } = tx;
  const row = { id: tx.newId() as DeviceId, session, ...given, replacedAt: now, madeAt: now, usedAt: now };
  tx.sessions.addDevice(row);
  return sessionNow(tx, row);
}

export function renewed(tx: Transaction, device: DeviceRow, tokenHash: string, name: string | undefined): Session {
  if (device.tokenHash !== tokenHash) {
    // Where the former one still counts, the present one was never used: its answer was lost, and nobody has it.
    if (device.formerHash === '' || !isFormer(device, device.formerHash, tx.now)) device.formerHash = device.tokenHash;
    device.tokenHash = tokenHash;
    device.replacedAt = tx.now;
  }
  device.name = name ?? device.name;
  device.usedAt = tx.now;
  tx.sessions.saveDevice(device);
  return sessionNow(tx, device);
}

export function isAlive(device: DeviceRow, now: Time): boolean {
  return now - device.usedAt < SESSION_MS;
}

export function isFormer(device: DeviceRow, tokenHash: string, now: Time): boolean {
  return device.formerHash === tokenHash && Math.abs(now - device.replacedAt) < FORMER_MS;
}

function isFirstUse(device: DeviceRow, tokenHash: string): boolean {
  return device.formerHash !== '' && device.tokenHash === tokenHash;
}

function sessionNow(tx: Transaction, device: DeviceRow): Session {
  return sessionOf(device, tx.sessions.session(device.session)?.lastRoom ?? '');
}

/** It has ended, or its former token has: what begins with that token now is another session. */
function setAside(tx: Transaction, device: DeviceRow): void {
  if (!isAlive(device, tx.now)) return removeDevice(tx, device);
  device.formerHash = '';
  tx.sessions.saveDevice(device);
}
