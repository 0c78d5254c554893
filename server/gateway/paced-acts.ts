// The acts that cost more than one token of one kind.
import { addressOf } from '../../protocol/names.ts';
import { refused } from '../../protocol/refusals.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import type { RoomId } from '../../protocol/ids.ts';
import type { Act, Caller } from '../rooms/act.ts';
import { joinRoom } from '../rooms/join-room.ts';
import { openDirect } from '../rooms/open-direct.ts';
import { inOrder, postMessage } from '../rooms/post-message.ts';
import { refuseFor } from '../rooms/toll.ts';
import { isNotMember, type Pace } from './paces.ts';

/** R8: a token for each item. R4: what there is none for is to come again, with all behind it. */
export async function postPaced(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'message'>,
  pace: Pace,
): Promise<Granted<'message'>> {
  const items = typeof request === 'string' ? [] : request.items;
  const wanted = Math.max(1, items.length);
  const spelling = typeof request === 'string' ? caller.home?.room.address : request.room;
  const { taken, retryAfter } = pace.takeItems(placeIn(caller, spelling), wanted);
  if (taken === 0) refuseFor(retryAfter);
  if (taken === wanted || typeof request === 'string') return postMessage(act, caller, request);
  const { results } = await postMessage(act, caller, { ...request, items: items.slice(0, taken) });
  const { ok: _, ...no } = refused('rateLimited', retryAfter);
  const later = items.slice(taken).map(({ clientId }) => ({ clientId, ...no }));
  return { ok: true, results: inOrder([...results, ...later]) };
}

/** Trying which rooms there are is dearer than coming back to one's own. */
export async function joinPaced(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'join'>,
  pace: Pace,
): Promise<Granted<'join'>> {
  pace.spendReturn();
  try {
    return await joinRoom(act, caller, request);
  } catch (error) {
    if (isNotMember(error)) await pace.payToLook();
    throw error;
  }
}

/** A conversation that is not there yet is a room that one comes to. */
export function directPaced(
  act: Act,
  caller: Caller,
  request: ParsedRequest<'direct'>,
  pace: Pace,
): Promise<Granted<'direct'>> {
  return openDirect(act, caller, request, () => pace.payToLook());
}

/** The room that the caller means, if it is there. */
export function placeIn(caller: Caller, spelling: string | undefined): RoomId | undefined {
  const address = spelling === undefined ? undefined : addressOf(spelling);
  return address === undefined ? undefined : caller.at(address)?.room.id;
}
