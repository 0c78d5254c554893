// What server/gateway does with sockets, and nothing else: connections, their places, requests in, entries out.
import type { Entry } from '../protocol/entries.ts';
import type { Address, MemberId, RoomId, SessionId } from '../protocol/ids.ts';
import { refused } from '../protocol/refusals.ts';
import { type ParsedRequest, type ReplyTo, type RequestName, REQUESTS } from '../protocol/requests.ts';
import type { Signal } from '../protocol/signals.ts';
import { newsFor, type Tally } from '../server/log/room-tally.ts';
import { GRACE_MS } from '../server/log/presence.ts';
import type { Act, Caller, Place, TakenOut } from '../server/rooms/act.ts';
import { catchUp } from '../server/rooms/catch-up.ts';
import { titleRoom, topicRoom } from '../server/rooms/change-room.ts';
import { deleteMessage } from '../server/rooms/delete-message.ts';
import { editMessage } from '../server/rooms/edit-message.ts';
import { joinRoom } from '../server/rooms/join-room.ts';
import { leaveRoom } from '../server/rooms/leave-room.ts';
import { listMentions } from '../server/rooms/list-mentions.ts';
import { listRooms } from '../server/rooms/list-rooms.ts';
import { listPins } from '../server/rooms/list-pins.ts';
import { pinMessage, unpinMessage } from '../server/rooms/pin-message.ts';
import { markRead, markUnread } from '../server/rooms/mark-read.ts';
import { postMessage } from '../server/rooms/post-message.ts';
import { react, unreact } from '../server/rooms/react.ts';
import { readEarlier } from '../server/rooms/read-earlier.ts';
import { readHere } from '../server/rooms/read-here.ts';
import { readHistory } from '../server/rooms/read-history.ts';
import { readMessages } from '../server/rooms/read-messages.ts';
import { Refusal } from '../server/rooms/refusal.ts';
import { renameMember } from '../server/rooms/rename-member.ts';
import { search } from '../server/rooms/search.ts';
import { tellTyping } from '../server/rooms/tell-typing.ts';
import { Turns } from '../server/rooms/turns.ts';
import { type Member, type Room, StoreUnavailable } from '../server/store/store.ts';
import type { Ledger } from './ledger.ts';

export type AnyReply = ReplyTo<RequestName>;
type Serve = (act: Act, caller: Caller, raw: unknown) => Promise<AnyReply>;

function serve<Name extends RequestName>(
  name: Name,
  run: (act: Act, caller: Caller, request: ParsedRequest<Name>) => Promise<ReplyTo<Name>>,
): Serve {
  const { request } = REQUESTS[name];
  return (act, caller, raw) => run(act, caller, request.parse(raw) as ParsedRequest<Name>);
}

const SERVED: ReadonlyMap<RequestName, Serve> = new Map<RequestName, Serve>([
  ['join', serve('join', joinRoom)],
  ['leave', serve('leave', leaveRoom)],
  ['message', serve('message', postMessage)],
  ['edit', serve('edit', editMessage)],
  ['delete', serve('delete', deleteMessage)],
  ['react', serve('react', react)],
  ['unreact', serve('unreact', unreact)],
  ['pin', serve('pin', pinMessage)],
  ['unpin', serve('unpin', unpinMessage)],
  ['title', serve('title', titleRoom)],
  ['topic', serve('topic', topicRoom)],
  ['catchUp', serve('catchUp', catchUp)],
  ['history', serve('history', readHistory)],
  ['messages', serve('messages', readMessages)],
  ['pins', serve('pins', listPins)],
  ['earlier', serve('earlier', readEarlier)],
  ['mentions', serve('mentions', listMentions)],
  ['search', serve('search', search)],
  ['here', serve('here', readHere)],
  ['read', serve('read', markRead)],
  ['unread', serve('unread', markUnread)],
  ['typing', serve('typing', tellTyping)],
  ['rooms', serve('rooms', listRooms)],
  ['rename', serve('rename', renameMember)],
]);

/** As which member, and since when by the clock of the world. */
interface Seat extends Place {
  readonly since: number;
}

interface Heard {
  /** The seq that it was told last. */
  last: number | undefined;
}

/** The server's end of one connection. */
export class Connection implements Caller {
  readonly session: SessionId;
  readonly home = undefined;
  readonly graceMs = GRACE_MS;
  readonly turns = new Turns();
  readonly send: (entry: Entry) => void;
  readonly signal: (signal: Signal) => void;
  readonly close: () => void;
  isOpen = true;
  readonly #gateway: Gateway;
  readonly #now: () => number;
  readonly #places = new Map<Address, Seat>();
  readonly watched = new Map<RoomId, readonly MemberId[]>();
  /** What it hears, since when it entered. */
  readonly #hears = new Map<RoomId, Heard>();

