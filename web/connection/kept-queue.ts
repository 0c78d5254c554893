import type { Clock } from './clock.ts';
import type { Change, Items, Owner } from './outbox-item.ts';
import type { OutboxStorage, StoredQueue } from './outbox-storage.ts';

/** IndexedDB has been seen never to answer. A message that cannot be kept is still sent. */
const STORAGE_PATIENCE_MS = 5_000;

export interface KeptQueueParts {
  readonly owner: Owner;
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  /** `items` is another one. */
  readonly changed: () => void;
  /** This tab has changed what is stored. */
  readonly stored: () => void;
}

/**
 * The items of an outbox: shown at once, stored in order, and from then on shown as they are stored. When storing fails
 * (private mode, no space) they live in memory until the page goes.
 */
export class KeptQueue {
  readonly #parts: KeptQueueParts;
  #owner: Owner;
  #stored: Items = [];
  /** Shown already, but not stored yet. */
  #ahead: readonly Change[] = [];
  #shown: Items = [];
  #turn: Promise<unknown> = Promise.resolve();
  #inMemory = false;

  constructor(parts: KeptQueueParts) {
    this.#parts = parts;
    this.#owner = parts.owner;
  }

  get items(): Items {
    return this.#shown;
  }

  get owner(): Owner {
    return this.#owner;
  }

  /** Items do not outlive the page. */
  get inMemory(): boolean {
    return this.#inMemory;
  }

  /** Resolves with the items when the change is stored, or is known to be kept in memory alone. Never rejects. */
  change(change: Change): Promise<Items> {
    this.#ahead = [...this.#ahead, change];
    this.#show();
    return this.#inTurn(async () => {
      const stored = await this.#store(change);
      this.#ahead = this.#ahead.slice(1);
      return stored ?? change(this.#stored);
    });
  }

  /** Takes over what other tabs have stored. */
  reload(): Promise<Items> {
    return this.#inTurn(
      async () => (await this.#patiently(() => this.#parts.storage.read(this.#owner))) ?? this.#stored,
    );
  }

  /** Queues of this room with something in them, this one among them; none when nothing is kept. */
  async all(): Promise<readonly StoredQueue[]> {
    return (await this.#patiently(() => this.#parts.storage.queues(this.#owner.room))) ?? [];
  }

  adopt(from: Owner): Promise<Items> {
    return this.#inTurn(async () => {
      const stored = await this.#patiently(() => this.#parts.storage.adopt(this.#owner, from));
      this.#parts.stored();
      return stored ?? this.#stored;
    });
  }

  /** Whoever adopts the items goes by the name that they are stored with. */
  renamed(name: string): Promise<Items> {
    this.#owner = { ...this.#owner, name };
    return this.change((items) => [...items]);
  }

  async #store(change: Change): Promise<Items | undefined> {
    let wrote = false;
    const noticing: Change = (items) => {
      const next = change(items);
      wrote = next !== items;
      return next;
    };
    const stored = await this.#patiently(() => this.#parts.storage.update(this.#owner, noticing));
    if (wrote) this.#parts.stored();
    return stored;
  }

  #inTurn(act: () => Promise<Items>): Promise<Items> {
    const turn = this.#turn.then(async () => {
      this.#stored = await act();
      this.#show();
      return this.#stored;
    });
    this.#turn = turn;
    return turn;
  }

  #patiently<Kept>(act: () => Promise<Kept>): Promise<Kept | undefined> {
    if (this.#inMemory) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(STORAGE_PATIENCE_MS, () => giveUp());
      const giveUp = () => {
        this.#inMemory = true;
        resolve(undefined);
      };
      act().then(resolve, giveUp).finally(cancel);
    });
  }

  #show(): void {
    this.#shown = this.#ahead.reduce((items, change) => change(items), this.#stored);
    this.#parts.changed();
  }
}
