import type { Random } from '../server/clock.ts';

/** Chance from a seed: the same seed throws the same numbers, always. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  /** From 0 inclusive to 1 exclusive. The mulberry32 generator. */
  readonly random: Random = () => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };

  /** 0 to `end - 1`. */
  below(end: number): number {
    return Math.floor(this.random() * end);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  /** Undefined only of nothing. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** Independent throws: one part of a world does not change another's luck by throwing more often. */
  fork(): Dice {
    return new Dice(this.below(2 ** 31));
  }
}
