import type { Seq } from '../protocol/ids.ts';
import { whyNot } from './connection/history-outcome.ts';
import type { RoomLink } from './connection/room-link.ts';

export interface ReadingDeskParts {
  readonly link: () => Pick<RoomLink, 'showAround'>;
  /** The address of the page: it may name a message to open the room around. */
  readonly address: URL;
  readonly changed: () => void;
}

/** What a room's page shows of how far somebody reads there. */
export interface Reading {
  /** Why one was not led where one wanted: another object each time. */
  readonly notLed: { readonly why: string } | undefined;
}

/** Where a member reads in a room, beside the lines themselves. */
export class ReadingDesk {
  readonly #parts: ReadingDeskParts;
  #at: Seq | undefined;
  #reading: Reading = { notLed: undefined };

  constructor(parts: ReadingDeskParts) {
    this.#parts = parts;
    this.#at = seqIn(parts.address);
  }

  /** The same object until something of it has changed. */
  get reading(): Reading {
    return this.#reading;
  }

  /** The room was joined: the first time, the address says where to open it. */
  joined(): void {
    const at = this.#at;
    this.#at = undefined;
    if (at !== undefined) this.showAround(at);
  }

  /** Leads to a message, loading what is around it where it is not in memory. */
  showAround(seq: Seq): void {
    void this.#lead({ around: seq });
  }

  async #lead(where: Parameters<RoomLink['showAround']>[0]): Promise<void> {
    const why = whyNot(await this.#parts.link().showAround(where));
    if (why !== undefined) this.#become({ notLed: { why } });
  }

  #become(change: Partial<Reading>): void {
    this.#reading = { ...this.#reading, ...change };
    this.#parts.changed();
  }
}

/** Which message an address names. */
export function seqIn(address: URL): Seq | undefined {
  const at = address.searchParams.get('at') ?? '';
  // Fifteen digits are exact, and more messages than any room will have.
  return /^[1-9]\d{0,14}$/u.test(at) ? Number(at) : undefined;
}
