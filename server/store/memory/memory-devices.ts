import type { DeviceId, SessionId } from '../../../protocol/ids.ts';
import {
  type CameAlong,
  type CodeHashes,
  comeAlong,
  type ComingAlong,
  type Device,
  deviceOf,
  type Devices,
  endDevice,
  endOthers,
  lasting,
  openCode,
} from '../devices.ts';
import type { Transaction } from '../transaction.ts';

export class MemoryDevices implements Devices {
  readonly #begin: () => Transaction;

  constructor(begin: () => Transaction) {
    this.#begin = begin;
  }

  async of(session: SessionId): Promise<readonly Device[]> {
    const tx = this.#begin();
    return lasting(tx.sessions.devices(session), tx.now).map(deviceOf);
  }

  async end(session: SessionId, device: DeviceId): ReturnType<Devices['end']> {
    return endDevice(this.#begin(), session, device);
  }

  async endOthers(session: SessionId, device: DeviceId): Promise<readonly DeviceId[]> {
    return endOthers(this.#begin(), session, device);
  }

  async openCode(device: DeviceId, code: CodeHashes): ReturnType<Devices['openCode']> {
    return openCode(this.#begin(), device, code);
  }

  async comeAlong(coming: ComingAlong): Promise<CameAlong> {
    return comeAlong(this.#begin(), coming);
  }
}
