import type { Cancel, Clock } from './clock.ts';
import type { Owner } from './outbox-item.ts';

/** What is needed of navigator.locks. */
export interface Locks {
  request(
    name: string,
    options: { signal: AbortSignal } | { steal: true },
    granted: () => Promise<void>,
  ): Promise<unknown>;
  query(): Promise<{ held?: { name?: string }[]; pending?: { name?: string }[] }>;
}

/**
 * What the tabs of one member tell each other of their lock. wanted: a tab that is looked at waits for it. held: a tab that
 * is looked at has it, and goes on. hidden: a tab that nobody looks at has it.
 */
export type LockWord = 'wanted' | 'held' | 'hidden';

/** A tab that lives answers within milliseconds, or is busy drawing for a second; one that is suspended never does. */
const PATIENCE_MS = 3_000;

export interface SendingLockParts {
  /** Without Web Locks every tab sends: what two send at once is stored once (L3). */
  readonly locks: Locks | undefined;
  readonly owner: Owner;
  readonly clock: Clock;
  /** Where this tab is to send no more, resolves when nothing of it is under way. */
  readonly setSender: (isSender: boolean) => Promise<void>;
  /** To the other tabs of this member, which are to call heard(). */
  readonly say: (word: LockWord) => void;
}

/**
 * S6: of all tabs that are one member in one room, one sends. The lock is free when its tab closes or crashes. A tab that
 * is hidden gives it to one that is looked at, before that one asks or after: a phone suspends hidden tabs, and a suspended
 * sender is none. From one that was suspended with the lock it is taken away.
 */
export class SendingLock {
  readonly #parts: SendingLockParts;
  readonly #name: string;
  #isSeen = false;
  /** Of the request for the lock that waits or was granted. */
  #stop: AbortController | undefined;
  #release: (() => void) | undefined;
  #patience: Cancel | undefined;

  constructor(parts: SendingLockParts) {
    this.#parts = parts;
    this.#name = lockName(parts.owner);
  }

  /** Asks for the lock; `setSender(true)` is called when this tab has it. `isSeen`: somebody looks at the tab. */
  open(isSeen: boolean): void {
    if (this.#stop) return;
    this.#isSeen = isSeen;
    this.#ask();
  }

  seen(): void {
    this.#isSeen = true;
    this.#want();
  }

  hidden(): void {
    this.#isSeen = false;
    this.#patience?.();
    if (!this.#release) return;
    // Where something is under way the tab may be suspended before it can let go.
    this.#parts.say('hidden');
    void this.#giveWay();
  }

  heard(word: LockWord): void {
    switch (word) {
      case 'wanted':
        if (!this.#release) return;
        if (this.#isSeen) return this.#parts.say('held');
        return void this.#giveWay();
      case 'held':
        return this.#patience?.();
      case 'hidden':
        return this.#want();
    }
  }

  /**
   * By then a tab that was suspended knows that its lock was taken away: the browser tells it that before it answers what is
   * asked later.
   */
  async confirmed(): Promise<void> {
    await this.#parts.locks?.query().catch(() => {});
  }

  close(): void {
    this.#patience?.();
    const stop = this.#stop;
    this.#stop = undefined;
    stop?.abort();
    if (!this.#release) return;
    void this.#parts.setSender(false);
    this.#release();
    this.#release = undefined;
  }

  #ask(isTaken = false): void {
    const { locks, setSender } = this.#parts;
    if (!locks) return void setSender(true);
    const stop = new AbortController();
    this.#stop = stop;
    // Nobody is asked before a lock is taken away, so there is nothing to stop.
    const options = isTaken ? ({ steal: true } as const) : { signal: stop.signal };
    let isGranted = false;
    const granted = () => {
      isGranted = true;
      return this.#granted(stop);
    };
    locks.request(this.#name, options, granted).catch(() => {
      // Closed, or given away.
      if (this.#stop !== stop) return;
      // A page that may not have locks is in a browser without them.
      if (isGranted) this.#lost();
      else void setSender(true);
    });
    if (!isTaken) this.#want();
  }

  #granted(stop: AbortController): Promise<void> {
    if (this.#stop !== stop) return Promise.resolve();
    this.#patience?.();
    const released = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    void this.#parts.setSender(true);
    this.#parts.say(this.#isSeen ? 'held' : 'hidden');
    return released;
  }

  /** S2: what is under way is answered first. Behind all that wait already this tab waits again. */
  async #giveWay(): Promise<void> {
    const [stop, release] = [this.#stop, this.#release];
    this.#release = undefined;
    await this.#parts.setSender(false);
    release?.();
    if (stop && this.#stop === stop) this.#ask();
  }

  /** Only a tab that waits and is looked at: hidden ones would hand it to each other for ever. */
  #want(): void {
    if (!this.#isSeen || !this.#stop || this.#release) return;
    this.#patience?.();
    this.#patience = this.#parts.clock.after(PATIENCE_MS, () => this.#takeAway());
    this.#parts.say('wanted');
  }

  #takeAway(): void {
    this.#stop?.abort();
    this.#ask(true);
  }

  /** Taken away by a tab that had asked and was not answered. */
  #lost(): void {
    this.#release = undefined;
    void this.#parts.setSender(false);
    this.#ask();
  }
}

/** Whether some tab of this browser sends for that member, or waits for its turn to. */
export async function isSentFor(locks: Locks | undefined, owner: Owner): Promise<boolean> {
  const name = lockName(owner);
  const { held = [], pending = [] } = (await locks?.query()) ?? {};
  return [...held, ...pending].some((lock) => lock.name === name);
}

export function lockName({ room, member }: Owner): string {
  return `snug outbox ${JSON.stringify([room, member])}`;
}
