/** What Enter does in the composer of a page with a keyboard; Shift+Enter does the other. */
export type EnterKey = 'sends' | 'breaks';

const KEY = 'snug:enter';

/** Remembered by this browser for all rooms; for as long as the page lives where it may remember nothing. */
export class EnterKeySetting {
  readonly #storage: () => Pick<Storage, 'getItem' | 'setItem'>;
  #forgotten: EnterKey | undefined;

  constructor(storage: () => Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** Read anew each time: another tab may have changed it. */
  get value(): EnterKey {
    return this.#forgotten ?? this.#remembered();
  }

  choose(value: EnterKey): void {
    try {
      this.#storage().setItem(KEY, value);
    } catch {
      this.#forgotten = value;
    }
  }

  #remembered(): EnterKey {
    try {
      return this.#storage().getItem(KEY) === 'breaks' ? 'breaks' : 'sends';
    } catch {
      return 'sends';
    }
  }
}
