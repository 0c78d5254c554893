import type { SessionId } from '../../protocol/ids.ts';
import { nameProblemText, roomName } from '../../protocol/names.ts';
import { hashKey } from '../session-token.ts';
import { KEYLESS } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { nameToTake } from './name-to-take.ts';
import { Refusal } from './refusal.ts';

export interface Script {
  readonly name: string;
  readonly room: string;
  readonly key?: string | undefined;
}

/** H4, H5. Throws `nameInvalid`, `nameReserved`, `nameTaken`, `tooMany`, or `invalid` for a room's name that cannot be. */
export async function comeInAsScript(
  act: Pick<Act, 'store'>,
  script: Script,
): Promise<{ session: SessionId; home: NonNullable<Caller['home']> }> {
  const name = nameToTake(script.name);
  const named = roomName(script.room);
  if (!named.ok) throw new Refusal('invalid', undefined, nameProblemText(named.problem, 'room name'));
  const room = await act.store.openRoom(named.key, named.name);
  const session = script.key === undefined ? KEYLESS : (await act.store.openSession(hashKey(script.key))).id;
  const claimed = await act.store.claim({ room: room.id, session, ...name });
  if (!claimed.ok) throw new Refusal(claimed.code);
  return { session, home: { room, member: claimed.member } };
}
