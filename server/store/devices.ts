// H8, H9: the devices of a session, and the codes by which one more comes to it. Written once for all engines.
import type { DeviceId, SessionId, Time } from '../../protocol/ids.ts';
import { CODE_LASTS_MS, MAX_DEVICES_PER_SESSION, MAX_OPEN_CODES } from '../../protocol/limits.ts';
import type { CodeRow, DeviceRow } from './session-rows.ts';
import { counts, isAlive, isFormer, newDevice, removeDevice, renewed } from './sessions.ts';
import type { Session } from './store.ts';
import type { Transaction } from './transaction.ts';

/** A device as its owner sees it. */
export interface Device {
  readonly id: DeviceId;
  /** As DeviceRow has it. */
  readonly name: string;
  /** 0 where nobody knows. */
  readonly madeAt: Time;
  /** Within an hour. */
  readonly usedAt: Time;
}

/** What opens a session to one more device: the two secrets are one code. */
export type CodeHashes = Pick<CodeRow, 'linkHash' | 'typedHash'>;

export interface ComingAlong {
  /** Of the code, as it came. */
  readonly codeHash: string;
  /** Of the token that the device is to have. */
  readonly tokenHash: string;
  /** Of what it was known by before: a session's token or a visitor's. */
  readonly fromHash?: string | undefined;
  readonly name: string;
}

export type CameAlong =
  | { readonly ok: true; readonly session: Session }
  /** gone: there is no such code, or not any more. here: it is of this session already; the code stays open. */
  | { readonly ok: false; readonly code: 'gone' | 'here' | 'tooMany' };

export interface Devices {
  /** Those of a session that last, the one made first at first. */
  of(session: SessionId): Promise<readonly Device[]>;
  /** Its token and the codes it made open nothing any more. last: nothing was done, for the session would end with it. */
  end(session: SessionId, device: DeviceId): Promise<'ended' | 'last' | 'notThere'>;
  /** All but this one, and every code; resolves to those that there were. */
  endOthers(session: SessionId, device: DeviceId): Promise<readonly DeviceId[]>;
  /** For CODE_LASTS_MS. Of too many the one made first is closed. */
  openCode(device: DeviceId, code: CodeHashes): Promise<'open' | 'tooMany' | 'notThere'>;
  /**
   * The session of the code has one more device, and the code is used up. The one it was of before goes on without it, and is
   * forgotten where it is nobody anywhere. Asked again by a browser that never had the answer, it is the same device.
   */
  comeAlong(coming: ComingAlong): Promise<CameAlong>;
}

export function deviceOf({ id, name, madeAt, usedAt }: DeviceRow): Device {
  return { id, name, madeAt, usedAt };
}

export function lasting(devices: readonly DeviceRow[], now: Time): readonly DeviceRow[] {
  return devices.filter((device) => isAlive(device, now));
}

export function endDevice(tx: Transaction, session: SessionId, id: DeviceId): 'ended' | 'last' | 'notThere' {
  const own = ownDevices(tx, session);
  const device = own.find((one) => one.id === id);
  if (!device) return 'notThere';
  if (own.length === 1) return 'last';
  removeDevice(tx, device);
  return 'ended';
}

export function endOthers(tx: Transaction, session: SessionId, id: DeviceId): readonly DeviceId[] {
  const own = ownDevices(tx, session);
  if (!own.some((device) => device.id === id)) return [];
  const others = own.filter((device) => device.id !== id);
  for (const device of others) removeDevice(tx, device);
  // Whoever saw one of this device's codes shall not come in by it afterwards.
  for (const code of tx.sessions.codes(session)) tx.sessions.removeCode(code);
  return others.map((device) => device.id);
}

export function openCode(tx: Transaction, by: DeviceId, hashes: CodeHashes): 'open' | 'tooMany' | 'notThere' {
  const { sessions, now } = tx;
  sessions.forgetCodes(now);
  const device = sessions.device(by);
  if (!device || !isAlive(device, now)) return 'notThere';
  const { session } = device;
  // To be told here, where it can be mended, and not on the other device.
  if (ownDevices(tx, session).length >= MAX_DEVICES_PER_SESSION) return 'tooMany';
  const open = sessions.codes(session).filter(({ usedBy }) => usedBy === '');
  for (const code of open.slice(0, Math.max(0, open.length - MAX_OPEN_CODES + 1))) sessions.removeCode(code);
  sessions.addCode({ ...hashes, session, device: by, until: now + CODE_LASTS_MS, usedBy: '', usedFrom: '' });
  return 'open';
}

export function comeAlong(tx: Transaction, coming: ComingAlong): CameAlong {
  const { sessions, now } = tx;
  const { codeHash, tokenHash, fromHash, name } = coming;
  sessions.forgetCodes(now);
  const code = sessions.codeOf(codeHash);
  if (!code) return no('gone');
  if (code.usedBy !== '') return comeAgain(tx, code, code.usedBy, coming);
  const before = fromHash === undefined ? undefined : deviceNow(tx, fromHash);
  if (before?.session === code.session) return no('here');
  if (ownDevices(tx, code.session).length >= MAX_DEVICES_PER_SESSION) return no('tooMany');
  // The code stands for the token before: until the one it has now is used, nobody is known to have that.
  const session = newDevice(tx, code.session, { tokenHash, formerHash: code.linkHash, name });
  code.usedBy = session.device;
  code.usedFrom = fromHash ?? '';
  sessions.saveCode(code);
  if (before && tx.holding(before.session).length === 0) removeDevice(tx, before);
  return { ok: true, session };
}

/**
 * H1. Only to whoever brings the code and what was brought with it before: that alone must open nothing, for somebody else may
 * have planted it.
 */
function comeAgain(tx: Transaction, code: CodeRow, id: DeviceId, coming: ComingAlong): CameAlong {
  const device = tx.sessions.device(id);
  const isSame = coming.fromHash !== undefined && coming.fromHash === code.usedFrom;
  if (!device || !isSame || !isFormer(device, code.linkHash, tx.now)) return no('gone');
  return { ok: true, session: renewed(tx, device, coming.tokenHash, coming.name) };
}

function deviceNow(tx: Transaction, tokenHash: string): DeviceRow | undefined {
  const device = tx.sessions.deviceOf(tokenHash);
  return device && counts(device, tokenHash, tx.now) ? device : undefined;
}

function ownDevices(tx: Transaction, session: SessionId): readonly DeviceRow[] {
  return lasting(tx.sessions.devices(session), tx.now);
}

function no(code: Extract<CameAlong, { ok: false }>['code']): CameAlong {
  return { ok: false, code };
}
