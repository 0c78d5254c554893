import type { DeviceId, SessionId, Time } from '../../../protocol/ids.ts';
import type { CodeRow, DeviceRow, SessionRow, SessionRows } from '../session-rows.ts';
import { CODE, CODE_OF, codeRow, codeRows, DEVICE, DEVICE_OF, DEVICES, deviceRow, deviceRows } from './columns.ts';
import type { Statements } from './statements.ts';

/** Those that ended are forgotten a few at a time, so that no sign-in waits for thousands. */
const FORGOTTEN_AT_ONCE = 100;

/** Written at once: of these a batch has few. */
export class SqliteSessionRows implements SessionRows {
  readonly #sql: Statements;

  constructor(sql: Statements) {
    this.#sql = sql;
  }

  session(id: SessionId): SessionRow | undefined {
    const sql = 'SELECT id, last_room AS lastRoom FROM session WHERE id = ?';
    return this.#sql.of(sql).get(id) as SessionRow | undefined;
  }

  addSession(row: SessionRow): void {
    this.#sql.of('INSERT INTO session (id, last_room) VALUES (?, ?)').run(row.id, row.lastRoom);
  }

  saveSession(row: SessionRow): void {
    this.#sql.of('UPDATE session SET last_room = ? WHERE id = ?').run(row.lastRoom, row.id);
  }

  removeSession(id: SessionId): void {
    this.#sql.of('DELETE FROM session WHERE id = ?').run(id);
  }

  device(id: DeviceId): DeviceRow | undefined {
    return deviceRow(this.#sql.of(`SELECT ${DEVICE} FROM device WHERE id = ?`).get(id));
  }

  deviceOf(tokenHash: string): DeviceRow | undefined {
    return deviceRow(this.#sql.of(DEVICE_OF).get(tokenHash));
  }

  devices(session: SessionId): readonly DeviceRow[] {
    return deviceRows(this.#sql.of(DEVICES).all(session));
  }

  staleDevices(before: Time): readonly DeviceRow[] {
    const sql = `SELECT ${DEVICE} FROM device WHERE used_at < ? ORDER BY used_at LIMIT ?`;
    return deviceRows(this.#sql.of(sql).all(before, FORGOTTEN_AT_ONCE));
  }

  addDevice(row: DeviceRow): void {
    this.#sql
      .of(
        `INSERT INTO device (id, session_id, name, token_hash, former_hash, replaced_at, made_at, used_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(row.id, row.session, row.name, row.tokenHash, row.formerHash, row.replacedAt, row.madeAt, row.usedAt);
  }

  saveDevice(row: DeviceRow): void {
    this.#sql
      .of('UPDATE device SET name = ?, token_hash = ?, former_hash = ?, replaced_at = ?, used_at = ? WHERE id = ?')
      .run(row.name, row.tokenHash, row.formerHash, row.replacedAt, row.usedAt, row.id);
  }

  removeDevice(id: DeviceId): void {
    this.#sql.of('DELETE FROM device WHERE id = ?').run(id);
  }

  codeOf(hash: string): CodeRow | undefined {
    return codeRow(this.#sql.of(CODE_OF).get(hash));
  }

  codes(session: SessionId): readonly CodeRow[] {
    const sql = `SELECT ${CODE} FROM code WHERE session_id = ? ORDER BY until, link_hash`;
    return codeRows(this.#sql.of(sql).all(session));
  }

  addCode(row: CodeRow): void {
    this.#sql
      .of(
        'INSERT INTO code (link_hash, typed_hash, session_id, device_id, until, used_by, used_from) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(row.linkHash, row.typedHash, row.session, row.device, row.until, row.usedBy, row.usedFrom);
  }

  saveCode(row: CodeRow): void {
    this.#sql
      .of('UPDATE code SET used_by = ?, used_from = ? WHERE link_hash = ?')
      .run(row.usedBy, row.usedFrom, row.linkHash);
  }

  removeCode({ linkHash }: CodeRow): void {
    this.#sql.of('DELETE FROM code WHERE link_hash = ?').run(linkHash);
  }

  forgetCodes(until: Time): void {
    this.#sql.of('DELETE FROM code WHERE until <= ?').run(until);
  }
}
