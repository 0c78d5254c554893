type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** One of a few, the first unless another was chosen: remembered by this browser, or for as long as the page lives where it may remember nothing. */
export class KeptChoice<Value extends string> {
  readonly key: string;
  readonly #values: readonly [Value, ...Value[]];
  readonly #storage: () => Kept;
  readonly #chosen: () => void;
  #forgotten: Value | undefined;

  /** `storage` may throw: where storage is forbidden its very name does. */
  constructor(storage: () => Kept, key: string, values: readonly [Value, ...Value[]], chosen: () => void = () => {}) {
    this.#storage = storage;
    this.key = key;
    this.#values = values;
    this.#chosen = chosen;
  }

  /** Read anew each time: another tab may have changed it. */
  get value(): Value {
    return this.#forgotten ?? this.#remembered();
  }

  choose(value: Value): void {
    try {
      this.#storage().setItem(this.key, value);
    } catch {
      this.#forgotten = value;
    }
    this.#chosen();
  }

  #remembered(): Value {
    const [usual] = this.#values;
    try {
      const kept = this.#storage().getItem(this.key);
      return this.#values.find((value) => value === kept) ?? usual;
    } catch {
      return usual;
    }
  }
}
