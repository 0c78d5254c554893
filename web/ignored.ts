import type { Author } from '../protocol/entries.ts';
import type { Address, MemberId } from '../protocol/ids.ts';
import type { TextStorage } from './connection/draft.ts';

export interface IgnoredParts {
  readonly texts: TextStorage;
  readonly room: Address;
  readonly changed: () => void;
}

/** Whom one does not want to read in a room: kept in this browser, told to nobody. Where nothing can be kept, it holds for this page. */
export class Ignored {
  readonly #parts: IgnoredParts;
  readonly #key: string;
  #people: readonly Author[];

  constructor(parts: IgnoredParts) {
    this.#parts = parts;
    this.#key = `snug ignored ${JSON.stringify(parts.room)}`;
    this.#people = this.#kept();
  }

  /** Under the names that they had then. The same array until it changes. */
  get people(): readonly Author[] {
    return this.#people;
  }

  ignore({ id, name }: Author): void {
    this.#become([...this.#people.filter((one) => one.id !== id), { id, name }]);
  }

  heed(id: MemberId): void {
    this.#become(this.#people.filter((one) => one.id !== id));
  }

  without(people: readonly Author[]): readonly Author[] {
    const those = this.#people;
    return those.length === 0 ? people : people.filter(({ id }) => !those.some((one) => one.id === id));
  }

  /** Another tab may have changed what is kept under `key`; none: everything was taken away. */
  keptElsewhere(key: string | null): void {
    if (key === null || key === this.#key) this.#people = this.#kept();
  }

  #become(people: readonly Author[]): void {
    this.#people = people;
    try {
      if (people.length === 0) this.#parts.texts.removeItem(this.#key);
      else this.#parts.texts.setItem(this.#key, JSON.stringify(people));
    } catch {
      // Forbidden or full.
    }
    this.#parts.changed();
  }

  #kept(): readonly Author[] {
    try {
      return parse(this.#parts.texts.getItem(this.#key) ?? '[]');
    } catch {
      return [];
    }
  }
}

// Another version of this page may have written anything.
function parse(kept: string): readonly Author[] {
  const found: unknown = JSON.parse(kept);
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('id' in one) || !('name' in one)) return [];
    const { id, name } = one;
    return typeof id === 'string' && typeof name === 'string' ? [{ id: id as MemberId, name }] : [];
  });
}
