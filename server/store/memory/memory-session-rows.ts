import type { DeviceId, SessionId, Time } from '../../../protocol/ids.ts';
import type { CodeRow, DeviceRow, SessionRow, SessionRows } from '../session-rows.ts';
import type { MemoryState } from './memory-state.ts';

/** As MemoryTransaction. */
export class MemorySessionRows implements SessionRows {
  readonly #state: MemoryState;

  constructor(state: MemoryState) {
    this.#state = state;
  }

  session(id: SessionId): SessionRow | undefined {
    return this.#state.sessions.get(id);
  }

  addSession(row: SessionRow): void {
    this.#state.sessions.set(row.id, row);
  }

  saveSession(): void {}

  removeSession(id: SessionId): void {
    this.#state.sessions.delete(id);
  }

  device(id: DeviceId): DeviceRow | undefined {
    return this.#state.devices.get(id);
  }

  deviceOf(tokenHash: string): DeviceRow | undefined {
    const rows = [...this.#state.devices.values()];
    return rows.find((row) => row.tokenHash === tokenHash) ?? rows.find((row) => row.formerHash === tokenHash);
  }

  devices(session: SessionId): readonly DeviceRow[] {
    const rows = [...this.#state.devices.values()].filter((row) => row.session === session);
    return rows.sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  }

  staleDevices(before: Time): readonly DeviceRow[] {
    return [...this.#state.devices.values()].filter((row) => row.usedAt < before);
  }

  addDevice(row: DeviceRow): void {
    this.#state.devices.set(row.id, row);
  }

  saveDevice(): void {}

  removeDevice(id: DeviceId): void {
    this.#state.devices.delete(id);
  }

  codeOf(hash: string): CodeRow | undefined {
    return [...this.#state.codes].find((row) => row.linkHash === hash || row.typedHash === hash);
  }

  codes(session: SessionId): readonly CodeRow[] {
    const rows = [...this.#state.codes].filter((row) => row.session === session);
    return rows.sort((a, b) => a.until - b.until || (a.linkHash < b.linkHash ? -1 : 1));
  }

  addCode(row: CodeRow): void {
    this.#state.codes.add(row);
  }

  saveCode(): void {}

  removeCode(row: CodeRow): void {
    this.#state.codes.delete(row);
  }

  forgetCodes(until: Time): void {
    for (const row of this.#state.codes) if (row.until <= until) this.removeCode(row);
  }
}
