import type { HandoverStorage } from './handover.ts';

/** Lives as long as this object does: for tests. */
export class MemoryTexts implements HandoverStorage {
  readonly #texts = new Map<string, string>();

  get size(): number {
    return this.#texts.size;
  }

  keys(): readonly string[] {
    return [...this.#texts.keys()];
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
