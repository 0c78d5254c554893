import type { MemberId, RoomId, SessionId } from '../../protocol/ids.ts';
import type { TakenOut } from '../rooms/act.ts';
import type { Connection } from './connection.ts';

/** Who is where on this node. */
export class Connections {
  readonly #bySession = new Map<SessionId, Set<Connection>>();
  readonly #byMember = new Map<MemberId, Set<Connection>>();
  /** Those that watch a room as this member, in it or not. */
  readonly #watching = new Map<MemberId, Set<Connection>>();

  add(connection: Connection): void {
    addTo(this.#bySession, connection.session, connection);
  }

  remove(connection: Connection): void {
    removeFrom(this.#bySession, connection.session, connection);
  }

  placed(member: MemberId, connection: Connection): void {
    addTo(this.#byMember, member, connection);
  }

  displaced(member: MemberId, connection: Connection): void {
    removeFrom(this.#byMember, member, connection);
  }

  watches(member: MemberId, connection: Connection): void {
    addTo(this.#watching, member, connection);
  }

  unwatches(member: MemberId, connection: Connection): void {
    removeFrom(this.#watching, member, connection);
  }

  watchersOf(member: MemberId): readonly Connection[] {
    return [...(this.#watching.get(member) ?? [])];
  }

  /** Nobody is this member any more: it watches nothing. */
  forget(member: MemberId): void {
    for (const connection of this.watchersOf(member)) connection.forget(member);
  }

  ofSession(session: SessionId): readonly Connection[] {
    return [...(this.#bySession.get(session) ?? [])];
  }

  ofMember(member: MemberId): readonly Connection[] {
    return [...(this.#byMember.get(member) ?? [])];
  }

  inRoom(room: RoomId): readonly Connection[] {
    const all = [...this.#bySession.values()].flatMap((connections) => [...connections]);
    return all.filter((connection) => connection.isIn(room));
  }

  /** All connections of the member. */
  takeOut(room: RoomId, member: MemberId): TakenOut {
    return this.#takeOut(room, member, this.ofMember(member));
  }

  /** This connection of the member, and no other. */
  takeOutAlone(room: RoomId, member: MemberId, connection: Connection): TakenOut {
    return this.#takeOut(room, member, [connection]);
  }

  #takeOut(room: RoomId, member: MemberId, some: readonly Connection[]): TakenOut {
    const taken = some.flatMap((connection) => {
      const address = connection.losePlace(room, member);
      return address === undefined ? [] : [{ connection, address }];
    });
    for (const { connection } of taken) this.displaced(member, connection);
    return {
      connections: taken.length,
      othersStay: this.#byMember.has(member),
      silence: () => {
        for (const { connection, address } of taken) {
          if (connection.isIn(room)) continue;
          connection.tellLeft(address);
          connection.silence(room);
        }
      },
    };
  }
}

function addTo<Key>(sets: Map<Key, Set<Connection>>, key: Key, connection: Connection): void {
  const set = sets.get(key);
  if (set) set.add(connection);
  else sets.set(key, new Set([connection]));
}

function removeFrom<Key>(sets: Map<Key, Set<Connection>>, key: Key, connection: Connection): void {
  const set = sets.get(key);
  if (set?.delete(connection) && set.size === 0) sets.delete(key);
}
