import type { ClientId, EntryId, Seq, Time } from '../../protocol/ids.ts';
import { addressOf } from '../../protocol/names.ts';
import type { Act, Caller, Place } from './act.ts';

/** What a request to write is judged by. */
export interface Standing {
  readonly place: Place | undefined;
  /** Those of its client ids that are in the log, where any of it is to be refused. */
  readonly known: ReadonlyMap<ClientId, { seq: Seq; id: EntryId; at: Time }>;
}

/**
 * L4: what is about to be refused for good may be in the log already; what is not refused, the log looks up itself.
 * Throws StoreUnavailable: then nothing may be refused.
 */
export async function standing(
  act: Act,
  caller: Caller,
  spelling: string,
  clientIds: readonly ClientId[],
  isRefused: boolean,
): Promise<Standing> {
  const address = addressOf(spelling);
  if (address === undefined) return { place: undefined, known: new Map() };
  const place = caller.at(address);
  if (place && !isRefused) return { place, known: new Map() };
  const room = place?.room ?? (await act.store.room(address));
  const known = room ? await act.store.known(room.id, clientIds) : new Map();
  // Decided again after waiting: it may have been taken out, or have come in.
  return { place: caller.at(address), known };
}
