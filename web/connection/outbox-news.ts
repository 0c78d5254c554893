import type { Owner } from './outbox-item.ts';

/** Tells the other tabs of this browser that an outbox in storage has changed. Without BroadcastChannel they learn it later. */
export class OutboxNews {
  readonly #channel: BroadcastChannel | undefined;
  readonly #name: string;

  /** `changed` is called when another tab has changed the outbox of `owner`. */
  constructor(owner: Owner, changed: () => void) {
    this.#name = JSON.stringify([owner.room, owner.member]);
    if (typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel('snug outbox');
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === this.#name) changed();
    };
  }

  tell(): void {
    this.#channel?.postMessage(this.#name);
  }

  close(): void {
    this.#channel?.close();
  }
}
