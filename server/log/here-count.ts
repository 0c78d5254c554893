import { COUNT_EVERY_MS } from '../../protocol/limits.ts';
import type { HereSignal } from '../../protocol/signals.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { RoomNow } from '../store/store.ts';

export interface HereCountParts {
  readonly clock: Clock;
  /** To this node's connections in the room. */
  readonly tell: (signal: HereSignal) => void;
}

/** P8: tells one room how many are in it, while nobody is told who comes and goes: at most once a second. */
export class HereCount {
  readonly #parts: HereCountParts;
  #toldAt: number | undefined;
  #next: HereSignal | undefined;
  #cancel: Cancel | undefined;

  constructor(parts: HereCountParts) {
    this.#parts = parts;
  }

  /** As the store has just said. The last to be seen is what is told. */
  seen({ address, here, notices }: Pick<RoomNow, 'address' | 'here' | 'notices'>): void {
    if (notices) return this.stop();
    this.#next = { room: address, kind: 'here', count: here };
    if (this.#cancel) return;
    const { clock } = this.#parts;
    const since = this.#toldAt === undefined ? COUNT_EVERY_MS : clock.now() - this.#toldAt;
    // A clock that was set back must not keep it silent.
    if (since >= COUNT_EVERY_MS || since < 0) this.#tell();
    else this.#cancel = clock.after(COUNT_EVERY_MS - since, () => this.#tell());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#next = undefined;
  }

  #tell(): void {
    const { clock, tell } = this.#parts;
    const signal = this.#next;
    this.stop();
    this.#toldAt = clock.now();
    if (signal) tell(signal);
  }
}
