import type { Entry } from '../../protocol/entries.ts';
import { COUNT_EVERY_MS } from '../../protocol/limits.ts';
import type { HereSignal } from '../../protocol/signals.ts';
import type { Clock } from '../clock.ts';
import type { RoomNow } from '../store/store.ts';
import { Seldom } from './seldom.ts';

export interface HereCountParts {
  readonly clock: Clock;
  /** To this node's connections in the room. */
  readonly tell: (signal: HereSignal) => void;
}

/** P8: tells one room how many are in it, while nobody is told who comes and goes: at most once a second. */
export class HereCount {
  readonly #tell: HereCountParts['tell'];
  readonly #seldom: Seldom;
  #next: HereSignal | undefined;

  constructor({ clock, tell }: HereCountParts) {
    this.#tell = tell;
    this.#seldom = new Seldom({ clock, everyMs: COUNT_EVERY_MS, run: () => this.#tellNext() });
  }

  /** As the store has just said. The last to be seen is what is told. */
  seen({ address, here, notices }: Pick<RoomNow, 'address' | 'here' | 'notices'>): void {
    if (notices) return this.stop();
    this.#next = { room: address, kind: 'here', count: here };
    this.#seldom.want();
  }

  /** A room's settings say when its count is told, and when it is not any more. */
  delivered(entries: readonly Entry[]): void {
    for (const entry of entries) if (entry.kind === 'settings') this.seen({ ...entry, address: entry.room });
  }

  stop(): void {
    this.#seldom.stop();
    this.#next = undefined;
  }

  #tellNext(): void {
    const signal = this.#next;
    this.#next = undefined;
    if (signal) this.#tell(signal);
  }
}
