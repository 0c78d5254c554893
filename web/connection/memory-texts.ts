import type { TextStorage } from './draft.ts';

/** Lives as long as this object does: for tests. */
export class MemoryTexts implements TextStorage {
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#texts.size;
  }

  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.#texts.set(key, text);
  }

  removeItem(key: string): void {
    this.#texts.delete(key);
  }
}
