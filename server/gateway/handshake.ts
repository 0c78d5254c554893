// Who a connection is. Socket.IO's client never tries a refused handshake again: what says *again* is no refusal there.
import type { DeviceId } from '../../protocol/ids.ts';
import { handshake } from '../../protocol/member.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { Act, Caller } from '../rooms/act.ts';
import { comeInAsScript } from '../rooms/come-in-as-script.ts';
import { Refusal } from '../rooms/refusal.ts';
import type { Visitor } from '../rooms/toll.ts';
import { hashToken } from '../session-token.ts';
import { readPlain } from './plain.ts';

export interface Who extends Pick<Caller, 'session' | 'home'> {
  /** Undefined of a script without a key. */
  readonly device: DeviceId | undefined;
}

/** Throws a Refusal, or StoreUnavailable: then nobody knows, and the connection is to be closed rather than refused. */
export async function whoIs(
  act: Pick<Act, 'store'>,
  auth: unknown,
  token: string | undefined,
  visitor: Visitor,
): Promise<Who> {
  const said = handshake.safeParse(readPlain(auth));
  if (!said.success) throw new Refusal('invalid');
  const { protocol, name, room, key } = said.data;
  if (protocol !== undefined && protocol < PROTOCOL_VERSION - 1) throw new Refusal('outdated');
  if (name !== undefined && room !== undefined) return comeInAsScript(act, { name, room, key }, visitor);
  if (name !== undefined || room !== undefined || key !== undefined) throw new Refusal('invalid');
  const session = token === undefined ? undefined : await act.store.session(hashToken(token));
  if (!session) throw new Refusal('signInAgain');
  return { session: session.id, device: session.device, home: undefined };
}
