// The rooms of a session, as the server told them and as live news have changed them since: pure functions.
import type { Author, Entry } from '../../protocol/entries.ts';
import type { Address, MemberId, Seq } from '../../protocol/ids.ts';
import { UNREAD_MAX } from '../../protocol/limits.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { ReadSignal, RoomSignal } from '../../protocol/signals.ts';

export interface ListedRoom {
  readonly room: Address;
  readonly title: string;
  readonly topic: string;
  /** Of a conversation of two: the other one. */
  readonly direct: Author | undefined;
  /** Messages of others that were not read, up to UNREAD_MAX. */
  readonly unread: number;
  readonly mentioned: boolean;
  /** The head that the server counted up to, and what it counted; of a room that one is not in, with what it told since. */
  readonly counted: { readonly head: Seq; readonly unread: number; readonly mentioned: boolean };
  /** Up to where the session has read, as it was told last; 0: not yet. */
  readonly readTo: Seq;
  /** What came live since, where this connection is in the room. */
  readonly since: readonly { readonly seq: Seq; readonly mentions: boolean }[];
}

/** The one with the latest news first. */
export interface RoomList {
  readonly rooms: readonly ListedRoom[];
  /** What is shown is not what the server would say: it is to be asked. */
  readonly isOld: boolean;
}

export const NO_ROOMS: RoomList = { rooms: [], isOld: true };

export function listed({ rooms }: Granted<'rooms'>): RoomList {
  return {
    isOld: false,
    rooms: rooms.map(({ room, title, topic, direct, head, unread, mentioned }) => {
      const counted = { head, unread, mentioned };
      return { room, title, topic, direct, unread, mentioned, counted, readTo: 0, since: [] };
    }),
  };
}

/** T5: something was said in a room that this connection is not in. */
export function newsOf(list: RoomList, { room, messages, mentioned }: RoomSignal): RoomList {
  const known = list.rooms.find((one) => one.room === room);
  // A new conversation of two says nothing, and has no name here yet.
  if (known === undefined || messages === 0) return { ...list, isOld: true };
  const { counted } = known;
  const more = { head: counted.head, unread: counted.unread + messages, mentioned: counted.mentioned || mentioned };
  return first(list, withCount({ ...known, counted: more }));
}

/** A live entry of a room that this connection is in. `own` are the ids that this session has there, as far as it is known. */
export function entered(list: RoomList, entry: Entry, own: ReadonlySet<MemberId>): RoomList {
  const known = list.rooms.find(({ room }) => room === entry.room);
  if (known === undefined || entry.seq <= known.counted.head) return list;
  switch (entry.kind) {
    case 'message': {
      // L12: whoever writes has read what is above.
      if (own.has(entry.by.id)) return first(list, withNothing(known, entry.seq));
      const mentions = entry.mentions?.some(({ id }) => own.has(id)) ?? false;
      return first(
        list,
        withCount({ ...known, since: [...known.since, { seq: entry.seq, mentions }].slice(-UNREAD_MAX) }),
      );
    }
    case 'title':
      return changed(list, { ...known, title: entry.title });
    case 'topic':
      return changed(list, { ...known, topic: entry.topic });
    default:
      return list;
  }
}

/** T4: the session has read that room up to there. */
export function read(list: RoomList, { room, seq }: ReadSignal): RoomList {
  const known = list.rooms.find((one) => one.room === room);
  if (known === undefined) return list;
  const { head, unread } = known.counted;
  // Of what the server counted nobody but it knows how much is left; nor what is new again to one who went back (L12).
  const isOld = (seq < head && unread > 0) || seq < known.readTo;
  const next = isOld ? { ...known, readTo: seq } : withNothing(known, seq);
  return { ...changed(list, next), isOld: list.isOld || isOld };
}

function withNothing(room: ListedRoom, upTo: Seq): ListedRoom {
  const counted = { head: room.counted.head, unread: 0, mentioned: false };
  return withCount({ ...room, counted, readTo: upTo, since: room.since.filter(({ seq }) => seq > upTo) });
}

function withCount(room: ListedRoom): ListedRoom {
  const { counted, since } = room;
  return {
    ...room,
    unread: Math.min(counted.unread + since.length, UNREAD_MAX),
    mentioned: counted.mentioned || since.some(({ mentions }) => mentions),
  };
}

function first(list: RoomList, room: ListedRoom): RoomList {
  return { ...list, rooms: [room, ...list.rooms.filter((other) => other.room !== room.room)] };
}

function changed(list: RoomList, room: ListedRoom): RoomList {
  return { ...list, rooms: list.rooms.map((other) => (other.room === room.room ? room : other)) };
}
