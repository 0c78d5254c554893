const MB = 1024 * 1024;
/** What the program takes before anybody comes, 105 MB, and what may wait in it for the store (docs/safety.md). */
const OWN_BYTES = 128 * MB;
/** Measured with 5,000 that are each in a room: 22 kB. What is told to many waits for all of them once. */
const CONNECTION_BYTES = 32 * 1024;
/** Of a process that has less than its own we know no better. */
const LEAST = 100;

/** How many connections a process has room for: with one more the system might end it, and with it all of them. */
export function mostConnectionsIn(bytes: number): number {
  return Math.max(LEAST, Math.floor((bytes - OWN_BYTES) / CONNECTION_BYTES));
}
