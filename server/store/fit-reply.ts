import type { Entry } from '../../protocol/entries.ts';
import { REPLY_MAX_BYTES } from '../../protocol/limits.ts';

/** Measured once each: what is kept to be read again is measured each time. */
const sizes = new WeakMap<Entry, number>();

/** In JSON, with what parts it from the next one. */
export function bytesOf(entry: Entry): number {
  const known = sizes.get(entry);
  if (known !== undefined) return known;
  const size = Buffer.byteLength(JSON.stringify(entry)) + 1;
  sizes.set(entry, size);
  return size;
}

/** R7: what one reply may carry, one entry at least. */
export class ReplyRoom {
  #bytes = 0;

  /** Whether the entry still has a place; it takes it. */
  takes(entry: Entry): boolean {
    const isFirst = this.#bytes === 0;
    this.#bytes += bytesOf(entry);
    return isFirst || this.#bytes <= REPLY_MAX_BYTES;
  }
}

/** How many of `entries`, from the first on, a reply may carry. */
export function fittingEntries(entries: readonly Entry[]): number {
  const room = new ReplyRoom();
  const tooMany = entries.findIndex((entry) => !room.takes(entry));
  return tooMany === -1 ? entries.length : tooMany;
}
