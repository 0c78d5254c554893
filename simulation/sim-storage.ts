// What a browser keeps on its disk: it outlives its pages, takes its time, and is watched for what disappears from it.
import type { Address, ClientId } from '../protocol/ids.ts';
import type { Change, Items, OutboxItem, Owner } from '../web/connection/outbox-item.ts';
import type { OutboxStorage, StoredQueue } from '../web/connection/outbox-storage.ts';
import type { Browser } from './browser.ts';
import type { Dice } from './dice.ts';
import type { Host } from './host.ts';
import type { Ledger } from './ledger.ts';
import type { Weather } from './weather.ts';

const SLOW_MS = 300;

/** What is on the disk. Items are never changed in place, so nothing is copied. */
export class Disk {
  readonly #queues = new Map<string, StoredQueue>();

  read({ room, member }: Owner): Items {
    return this.#queues.get(`${room} ${member}`)?.items ?? [];
  }

  write(owner: Owner, items: Items): Items {
    const key = `${owner.room} ${owner.member}`;
    if (items.length === 0) this.#queues.delete(key);
    else this.#queues.set(key, { ...owner, items });
    return items;
  }

  queues(room?: Address): readonly StoredQueue[] {
    return [...this.#queues.values()].filter((queue) => room === undefined || queue.room === room);
  }
}

export interface SimStorageParts {
  readonly browser: Browser;
  readonly host: Host;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly ledger: Ledger;
}

export class SimStorage implements OutboxStorage {
  readonly #parts: SimStorageParts;

  constructor(parts: SimStorageParts) {
    this.#parts = parts;
  }

  read(owner: Owner): Promise<Items> {
    return this.#ask((disk) => disk.read(owner));
  }

  update(owner: Owner, change: Change): Promise<Items> {
    return this.#ask((disk) => {
      const before = disk.read(owner);
      const after = change(before);
      this.#watch(before, after);
      return disk.write(owner, after);
    });
  }

  adopt(owner: Owner, from: Owner): Promise<Items> {
    return this.#ask((disk) => {
      const items = [...disk.read(from), ...disk.read(owner)];
      disk.write(from, []);
      return disk.write(owner, items);
    });
  }

  queues(room?: Address): Promise<readonly StoredQueue[]> {
    return this.#ask((disk) => disk.queues(room));
  }

  reopen(): void {}

  /** S1: nothing leaves the storage before it is settled. */
  #watch(before: Items, after: Items): void {
    const left = new Set(after.map((item) => item.clientId));
    for (const item of before) {
      if (left.has(item.clientId) || this.#isSettled(item)) continue;
      this.#parts.ledger.broke('S1', `${item.want.kind} ${item.clientId} left the outbox and is not in the log`);
    }
  }

  #isSettled({ clientId, want, refusal }: OutboxItem): boolean {
    const { ledger, browser } = this.#parts;
    const { withdrawn } = browser;
    const isOf = (id: ClientId) =>
      refusal !== undefined ||
      withdrawn.has(id) ||
      ledger.refused.has(id) ||
      ledger.acknowledged.has(id) ||
      ledger.wasStored(id);
    if (isOf(clientId)) return true;
    // What waits behind a message that will never be stored goes with it.
    return (
      'target' in want &&
      typeof want.target === 'string' &&
      (ledger.refused.has(want.target) || withdrawn.has(want.target))
    );
  }

  #ask<Answer>(act: (disk: Disk) => Answer): Promise<Answer> {
    const { host, dice, weather, browser } = this.#parts;
    const slow = dice.chance(weather.storageSlow) ? dice.below(SLOW_MS) : 0;
    return host.ask(browser.diskTime(dice.below(2) + slow), async () => act(browser.disk), dice.below(2));
  }
}
