import type { Address } from '../../protocol/ids.ts';
import type { Change, Items, Owner } from './outbox-item.ts';

/** What one member has waiting in one room. */
export interface StoredQueue extends Owner {
  readonly items: Items;
}

/** Outlives the page. Several tabs use it at once; each call is atomic among them. Any call may reject. */
export interface OutboxStorage {
  read(owner: Owner): Promise<Items>;
  /** Applies `change` to what is stored then, and resolves with what is stored afterwards, on disk. */
  update(owner: Owner, change: Change): Promise<Items>;
  /** Puts all that another member has waiting in front of `owner`'s items; resolves with both. */
  adopt(owner: Owner, from: Owner): Promise<Items>;
  /** Queues with something in them: of this room, or of all. */
  queues(room?: Address): Promise<readonly StoredQueue[]>;
  /** It did not answer: what is asked from now on is asked anew, and not behind that. */
  reopen(): void;
}

/** Lives as long as this object does: for tests, and for the simulation, where it outlives the pages. */
export class MemoryOutboxStorage implements OutboxStorage {
  readonly #queues = new Map<string, StoredQueue>();

  async read(owner: Owner): Promise<Items> {
    return this.#items(owner);
  }

  async update(owner: Owner, change: Change): Promise<Items> {
    return this.#put(owner, change(this.#items(owner)));
  }

  async adopt(owner: Owner, from: Owner): Promise<Items> {
    const items = [...this.#items(from), ...this.#items(owner)];
    this.#put(from, []);
    return this.#put(owner, items);
  }

  async queues(room?: Address): Promise<readonly StoredQueue[]> {
    return [...this.#queues.values()].filter((queue) => room === undefined || queue.room === room);
  }

  reopen(): void {}

  #items(owner: Owner): Items {
    return this.#queues.get(keyOf(owner))?.items ?? [];
  }

  #put(owner: Owner, items: Items): Items {
    if (items.length === 0) this.#queues.delete(keyOf(owner));
    else this.#queues.set(keyOf(owner), structuredClone({ ...owner, items }));
    return this.#items(owner);
  }
}

function keyOf({ room, member }: Owner): string {
  return JSON.stringify([room, member]);
}
