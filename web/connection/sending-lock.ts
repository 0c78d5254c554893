import type { Owner } from './outbox-item.ts';

/** What is needed of navigator.locks. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, granted: () => Promise<void>): Promise<unknown>;
  query(): Promise<{ held?: { name?: string }[] }>;
}

/**
 * S6: of all tabs that are one member in one room, one sends. The lock is free when its tab closes or crashes. A tab that
 * is hidden gives it up when another one waits for it: a phone suspends hidden tabs, and a suspended sender is none.
 */
export class SendingLock {
  readonly #locks: Locks | undefined;
  readonly #name: string;
  readonly #setSender: (isSender: boolean) => void;
  #release: (() => void) | undefined;
  #stop: AbortController | undefined;

  /** Without Web Locks every tab sends: what two send at once is stored once (L3). */
  constructor(locks: Locks | undefined, owner: Owner, setSender: (isSender: boolean) => void) {
    this.#locks = locks;
    this.#name = lockName(owner);
    this.#setSender = setSender;
  }

  /** Asks for the lock; `setSender(true)` is called when this tab has it. */
  open(): void {
    if (this.#stop) return;
    if (!this.#locks) return this.#setSender(true);
    const stop = new AbortController();
    this.#stop = stop;
    // Rejects when it is closed while waiting, which is as it should be.
    this.#locks.request(this.#name, { signal: stop.signal }, () => this.#held(stop)).catch(() => {});
  }

  /** The tab is hidden: another one that waits may send from now on. With none waiting this tab goes on. */
  giveWay(): void {
    if (!this.#release) return;
    this.close();
    this.open();
  }

  close(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#release?.();
    this.#release = undefined;
  }

  #held(stop: AbortController): Promise<void> {
    if (stop.signal.aborted) return Promise.resolve();
    this.#setSender(true);
    return new Promise((resolve) => {
      this.#release = () => {
        this.#setSender(false);
        resolve();
      };
    });
  }
}

/** Whether some tab of this browser sends for that member. */
export async function isSentFor(locks: Locks | undefined, owner: Owner): Promise<boolean> {
  const name = lockName(owner);
  const held = (await locks?.query())?.held ?? [];
  return held.some((lock) => lock.name === name);
}

function lockName({ room, member }: Owner): string {
  return `snug outbox ${JSON.stringify([room, member])}`;
}
