import type { RoomId } from '../../protocol/ids.ts';
import type { Store } from '../store/store.ts';

type Heads = ReturnType<Store['heads']>;

/** Whoever watches many rooms follows all of them at once: what is asked in one turn is asked of the store together. */
export class HeadsTogether {
  readonly #store: Pick<Store, 'heads'>;
  readonly #rooms = new Set<RoomId>();
  #reading: Heads | undefined;

  constructor(store: Pick<Store, 'heads'>) {
    this.#store = store;
  }

  /** As Store.heads, with those of other rooms. */
  heads(rooms: readonly RoomId[]): Heads {
    for (const room of rooms) this.#rooms.add(room);
    this.#reading ??= Promise.resolve().then(() => this.#read());
    return this.#reading;
  }

  #read(): Heads {
    const rooms = [...this.#rooms];
    this.#rooms.clear();
    this.#reading = undefined;
    return this.#store.heads(rooms);
  }
}
