import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { KEYLESS } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { Refusal } from './refusal.ts';
import { placeOf } from './rights.ts';

/**
 * D1: with somebody of the room; asked for again it is the same conversation. `pay` is called before one is made, and throws
 * where there is nothing to pay with. Throws `notFound` for whoever is not there, `forbidden` without a key on either side.
 */
export async function openDirect(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'direct'>,
  pay: () => Promise<void>,
): Promise<Granted<'direct'>> {
  if (caller.session === KEYLESS) throw new Refusal('forbidden');
  const there = await act.store.direct(placeOf(caller, request.room).member, request.member);
  if (!there) await pay();
  // Decided again after waiting.
  const { room, member } = placeOf(caller, request.room);
  const opened = await act.store.openDirect(member, request.member);
  if (!opened.ok) throw new Refusal(opened.code);
  const { room: talk, as, seated } = opened;
  // T5: by the room where they met, which both of them follow.
  for (const session of seated)
    act.log.signal(room.id, { room: talk.address, kind: 'room', messages: 0, mentioned: false }, session);
  return { ok: true, room: talk.address, as };
}
