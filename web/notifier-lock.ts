import type { Address } from '../protocol/ids.ts';
import type { Locks } from './connection/sending-lock.ts';

/**
 * Point 27: of all tabs of one browser that are in a room, one tells of it. It is the one in which somebody looked at the room last:
 * whoever looks takes it, and so nothing is told of what they have before them, in whatever tab. The others wait for it.
 */
export class NotifierLock {
  readonly #locks: Locks | undefined;
  readonly #name: string;
  readonly #lost: () => void;
  /** Of the request that waits or was granted. */
  #stop: AbortController | undefined;
  #isHeld = false;

  /** `lost`: somebody looks at the room in another tab. */
  constructor(locks: Locks | undefined, room: Address, lost: () => void) {
    this.#locks = locks;
    this.#name = `snug notifier ${room}`;
    this.#lost = lost;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  wait(): void {
    if (this.#stop === undefined) this.#ask(false);
  }

  take(): void {
    if (this.#isHeld) return;
    this.#stop?.abort();
    this.#ask(true);
  }

  #ask(isTaken: boolean): void {
    const stop = new AbortController();
    this.#stop = stop;
    // Without Web Locks every tab is its own notifier; the browser shows what they have in common once, by its tag.
    if (this.#locks === undefined) return this.#hold();
    const options = isTaken ? ({ steal: true } as const) : { signal: stop.signal };
    const granted = (): Promise<void> => {
      if (this.#stop !== stop) return Promise.resolve();
      this.#hold();
      // Until the tab closes, or another one takes it.
      return new Promise(() => {});
    };
    this.#locks.request(this.#name, options, granted).catch(() => {
      if (this.#stop !== stop) return;
      // A page that may not have locks is in a browser without them.
      if (!this.#isHeld) return this.#hold();
      this.#isHeld = false;
      this.#lost();
      this.#ask(false);
    });
  }

  #hold(): void {
    this.#isHeld = true;
  }
}
