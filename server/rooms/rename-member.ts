import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { nameToTake } from './name-to-take.ts';
import { Refusal } from './refusal.ts';
import { placeOf } from './rights.ts';
import { seqOf } from './store-change.ts';

/**
 * N4: whether the name is free is decided where it is stored. `seq` is 0 when it was the name already, from the start.
 * H5: throws `forbidden` without a key: the member may be other scripts as well.
 */
export function renameMember(act: Act, caller: Caller, request: ParsedRequest<'rename'>): Promise<Granted<'rename'>> {
  return caller.turns.take(
    () => placeOf(caller, request.room),
    async (place) => {
      if (caller.session === KEYLESS) throw new Refusal('forbidden');
      const name = nameToTake(request.name);
      const sent = { room: place.room.id, by: place.member, clientId: act.newClientId() };
      const [outcome] = await act.log.add([{ ...sent, ...name, kind: 'rename' }]);
      return { ok: true, seq: seqOf(outcome) };
    },
  );
}
