import type { Entry, MessageEntry } from '../../protocol/entries.ts';
import { PAGE_MAX_ENTRIES, UNREAD_MAX } from '../../protocol/limits.ts';
import type { Granted } from '../../protocol/requests.ts';
import { KEYLESS, type Member, type Room, type RoomSummary } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { ownMembers, ownMemberships } from './own-members.ts';
import { watchRooms } from './watch-rooms.ts';

/** L12, L14. T5: whoever asks is told from then on what is said in those rooms, and reads them after that. */
export async function listRooms(act: Act, caller: Caller): Promise<Granted<'rooms'>> {
  await watchRooms(act, caller, await ownMemberships(act, caller));
  const rooms = caller.session === KEYLESS ? await homeOf(act, caller) : await act.store.rooms(caller.session);
  return {
    ok: true,
    rooms: rooms.map(({ room, head, unread, mentioned, direct }) => ({
      room: room.address,
      title: room.title,
      topic: room.topic,
      head,
      unread,
      mentioned,
      ...(direct && { direct }),
    })),
  };
}

/** H5: a keyless script sees its own room, and no other keyless script's. */
async function homeOf(act: Act, caller: Caller): Promise<readonly RoomSummary[]> {
  if (!caller.home) return [];
  const { room } = caller.home;
  const [member] = await ownMembers(act, caller, room);
  return member ? [await summaryOf(act, room, member)] : [];
}

async function summaryOf(act: Act, room: Room, { id, readSeq }: Member): Promise<RoomSummary> {
  // What one writes oneself one has read: all messages after it are of others.
  let page = await act.store.page(room.id, undefined, PAGE_MAX_ENTRIES);
  const { seq: head } = page.head;
  let unread = 0;
  let mentioned = false;
  for (;;) {
    const news = page.entries.filter(isMessage).filter((entry) => entry.seq > readSeq && !entry.deleted);
    unread += news.length;
    mentioned ||= news.some(({ mentions }) => mentions?.some((author) => author.id === id));
    const oldest = page.entries[0]?.seq ?? 0;
    if (unread >= UNREAD_MAX || oldest <= readSeq + 1 || page.atStart) break;
    page = await act.store.page(room.id, oldest, PAGE_MAX_ENTRIES);
  }
  return { room, head, unread: Math.min(unread, UNREAD_MAX), mentioned, direct: undefined };
}

function isMessage(entry: Entry): entry is MessageEntry {
  return entry.kind === 'message';
}
