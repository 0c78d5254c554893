import type { Entry } from '../protocol/entries.ts';
import type { Address } from '../protocol/ids.ts';
import type { HereSignal, LeftSignal } from '../protocol/signals.ts';
import type { OtherRooms } from './other-rooms.ts';

/** Gives it once its code is here. */
export type LoadOtherRooms = () => Promise<OtherRooms>;

/**
 * The other rooms, whose code comes after the first join. Nothing is missed before: this connection is in no other room yet, and
 * what waits for one is on the disk. Where the code could not be loaded, the next connection or look at the page asks again.
 */
export class OtherRoomsLater {
  readonly #load: LoadOtherRooms;
  #rooms: OtherRooms | undefined;
  #isLoading = false;
  #isConnected = false;
  #isSeen = true;

  constructor(load: LoadOtherRooms) {
    this.#load = load;
  }

  connected(): void {
    this.#isConnected = true;
    if (this.#rooms) this.#rooms.connected();
    else void this.#come();
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#rooms?.disconnected();
  }

  received(entry: Entry): void {
    this.#rooms?.received(entry);
  }

  heard(signal: HereSignal | LeftSignal): void {
    this.#rooms?.heard(signal);
  }

  seen(): void {
    this.#isSeen = true;
    if (this.#rooms) this.#rooms.seen();
    else if (this.#isConnected) void this.#come();
  }

  hidden(): void {
    this.#isSeen = false;
    this.#rooms?.hidden();
  }

  opened(room: Address): void {
    this.#rooms?.opened(room);
  }

  async #come(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const rooms = await this.#load().catch(() => undefined);
    this.#isLoading = false;
    if (rooms === undefined) return;
    this.#rooms = rooms;
    if (!this.#isSeen) rooms.hidden();
    if (this.#isConnected) rooms.connected();
  }
}
