// What engines keep of sessions, and the look-ups and writes that sessions.ts and devices.ts make of it.
import type { DeviceId, SessionId, Time } from '../../protocol/ids.ts';

/** It lasts as long as one of its devices does. */
export interface SessionRow {
  readonly id: SessionId;
  /** An address; empty while it was in none. */
  lastRoom: string;
}

export interface DeviceRow {
  readonly id: DeviceId;
  readonly session: SessionId;
  /** For people, as "Firefox on Linux"; empty where nobody said. */
  name: string;
  tokenHash: string;
  /** Of the token before; empty once `tokenHash` was used. */
  formerHash: string;
  replacedAt: Time;
  /** 0 where nobody knows. */
  readonly madeAt: Time;
  usedAt: Time;
}

/** H9: one code, as a link and as what is typed. */
export interface CodeRow {
  readonly linkHash: string;
  readonly typedHash: string;
  readonly session: SessionId;
  /** That made it. */
  readonly device: DeviceId;
  readonly until: Time;
  /** The device that came by it; empty while it is open. */
  usedBy: DeviceId | '';
  /** Of what that one was known by before; empty where it was by nothing. */
  usedFrom: string;
}

/** Rows are lent as those of Transaction are. */
export interface SessionRows {
  session(id: SessionId): SessionRow | undefined;
  addSession(row: SessionRow): void;
  saveSession(row: SessionRow): void;
  removeSession(id: SessionId): void;

  device(id: DeviceId): DeviceRow | undefined;
  /** Whose token this is, or was before the last renewal; whether it still counts is for sessions.ts to say. */
  deviceOf(tokenHash: string): DeviceRow | undefined;
  /** The one made first at first. */
  devices(session: SessionId): readonly DeviceRow[];
  /** Some of those last used before `before`. */
  staleDevices(before: Time): readonly DeviceRow[];
  addDevice(row: DeviceRow): void;
  saveDevice(row: DeviceRow): void;
  removeDevice(id: DeviceId): void;

  /** By the hash of its link or of what is typed. */
  codeOf(hash: string): CodeRow | undefined;
  /** The one made first at first, open or used. */
  codes(session: SessionId): readonly CodeRow[];
  addCode(row: CodeRow): void;
  saveCode(row: CodeRow): void;
  removeCode(row: CodeRow): void;
  forgetCodes(until: Time): void;
}
