// What is found in several rooms at once, as it is asked for and told: by address, never by the store's id.
import type { Seq } from '../../protocol/ids.ts';
import { addressOf } from '../../protocol/names.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { Found, Hits, Room } from '../store/store.ts';
import { Refusal } from './refusal.ts';

type Own = readonly { readonly room: Room }[];

/** Throws `notMember`: whoever is not in a room is not told what came before what in it. */
export function placeMeant(own: Own, before: readonly [room: string, seq: Seq] | undefined): Found | undefined {
  if (before === undefined) return undefined;
  const address = addressOf(before[0]);
  const there = own.find(({ room }) => room.address === address);
  if (!there) throw new Refusal('notMember');
  return { room: there.room.id, seq: before[1] };
}

export function asHits(own: Own, { hits, more }: Hits): Granted<'mentions'> {
  const rooms = new Map(own.map(({ room }) => [room.id, room]));
  const told = hits.flatMap(({ room: id, entry }) => {
    const room = rooms.get(id);
    return room ? [{ room: room.address, title: room.title, entry }] : [];
  });
  const last = told.at(-1);
  return { ok: true, hits: told, more, ...(more && last && { next: [last.room, last.entry.seq] }) };
}
