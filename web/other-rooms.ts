import type { Entry } from '../protocol/entries.ts';
import type { Address } from '../protocol/ids.ts';
import type { HereSignal, LeftSignal } from '../protocol/signals.ts';
import { answerOf } from './connection/ask.ts';
import { Handover } from './connection/handover.ts';
import type { Items, Owner } from './connection/outbox-item.ts';
import { RoomLink } from './connection/room-link.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { Seat, type SeatParts } from './seat.ts';

export interface OtherRoomsParts extends Omit<SeatParts, 'events'> {
  /** What waits in a room that is open in this tab is not ours to send. */
  readonly isOpen: (room: Address) => boolean;
  readonly events: OtherRoomsEvents;
}

export interface OtherRoomsEvents {
  /** The connection does not answer, or is in a room as somebody who is not wanted there: another one is to be made. */
  renew(): void;
}

/**
 * S8: a message goes to the room it was typed in, whatever is on screen when it can go. What waits for other rooms is sent
 * over the connection that there is; it is in such a room for as long as it lasts, and a new one only while something waits.
 */
export class OtherRooms {
  readonly #parts: OtherRoomsParts;
  readonly #whereabouts: Whereabouts;
  readonly #rooms = new Map<Address, OtherRoom>();
  #isConnected = false;
  #isSeen = true;
  #isLooking = false;

  constructor(parts: OtherRoomsParts) {
    this.#parts = parts;
    this.#whereabouts = new Whereabouts(parts.texts);
  }

  /** The room on screen has been joined: the connection lives, and the first that somebody waits for is there. */
  connected(): void {
    this.#isConnected = true;
    for (const room of this.#rooms.values()) room.connected();
    void this.#look();
  }

  disconnected(): void {
    this.#isConnected = false;
    for (const room of this.#rooms.values()) room.disconnected();
  }

  received(entry: Entry): void {
    this.#rooms.get(entry.room)?.link.received(entry);
  }

  heard(signal: HereSignal | LeftSignal): void {
    this.#rooms.get(signal.room)?.link.heard(signal);
  }

  seen(): void {
    this.#isSeen = true;
    for (const { seat } of this.#rooms.values()) seat.seen();
    void this.#look();
  }

  hidden(): void {
    this.#isSeen = false;
    for (const { seat } of this.#rooms.values()) seat.hidden();
  }

  /** The room is opened in this tab, which sends what waits there itself. */
  opened(room: Address): void {
    const other = this.#rooms.get(room);
    if (other === undefined) return;
    this.#rooms.delete(room);
    void other.close();
  }

  /** One member of a room at a time: a connection can be in it as one. */
  async #look(): Promise<void> {
    if (this.#isLooking || !this.#isConnected) return;
    this.#isLooking = true;
    const waiting = await this.#waiting();
    const own = waiting.length > 0 ? await this.#ownRooms() : undefined;
    this.#isLooking = false;
    for (const owner of own ? waiting : []) {
      if (this.#parts.isOpen(owner.room)) continue;
      // Its name was given up, or the session is another one.
      if (!own?.has(owner.room)) this.#whereabouts.left(owner);
      else if (!this.#rooms.has(owner.room)) this.#open(owner);
    }
  }

  async #waiting(): Promise<readonly Owner[]> {
    const { isOpen, storage, texts } = this.#parts;
    const elsewhere = this.#whereabouts.all.filter(({ room }) => !isOpen(room) && !this.#rooms.has(room));
    if (elsewhere.length === 0) return [];
    const queues = await storage.queues().catch(() => []);
    const kept = queues.filter(({ items }) => isWaiting(items));
    return elsewhere.flatMap((owner) => {
      const queue = kept.find(({ room, member }) => room === owner.room && member === owner.member);
      if (queue) return [{ ...owner, name: queue.name }];
      return new Handover(texts, owner).left().length > 0 ? [owner] : [];
    });
  }

  async #ownRooms(): Promise<ReadonlySet<Address> | undefined> {
    const reply = await answerOf(this.#parts.ask('rooms', {}));
    return reply?.ok ? new Set(reply.rooms.map(({ room }) => room)) : undefined;
  }

  #open(owner: Owner): void {
    const { events } = this.#parts;
    const room = new OtherRoom(owner, this.#parts, {
      renew: () => events.renew(),
      isIn: () => this.#whereabouts.has(owner),
      sent: () => this.#close(owner, room),
      isOut: () => {
        this.#whereabouts.left(owner);
        this.#close(owner, room);
      },
    });
    this.#rooms.set(owner.room, room);
    room.open(this.#isSeen, this.#isConnected);
  }

  #close(owner: Owner, room: OtherRoom): void {
    if (this.#rooms.get(owner.room) !== room) return;
    this.#rooms.delete(owner.room);
    void room.close().then(() => this.#look());
  }
}

interface OtherRoomEvents extends OtherRoomsEvents {
  /** False once the member has left, in whatever tab. */
  isIn(): boolean;
  /** Nothing waits any more. */
  sent(): void;
  /** The member is not in the room, and stays out until it comes in again. */
  isOut(): void;
}

/** What one member has waiting in a room that is not on screen, and the way there once it is this tab's turn to send it. */
class OtherRoom {
  readonly link: RoomLink;
  readonly seat: Seat;
  readonly #events: OtherRoomEvents;
  #isSender = false;
  #isConnected = false;
  #isJoining = false;

  constructor(owner: Owner, parts: Omit<SeatParts, 'events'>, events: OtherRoomEvents) {
    this.#events = events;
    this.seat = new Seat(owner, {
      ...parts,
      events: {
        changed: ({ items }) => {
          if (!isWaiting(items)) events.sent();
        },
        silent: () => events.renew(),
        notJoined: () => this.link.notJoined(),
        sends: (isSender) => {
          this.#isSender = isSender;
          this.#join();
        },
      },
    });
    this.link = new RoomLink({
      ...parts,
      room: owner.room,
      as: owner.member,
      events: {
        changed: (state) => this.seat.reached(state),
        saw: (entries) => this.seat.outbox.saw(entries),
        joined: (me) => {
          if (me.id === owner.member) return this.seat.joined(undefined);
          // The member is one of an earlier session. Whoever is in the room by this connection now was not asked.
          events.isOut();
          events.renew();
        },
        ended: ({ code }) => {
          if (code === 'notMember') events.isOut();
        },
        silent: () => events.renew(),
      },
    });
  }

  open(isSeen: boolean, isConnected: boolean): void {
    this.#isConnected = isConnected;
    this.seat.open(isSeen);
  }

  connected(): void {
    this.#isConnected = true;
    this.#join();
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#isJoining = false;
    this.link.disconnected();
    this.seat.outbox.offline();
  }

  /** Once what was settled last is on the disk, and the other tabs know. */
  async close(): Promise<void> {
    this.link.disconnected();
    await this.seat.outbox.reload();
    this.seat.close();
  }

  /** Whoever joins is seen there: not before there is something that this tab is to send. */
  #join(): void {
    if (!this.#isSender || !this.#isConnected || this.#isJoining) return;
    if (!this.#events.isIn()) return this.#events.isOut();
    this.#isJoining = true;
    this.link.connected();
  }
}

function isWaiting(items: Items): boolean {
  return items.some(({ refusal }) => !refusal);
}