  constructor(
    gateway: Gateway,
    session: SessionId,
    end: Pick<Connection, 'send' | 'signal' | 'close'> & { now: () => number },
  ) {
    this.#gateway = gateway;
    this.session = session;
    this.send = end.send;
    this.signal = end.signal;
    this.close = end.close;
    this.#now = end.now;
  }

  at(address: Address): Place | undefined {
    return this.#places.get(address);
  }

  get places(): readonly Place[] {
    return [...this.#places.values()];
  }

  /** Since when it has been in the room as this member; undefined where it is not. */
  since(room: RoomId, member: MemberId): number | undefined {
    return [...this.#places.values()].find((seat) => seat.room.id === room && seat.member === member)?.since;
  }

  hears(room: RoomId): Heard | undefined {
    return this.#hears.get(room);
  }

  enter(room: Room, member: Member): void {
    this.#places.set(room.address, { room, member: member.id, since: this.#now() });
    this.#hears.set(room.id, { last: undefined });
  }

  watch(room: RoomId, members: readonly MemberId[]): void {
    this.watched.set(room, members);
  }

  unwatch(room: RoomId): void {
    if (this.watched.delete(room)) this.#gateway.unwatched(room);
  }

  takeOut(room: RoomId, member: MemberId): TakenOut {
    return this.#gateway.takeOut(room, member);
  }

  /** It has no place there any more, if it was there as this member; it hears the room until it is silenced. */
  leavePlace(room: RoomId, member: MemberId): Place | undefined {
    const place = this.places.find((one) => one.room.id === room && one.member === member);
    if (place) this.#places.delete(place.room.address);
    return place;
  }

  /** It is about to be closed: what it would hear from now on is another history. */
  deafen(): void {
    this.#hears.clear();
  }

  silence(place: Place, since: Heard | undefined): void {
    if (since === undefined || this.#hears.get(place.room.id) !== since) return;
    this.signal({ room: place.room.address, kind: 'left' });
    this.#hears.delete(place.room.id);
  }

  closed(): void {
    this.isOpen = false;
    for (const room of this.watched.keys()) this.unwatch(room);
    this.#places.clear();
    this.#hears.clear();
  }
}

export class Gateway {
  readonly #act: Act;
  readonly #ledger: Ledger;
  readonly connections = new Set<Connection>();

  constructor(act: Act, ledger: Ledger) {
    this.#act = act;
    this.#ledger = ledger;
  }

  /** The page is gone. */
  closed(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    const { places } = connection;
    connection.closed();
    for (const { room, member } of places) {
      this.#act.log.leave(room.id);
      this.#act.log.went(member, connection.graceMs);
    }
  }

  deliver(room: RoomId, entries: readonly Entry[]): void {
    for (const connection of this.connections) {
      const heard = connection.hears(room);
      if (!heard) continue;
      for (const entry of entries) {
        if (heard.last !== undefined && entry.seq !== heard.last + 1) {
          this.#ledger.broke('C9', `a connection was told ${entry.seq} after ${heard.last}`);
        }
        heard.last = entry.seq;
        connection.send(entry);
      }
    }
  }

  /** One may be lost: it is told again. */
  signal(room: RoomId, signal: Signal, to?: SessionId): void {
    const own = [...this.connections].filter(({ session }) => session === to);
    for (const connection of to === undefined ? this.inRoom(room) : own) connection.signal(signal);
  }

  news(room: RoomId, tally: Tally): void {
    for (const connection of this.connections) {
      const own = connection.watched.get(room);
      const news = own && newsFor(tally, own);
      if (news && news.messages > 0 && !connection.hears(room))
        connection.signal({ room: tally.room, kind: 'room', ...news });
    }
  }

  unwatched(room: RoomId): void {
    this.#act.log.unwatch(room);
  }

  inRoom(room: RoomId): readonly Connection[] {
    return [...this.connections].filter((connection) => connection.hears(room));
  }

  takeOut(room: RoomId, member: MemberId): TakenOut {
    const taken = [...this.connections].flatMap((connection) => {
      const place = connection.leavePlace(room, member);
      return place ? [{ connection, place, heard: connection.hears(room) }] : [];
    });
    return {
      connections: taken.length,
      silence: () => taken.forEach(({ connection, place, heard }) => connection.silence(place, heard)),
    };
  }

  /** Never rejects. */
  async answer(connection: Connection, name: RequestName, raw: unknown): Promise<AnyReply> {
    try {
      const act = SERVED.get(name);
      if (!act) return refused('invalid');
      return await act(this.#act, connection, raw);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      if (error instanceof StoreUnavailable) return refused('unavailable', 1_000);
      this.#ledger.broke(
        'I8',
        `${name} threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return refused('unavailable', 1_000);
    }
  }
}
