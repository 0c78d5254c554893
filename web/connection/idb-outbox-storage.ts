import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Address } from '../../protocol/ids.ts';
import type { Change, Items, Owner } from './outbox-item.ts';
import type { OutboxStorage, StoredQueue } from './outbox-storage.ts';

interface Tables extends DBSchema {
  queues: { key: [room: string, member: string]; value: StoredQueue };
}

const VERSION = 1;

/** The outbox on disk, one record per room and member. Opened when first used; any call rejects where there is no IndexedDB. */
export class IdbOutboxStorage implements OutboxStorage {
  readonly #name: string;
  #firstKept: () => void;
  #open: Promise<IDBPDatabase<Tables>> | undefined;

  /** `firstKept` is called once, when there is something that must not get lost. */
  constructor(name: string, firstKept: () => void) {
    this.#name = name;
    this.#firstKept = firstKept;
  }

  async read(owner: Owner): Promise<Items> {
    const db = await this.#db();
    return (await db.get('queues', keyOf(owner)))?.items ?? [];
  }

  async update(owner: Owner, change: Change): Promise<Items> {
    const tx = (await this.#db()).transaction('queues', 'readwrite', STRICT);
    const before = (await tx.store.get(keyOf(owner)))?.items ?? [];
    const items = change(before);
    if (items.length > 0 && items !== before) await tx.store.put({ ...owner, items });
    else if (items.length === 0 && before.length > 0) await tx.store.delete(keyOf(owner));
    await tx.done;
    if (items.length > 0) this.#kept();
    return items;
  }

  async adopt(owner: Owner, from: Owner): Promise<Items> {
    const tx = (await this.#db()).transaction('queues', 'readwrite', STRICT);
    const left = (await tx.store.get(keyOf(from)))?.items ?? [];
    const own = (await tx.store.get(keyOf(owner)))?.items ?? [];
    const items = [...left, ...own];
    if (left.length > 0) {
      await tx.store.put({ ...owner, items });
      await tx.store.delete(keyOf(from));
    }
    await tx.done;
    return items;
  }

  async queues(room?: Address): Promise<readonly StoredQueue[]> {
    const db = await this.#db();
    // In IndexedDB's order an array is above every string.
    return db.getAll('queues', room === undefined ? undefined : IDBKeyRange.bound([room], [room, []]));
  }

  reopen(): void {
    const before = this.#open;
    this.#open = undefined;
    before?.then(
      (db) => db.close(),
      () => {},
    );
  }

  #kept(): void {
    this.#firstKept();
    this.#firstKept = () => {};
  }

  #db(): Promise<IDBPDatabase<Tables>> {
    if (this.#open) return this.#open;
    const opening = this.#opened();
    this.#open = opening;
    // The next call tries again.
    opening.catch(() => {
      if (this.#open === opening) this.#open = undefined;
    });
    return opening;
  }

  async #opened(): Promise<IDBPDatabase<Tables>> {
    const opening: Promise<IDBPDatabase<Tables>> = openDB<Tables>(this.#name, VERSION, {
      upgrade: (fresh) => void fresh.createObjectStore('queues', { keyPath: ['room', 'member'] }),
      // A newer page wants to upgrade: it must not wait for this one.
      blocking: () => {
        this.#open = undefined;
        void opening.then((db) => db.close());
      },
      terminated: () => {
        this.#open = undefined;
      },
    });
    return opening;
  }
}

/** Chrome's default lets a power cut take back what it has called written. */
const STRICT = { durability: 'strict' } as const;

function keyOf({ room, member }: Owner): [string, string] {
  return [room, member];
}
