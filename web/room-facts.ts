// What has to be known of rooms, shown or not, by whatever calls somebody to them.
import type { Address } from '../protocol/ids.ts';
import type { TextStorage } from './connection/draft.ts';
import type { HandoverStorage } from './connection/handover.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { Ignored } from './ignored.ts';
import type { RoomFacts } from './notifier.ts';
import { roomName } from './state/room-name.ts';
import type { RoomList } from './state/room-list.ts';
import type { Shown } from './shown.ts';
import type { Settings } from './views/settings.ts';

interface Known {
  readonly room: Pick<Shown, 'state' | 'me'>;
  readonly rooms: Pick<RoomList, 'rooms'>;
}

/** Whoever this browser is in a room, by whatever tab, is not called by what they say. */
export function factsOf(room: Address, shown: Known, texts: TextStorage & HandoverStorage): RoomFacts {
  const { state, me } = shown.room;
  const here = new Whereabouts(texts).all.filter((owner) => owner.room === room).map(({ member }) => member);
  const known = room === state.room ? state : shown.rooms.rooms.find((one) => one.room === room);
  return {
    name: roomName({ title: titleOf(room, shown), direct: known?.direct }),
    isDirect: known?.direct !== undefined,
    own: new Set(room === state.room ? [me.id, ...here] : here),
    ignored: new Ignored({ texts, room, changed: () => {} }).people,
  };
}

/** Its address, where nobody has said what it is called. */
export function titleOf(room: Address, { room: { state }, rooms: { rooms } }: Known): string {
  return room === state.room ? state.title : (rooms.find((one) => one.room === room)?.title ?? room);
}

/** Point 25: of the rooms that are to call nobody nothing is counted. */
export function unreadElsewhere({ room, rooms: { rooms } }: Known, settings: Pick<Settings, 'ofRoom'>): number {
  return rooms
    .filter((one) => one.room !== room.state.room && settings.ofRoom(one.room).value !== 'none')
    .reduce((sum, { unread }) => sum + unread, 0);
}
