/** What the requests of one connection may weigh while they are carried out: twenty of the largest that the outbox sends. */
export const MAX_RUNNING_BYTES = 1024 * 1024;
/** And those of all connections together: a store that stands still must not fill the memory, however many ask. */
export const MAX_ALL_RUNNING_BYTES = 64 * 1024 * 1024;

/** Of one connection, or of all: what has been taken and not answered yet. */
export class Load {
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#bytes + bytes <= this.#most;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }
}

/** What an object or a number takes beside its characters, roughly. */
const NODE_BYTES = 16;
/** Deeper than any request that is not refused: what is below it was little enough for one packet. */
const LOOKED_INTO = 8;

/** About how many bytes a value takes that came in a packet. */
export function weightOf(value: unknown, depth: number = LOOKED_INTO): number {
  if (typeof value === 'string') return NODE_BYTES + 2 * value.length;
  if (typeof value !== 'object' || value === null || depth === 0) return NODE_BYTES;
  if (ArrayBuffer.isView(value)) return NODE_BYTES + value.byteLength;
  let bytes = NODE_BYTES;
  for (const [key, part] of Object.entries(value)) bytes += weightOf(key, 0) + weightOf(part, depth - 1);
  return bytes;
}
