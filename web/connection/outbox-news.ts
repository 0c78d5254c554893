import type { Owner } from './outbox-item.ts';
import type { Settled } from './outbox.ts';
import type { LockWord } from './sending-lock.ts';

export interface OutboxNewsEvents {
  /** Another tab has changed what is stored. */
  stored(): void;
  /** S5: another tab was told so. */
  settled(settled: Settled): void;
  /** S6: which of them is to send. */
  lock(word: LockWord): void;
}

/** As it goes from tab to tab of one version: a tab of another one is not understood, and learns it later. */
interface News {
  readonly version: 1;
  readonly outbox: string;
  readonly settled?: Settled;
  readonly lock?: LockWord;
}

/** Tells the other tabs of this browser what has become of an outbox. Without BroadcastChannel they learn it later. */
export class OutboxNews {
  #channel: BroadcastChannel | undefined;
  readonly #outbox: string;

  /** The events are of other tabs, and of the outbox of `owner` alone. */
  constructor(owner: Owner, events: OutboxNewsEvents) {
    this.#outbox = JSON.stringify([owner.room, owner.member]);
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel('snug outbox');
    this.#channel.onmessage = ({ data }: MessageEvent<Partial<News> | undefined>) => {
      if (data?.version !== 1 || data.outbox !== this.#outbox) return;
      if (data.settled) events.settled(data.settled);
      else if (data.lock) events.lock(data.lock);
      else events.stored();
    };
  }

  stored(): void {
    this.#post({ version: 1, outbox: this.#outbox });
  }

  settled(settled: Settled): void {
    this.#post({ version: 1, outbox: this.#outbox, settled });
  }

  lock(word: LockWord): void {
    this.#post({ version: 1, outbox: this.#outbox, lock: word });
  }

  close(): void {
    this.#channel?.close();
    // What is stored from now on is not said: a channel that is closed throws.
    this.#channel = undefined;
  }

  #post(news: News): void {
    this.#channel?.postMessage(news);
  }
}
