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
    if (this.#reading) return this.#reading;
    const reading = Promise.resolve().then(() => this.#read());
    this.#reading = reading;
    reading.catch(() => {
      // Whatever kept it from beginning is not to keep all others.
      if (this.#reading === reading) this.#reading = undefined;
    });
    return reading;
  }

  #read(): Heads {
    const rooms = [...this.#rooms];
    this.#rooms.clear();
    this.#reading = undefined;
    return this.#store.heads(rooms);
  }
}
