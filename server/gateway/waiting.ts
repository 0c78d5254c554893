/** What may wait for one connection that does not read. It is cut then, and catches up when it comes back. */
export const MAX_WAITING_BYTES = 1024 * 1024;
/** A small packet weighs more than its bytes. */
export const MAX_WAITING_PACKETS = 4_096;

interface Amount {
  bytes: number;
  packets: number;
}

/** What waits in this process for one connection: for its transport, or in it. */
export class Waiting {
  readonly #all: Amount = { bytes: 0, packets: 0 };
  readonly #queued: Amount = { bytes: 0, packets: 0 };
  readonly #sending: Amount = { bytes: 0, packets: 0 };

  get isTooMuch(): boolean {
    return this.#all.bytes > MAX_WAITING_BYTES || this.#all.packets > MAX_WAITING_PACKETS;
  }

  add(bytes: number): void {
    for (const amount of [this.#all, this.#queued]) {
      amount.bytes += bytes;
      amount.packets += 1;
    }
  }

  /** The transport took all that was queued, and says by `sent` when it has sent that. */
  taken(): void {
    move(this.#queued, this.#sending);
  }

  sent(): void {
    this.#goes(this.#sending);
  }

  /** As `taken`, with something of its own to say when it has been sent. */
  takenApart(): () => void {
    const apart: Amount = { bytes: 0, packets: 0 };
    move(this.#queued, apart);
    return () => this.#goes(apart);
  }

  #goes(amount: Amount): void {
    this.#all.bytes -= amount.bytes;
    this.#all.packets -= amount.packets;
    amount.bytes = 0;
    amount.packets = 0;
  }
}

function move(from: Amount, to: Amount): void {
  to.bytes += from.bytes;
  to.packets += from.packets;
  from.bytes = 0;
  from.packets = 0;
}
