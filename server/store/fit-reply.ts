import { REPLY_MAX_BYTES } from '../../protocol/limits.ts';

/** Measured once each: what is kept to be read again is measured each time. */
const sizes = new WeakMap<object, number>();

/** In JSON, with what parts it from the next one. */
export function bytesOf(part: object): number {
  const known = sizes.get(part);
  if (known !== undefined) return known;
  const size = Buffer.byteLength(JSON.stringify(part)) + 1;
  sizes.set(part, size);
  return size;
}

/** R7: what one reply may carry, one of its parts at least. */
export class ReplyRoom {
  #bytes = 0;

  /** Whether the part still has a place; it takes it. */
  takes(part: object): boolean {
    const isFirst = this.#bytes === 0;
    this.#bytes += bytesOf(part);
    return isFirst || this.#bytes <= REPLY_MAX_BYTES;
  }
}

/** How many of `entries`, from the first on, a reply may carry. */
export function fittingEntries(entries: readonly object[]): number {
  const room = new ReplyRoom();
  const tooMany = entries.findIndex((entry) => !room.takes(entry));
  return tooMany === -1 ? entries.length : tooMany;
}
