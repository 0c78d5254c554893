import type { ClientId } from '../../protocol/ids.ts';
import type { Clock } from './clock.ts';
import type { Change, Items, OutboxItem, Owner } from './outbox-item.ts';
import type { OutboxStorage, StoredQueue } from './outbox-storage.ts';

/** IndexedDB has been seen never to answer. A message that cannot be kept is still sent. */
const STORAGE_PATIENCE_MS = 5_000;
/** After a laptop's sleep it answers again within seconds. Where there is none, every further try is for nothing. */
const TRY_AGAIN_MS = 5_000;
const TRY_AGAIN_AT_MOST_MS = 300_000;

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
 * The items of an outbox: shown at once, stored in order, and from then on shown as they are stored. While storing fails
 * (private mode, no space, a disk that wakes) they live in memory; what was changed meanwhile is stored once it works.
 */
export class KeptQueue {
  readonly #parts: KeptQueueParts;
  #owner: Owner;
  #stored: Items = [];
  /** Shown already, and not known to be stored. Applied to what has some of them it changes nothing more. */
  #ahead: readonly Change[] = [];
  #shown: Items = [];
  #turn: Promise<unknown> = Promise.resolve();
  #inMemory = false;
  #failures = 0;
  #isTrying = false;
  /** Of items of this tab that were given to a storage which then did not say whether it has them. */
  readonly #doubtful = new Set<ClientId>();

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

  /** Items that are new do not outlive the page. */
  get inMemory(): boolean {
    return this.#inMemory;
  }

  /** No other tab knows of the item. */
  isHereAlone({ clientId }: OutboxItem): boolean {
    return this.#inMemory && !this.#stored.some((item) => item.clientId === clientId);
  }

  /** Resolves with the items when the change is stored, or is known to be kept in memory alone. Never rejects. */
  change(change: Change): Promise<Items> {
    this.#ahead = [...this.#ahead, change];
    this.#show();
    return this.#inTurn(() => this.#keepAhead());
  }

  /** Takes over what other tabs have stored. */
  reload(): Promise<Items> {
    return this.#inTurn(async () => this.#has(await this.#patiently(() => this.#parts.storage.read(this.#owner))));
  }

  /** Queues of this room with something in them, this one among them; none when nothing is kept. */
  async all(): Promise<readonly StoredQueue[]> {
    if (this.#inMemory) return [];
    return (await this.#patiently(() => this.#parts.storage.queues(this.#owner.room))) ?? [];
  }

  adopt(from: Owner): Promise<Items> {
    return this.#inTurn(async () => {
      const stored = await this.#patiently(() => this.#parts.storage.adopt(this.#owner, from));
      this.#parts.stored();
      this.#has(stored);
    });
  }

  /** Whoever adopts the items goes by the name that they are stored with. */
  renamed(name: string): Promise<Items> {
    this.#owner = { ...this.#owner, name };
    return this.change((items) => [...items]);
  }

  #inTurn(act: () => Promise<void>): Promise<Items> {
    const turn = this.#turn.then(async () => {
      if (!this.#inMemory) await act();
      if (!this.#inMemory) return this.#stored;
      this.#forget();
      return this.#shown;
    });
    this.#turn = turn;
    return turn;
  }

  async #keepAhead(): Promise<void> {
    // It may have been stored with what was changed before it.
    if (this.#ahead.length > 0) await this.#keep();
  }

  /** Stores all that is ahead. False: the storage does not say that it has. */
  async #keep(): Promise<boolean> {
    const changes = this.#ahead;
    let wrote = false;
    const stored = await this.#patiently((isGivenUp) =>
      this.#parts.storage.update(this.#owner, (items) => {
        // Much may have been sent and settled since.
        if (isGivenUp()) return items;
        const next = applied(changes, items);
        wrote = next !== items;
        const before = new Set(items.map(({ clientId }) => clientId));
        for (const { clientId } of next) if (!before.has(clientId)) this.#doubtful.add(clientId);
        return next;
      }),
    );
    if (!stored) return false;
    this.#doubtful.clear();
    this.#ahead = this.#ahead.slice(changes.length);
    this.#has(stored);
    if (wrote || this.#inMemory) this.#parts.stored();
    return true;
  }

  #has(stored: Items | undefined): void {
    if (!stored) return;
    this.#stored = stored;
    this.#show();
  }

  /** Undefined when it fails, or takes too long; `isGivenUp` says so to what then runs late. */
  #patiently<Kept>(act: (isGivenUp: () => boolean) => Promise<Kept>): Promise<Kept | undefined> {
    return new Promise((resolve) => {
      let isGivenUp = false;
      const giveUp = () => {
        if (isGivenUp) return;
        isGivenUp = true;
        this.#giveUp();
        resolve(undefined);
      };
      const cancel = this.#parts.clock.after(STORAGE_PATIENCE_MS, giveUp);
      act(() => isGivenUp)
        .then((kept) => {
          if (isGivenUp) void this.#tryAgain();
          else resolve(kept);
        }, giveUp)
        .finally(cancel);
    });
  }

  #giveUp(): void {
    this.#inMemory = true;
    const ms = Math.min(TRY_AGAIN_AT_MOST_MS, TRY_AGAIN_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#parts.clock.after(ms, () => void this.#tryAgain());
    this.#parts.changed();
  }

  /** After a pause, or because it has answered after all. */
  async #tryAgain(): Promise<void> {
    if (!this.#inMemory || this.#isTrying) return;
    this.#isTrying = true;
    this.#parts.storage.reopen();
    const isKept = await this.#keep();
    this.#isTrying = false;
    if (!isKept) return;
    this.#inMemory = false;
    this.#failures = 0;
    this.#parts.changed();
    // What was changed meanwhile.
    void this.#inTurn(() => this.#keepAhead());
  }

  /** Where there is never a storage all that was ever changed would be remembered: of what is settled there is nothing to store. */
  #forget(): void {
    if (this.#isTrying || this.#shown.length > 0 || this.#ahead.length < 2) return;
    const gone = new Set([...this.#stored.map(({ clientId }) => clientId), ...this.#doubtful]);
    this.#ahead = [(items) => items.filter(({ clientId }) => !gone.has(clientId))];
  }

  #show(): void {
    this.#shown = applied(this.#ahead, this.#stored);
    this.#parts.changed();
  }
}

function applied(changes: readonly Change[], items: Items): Items {
  return changes.reduce((before, change) => change(before), items);
}
