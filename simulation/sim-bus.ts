// The bus between the nodes: it loses, repeats, delays and reorders, falls silent, and breaks off for one of them.
import type { RoomId } from '../protocol/ids.ts';
import type { Bus, BusListener } from '../server/bus/bus.ts';
import type { Dice } from './dice.ts';
import type { Host } from './host.ts';
import type { Weather } from './weather.ts';

const LATE_MS = 300;
const REPEATED_AFTER_MS = 40;

export class Exchange {
  readonly #buses = new Set<SimBus>();
  /** Nothing arrives, and nobody is told so. */
  isSilent = false;

  add(bus: SimBus): void {
    this.#buses.add(bus);
  }

  remove(bus: SimBus): void {
    this.#buses.delete(bus);
  }

  buses(): readonly SimBus[] {
    return [...this.#buses];
  }
}

export interface SimBusParts {
  readonly exchange: Exchange;
  readonly host: Host;
  readonly dice: Dice;
  readonly weather: Weather;
}

export class SimBus implements Bus {
  readonly #parts: SimBusParts;
  readonly #rooms = new Set<RoomId>();
  #listener: BusListener | undefined;
  #isCut = false;

  constructor(parts: SimBusParts) {
    this.#parts = parts;
    parts.exchange.add(this);
  }

  publish(room: RoomId, hint: Uint8Array): void {
    if (this.#isCut) return this.#listener?.suspect();
    for (const other of this.#parts.exchange.buses()) {
      if (other !== this) this.#carry(() => other.#arrive(room, (listener) => listener.hint(room, hint)));
    }
  }

  announce(digest: Uint8Array): void {
    if (this.#isCut) return this.#listener?.suspect();
    for (const other of this.#parts.exchange.buses()) {
      this.#carry(() => other.#arrive(undefined, (listener) => listener.digest(digest)));
    }
  }

  subscribe(room: RoomId): Promise<void> {
    const { host } = this.#parts;
    return host.ask(2, async () => void this.#rooms.add(room), 1);
  }

  unsubscribe(room: RoomId): Promise<void> {
    const { host } = this.#parts;
    return host.ask(2, async () => void this.#rooms.delete(room), 1);
  }

  listen(listener: BusListener): void {
    this.#listener = listener;
  }

  async close(): Promise<void> {
    this.#parts.exchange.remove(this);
  }

  /** The connection to the bus is gone; `mend` brings it back. */
  cut(): void {
    this.#isCut = true;
    this.#parts.host.run(() => this.#listener?.suspect());
  }

  mend(): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    this.#parts.host.run(() => this.#listener?.gap());
  }

  #carry(arrive: () => void): void {
    const { host, dice, weather, exchange } = this.#parts;
    const isLost = dice.chance(weather.hintLost);
    const delay = 1 + dice.below(3) + (dice.chance(weather.hintLate) ? dice.below(LATE_MS) : 0);
    const isRepeated = dice.chance(weather.hintTwice);
    if (exchange.isSilent || isLost) return;
    host.world.after(delay, arrive);
    if (isRepeated) host.world.after(delay + dice.below(REPEATED_AFTER_MS), arrive);
  }

  #arrive(room: RoomId | undefined, tell: (listener: BusListener) => void): void {
    const { host, exchange } = this.#parts;
    if (this.#isCut || exchange.isSilent || (room !== undefined && !this.#rooms.has(room))) return;
    host.run(() => this.#listener && tell(this.#listener));
  }
}
