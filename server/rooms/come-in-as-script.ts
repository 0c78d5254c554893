import type { DeviceId, SessionId } from '../../protocol/ids.ts';
import { nameProblemText, roomName } from '../../protocol/names.ts';
import { hashKey } from '../session-token.ts';
import { KEYLESS } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { nameToTake } from './name-to-take.ts';
import { Refusal } from './refusal.ts';
import { payToComeIn, type Visitor } from './toll.ts';

export interface Script {
  readonly name: string;
  readonly room: string;
  readonly key?: string | undefined;
}

interface ScriptSession {
  readonly session: SessionId;
  /** Undefined without a key. */
  readonly device: DeviceId | undefined;
}

const DEVICE_NAME = 'A script';

/** H4, H5. Throws `nameInvalid`, `nameReserved`, `nameTaken`, `tooMany`, `rateLimited`, or `invalid` for a room's name that cannot be. */
export async function comeInAsScript(
  act: Pick<Act, 'store'>,
  script: Script,
  visitor: Visitor,
): Promise<ScriptSession & { home: NonNullable<Caller['home']> }> {
  const name = nameToTake(script.name);
  const named = roomName(script.room);
  if (!named.ok) throw new Refusal('invalid', undefined, nameProblemText(named.problem, 'room name'));
  const keyHash = script.key === undefined ? undefined : hashKey(script.key);
  const before = keyHash === undefined ? undefined : await act.store.session(keyHash);
  await payToComeIn(act.store, visitor, { session: before?.id, room: named.key, name: name.key });
  const room = await act.store.openRoom(named.key, named.name);
  const opened = keyHash === undefined ? undefined : await act.store.openSession(keyHash, { name: DEVICE_NAME });
  const session = opened?.id ?? KEYLESS;
  const claimed = await act.store.claim({ room: room.id, session, ...name });
  if (!claimed.ok) throw new Refusal(claimed.code);
  return { session, device: opened?.device, home: { room, member: claimed.member } };
}
