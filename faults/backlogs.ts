import { KernelQueues } from './kernel-queues.ts';
import type { Passage } from './proxy.ts';

/**
 * What waits inside a server for each of its slow readers: what it has sent to one that reads, who is sent the same, less
 * what has left it for the slow one. Both were up to date when it began to count.
 */
export class Backlogs {
  /** In bytes, of each of them. */
  readonly most: number[];
  readonly #witness: Passage;
  readonly #slow: readonly Passage[];
  readonly #before: readonly number[];

  private constructor(witness: Passage, slow: readonly Passage[], before: readonly number[]) {
    this.#witness = witness;
    this.#slow = slow;
    this.#before = before;
    this.most = slow.map(() => 0);
  }

  /** Undefined where the kernel does not tell what it holds. */
  static of(witness: Passage, slow: readonly Passage[]): Backlogs | undefined {
    const queues = KernelQueues.read();
    const before = [witness, ...slow].map((passage) => leftFor(passage, queues));
    const known = before.filter((bytes) => bytes !== undefined);
    return known.length === before.length ? new Backlogs(witness, slow, known) : undefined;
  }

  look(): void {
    const queues = KernelQueues.read();
    const [atFirst = 0, ...before] = this.#before;
    const sent = leftFor(this.#witness, queues);
    if (sent === undefined) return;
    for (const [n, passage] of this.#slow.entries()) {
      const left = leftFor(passage, queues);
      if (left === undefined) continue;
      this.most[n] = Math.max(this.most[n] ?? 0, sent - atFirst - (left - (before[n] ?? 0)));
    }
  }
}

/** All that the server ever handed to its kernel; undefined when one of the ends is not open any more. */
function leftFor({ far }: Passage, queues: KernelQueues | undefined): number | undefined {
  const held = queues?.towards(far);
  return held === undefined ? undefined : far.bytesRead + held;
}
