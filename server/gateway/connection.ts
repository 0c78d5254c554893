import type { Address, DeviceId, MemberId, RoomId, SessionId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/signals.ts';
import type { RoomLog } from '../log/room-log.ts';
import type { Caller, Place, TakenOut } from '../rooms/act.ts';
import { Turns } from '../rooms/turns.ts';
import { KEYLESS, type Member, type Room } from '../store/store.ts';
import type { Connections } from './connections.ts';
import type { Who } from './handshake.ts';

/** What a connection does to its socket. */
export interface Line {
  /** Names the socket among those of this node. */
  readonly id: string;
  subscribe(room: RoomId): void;
  unsubscribe(room: RoomId): void;
  /** To what is told of the room to those who are not in it. */
  watch(room: RoomId): void;
  unwatch(room: RoomId): void;
  signal(signal: Signal): void;
  /** What was sent before still arrives; a browser then comes back by itself. */
  close(): void;
}

export interface ConnectionParts {
  readonly who: Who;
  /** For those that can prove to be the same when they come back, in ms. */
  readonly graceMs: number;
  readonly line: Line;
  readonly log: Pick<RoomLog, 'leave' | 'went' | 'unwatch'>;
  readonly connections: Connections;
}

/** One socket, as the rules see it: who it is, and where. What the log counts for it is counted back when it closes. */
export class Connection implements Caller {
  readonly turns = new Turns();
  readonly #parts: ConnectionParts;
  readonly #places = new Map<Address, Place>();
  readonly #watched = new Map<RoomId, readonly MemberId[]>();
  #isOpen = true;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    parts.connections.add(this);
  }

  get session(): SessionId {
    return this.#parts.who.session;
  }

  get device(): DeviceId | undefined {
    return this.#parts.who.device;
  }

  get home(): Caller['home'] {
    return this.#parts.who.home;
  }

  /** H5: without a key nobody can come back as the same. */
  get graceMs(): number {
    return this.session === KEYLESS ? 0 : this.#parts.graceMs;
  }

  get socketId(): string {
    return this.#parts.line.id;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  at(address: Address): Place | undefined {
    return this.#places.get(address);
  }

  isIn(room: RoomId): boolean {
    return [...this.#places.values()].some((place) => place.room.id === room);
  }

  enter(room: Room, member: Member): void {
    const before = this.#places.get(room.address);
    if (before) this.#parts.connections.displaced(before.member, this);
    this.#places.set(room.address, { room, member: member.id });
    this.#parts.connections.placed(member.id, this);
    this.#parts.line.subscribe(room.id);
  }

  get watched(): ReadonlyMap<RoomId, readonly MemberId[]> {
    return this.#watched;
  }

  watch(room: RoomId, members: readonly MemberId[]): void {
    this.#stopWatching(room);
    this.#watched.set(room, members);
    for (const member of members) this.#parts.connections.watches(member, this);
    this.#parts.line.watch(room);
  }

  unwatch(room: RoomId): void {
    if (!this.#watched.has(room)) return;
    this.#stopWatching(room);
    this.#parts.line.unwatch(room);
    this.#parts.log.unwatch(room);
  }

  /** Nobody is this member any more. */
  forget(member: MemberId): void {
    for (const [room, members] of this.#watched) {
      if (!members.includes(member)) continue;
      const left = members.filter((one) => one !== member);
      if (left.length > 0) this.watch(room, left);
      else this.unwatch(room);
    }
  }

  #stopWatching(room: RoomId): void {
    for (const member of this.#watched.get(room) ?? []) this.#parts.connections.unwatches(member, this);
    this.#watched.delete(room);
  }

  takeOut(room: RoomId, member: MemberId): TakenOut {
    const { connections } = this.#parts;
    return this.session === KEYLESS ? connections.takeOutAlone(room, member, this) : connections.takeOut(room, member);
  }

  /** Counts nothing back: whoever takes a place away does. The room's address; undefined where it had no such place. */
  losePlace(room: RoomId, member: MemberId): Address | undefined {
    for (const [address, place] of this.#places) {
      if (place.room.id === room && place.member === member && this.#places.delete(address)) return address;
    }
    return undefined;
  }

  /** P10: its member has left the room, perhaps in another tab, and there may be no notice of that. */
  tellLeft(room: Address): void {
    this.tell({ room, kind: 'left' });
  }

  tell(signal: Signal): void {
    this.#parts.line.signal(signal);
  }

  /** It hears nothing of the room any more, whether it has a place there or not. */
  silence(room: RoomId): void {
    this.#parts.line.unsubscribe(room);
  }

  close(): void {
    this.#parts.line.close();
  }

  /** The socket is gone: counts back. Unless `isTold`, no room will hear of it from this node. */
  closed(isTold: boolean): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#countBack(isTold);
    } finally {
      // Nobody is to find it any more.
      this.#places.clear();
      this.#parts.connections.remove(this);
    }
  }

  #countBack(isTold: boolean): void {
    const { connections, log } = this.#parts;
    for (const { room, member } of this.#places.values()) {
      connections.displaced(member, this);
      log.leave(room.id);
      if (isTold) log.went(member, this.graceMs);
    }
    for (const room of this.#watched.keys()) this.unwatch(room);
  }
}
