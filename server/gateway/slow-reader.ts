/** What may wait for one connection that does not read. It is cut then, and catches up when it comes back. */
export const MAX_WAITING_BYTES = 1024 * 1024;
/** A small packet weighs more than its bytes. */
export const MAX_WAITING_PACKETS = 4_096;

/** The part of an Engine.IO socket that is needed here: `flush` says that its transport took all there was. */
export interface Outgoing {
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'flush', listener: () => void): unknown;
}

/** Calls `cut` once, when too much waits. */
export function cutWhenSlow(outgoing: Outgoing, cut: () => void): void {
  let bytes = 0;
  let packets = 0;
  let isCut = false;
  outgoing.on('flush', () => {
    bytes = 0;
    packets = 0;
  });
  outgoing.on('packetCreate', ({ data }) => {
    // Characters, which are one to three bytes each: near enough for a bound.
    bytes += typeof data === 'string' ? data.length : 0;
    packets += 1;
    if (isCut || (bytes <= MAX_WAITING_BYTES && packets <= MAX_WAITING_PACKETS)) return;
    isCut = true;
    cut();
  });
}
