import type { EntryId, Seq } from '../../protocol/ids.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { Page, Room, Since } from '../store/store.ts';
import type { Act } from './act.ts';

export type Read = Granted<'catchUp'>;

/** The log after `after`; C4: the newest page, as a reset, when that is no place in this history. */
export async function readSince(act: Act, room: Room, after: Seq, id: EntryId | ''): Promise<Read> {
  const since = await act.log.since(room.id, after, id);
  return since.reset ? newestPage(act, room) : asRead(room, since, false);
}

export async function newestPage(act: Act, room: Room): Promise<Read> {
  return asRead(room, await act.log.newest(room.id), true);
}

function asRead(room: Room, { entries, head, first }: Since | Page, reset: boolean): Read {
  return { ok: true, room: room.address, head: head.seq, headId: head.id, first, reset, entries: [...entries] };
}
