import type { ClientId, EntryId, Seq, Time } from '../../protocol/ids.ts';
import { MAX_REQUEST_BYTES } from '../../protocol/limits.ts';
import type { MessageItem } from '../../protocol/message.ts';
import { type Code, refused, whatThen } from '../../protocol/refusals.ts';
import type { Granted, ParsedRequest } from '../../protocol/requests.ts';
import { countBytes, textRefusal } from '../../protocol/text.ts';
import type { Outcome, Said } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { Refusal } from './refusal.ts';
import { type Standing, standing } from './standing.ts';

type Reply = Granted<'message'>;
type Result = Reply['results'][number];

/** Throws `tooLong` when all texts together are, `invalid` for a plain string from a caller without a home. */
export async function postMessage(act: Act, caller: Caller, request: ParsedRequest<'message'>): Promise<Reply> {
  const { room, items } = typeof request === 'string' ? asItems(act, caller, request) : request;
  if (items.reduce((bytes, { text }) => bytes + countBytes(text), 0) > MAX_REQUEST_BYTES) throw new Refusal('tooLong');
  const codes = items.map(({ text }) => textRefusal(text));
  const clientIds = items.map(({ clientId }) => clientId);
  const isRefused = codes.some((code) => code !== undefined);
  return caller.turns.take(
    () => standing(act, caller, room, clientIds, isRefused),
    (stands) => store(act, items, codes, stands),
  );
}

/** A plain string has no client id to be known by when it comes again: at most once. */
function asItems(act: Act, caller: Caller, text: string): { room: string; items: readonly MessageItem[] } {
  if (!caller.home) throw new Refusal('invalid');
  return { room: caller.home.room.address, items: [{ clientId: act.newClientId(), text }] };
}

/** All good items are one group, in their order: a refusal for good concerns its item alone. */
async function store(
  act: Act,
  items: readonly MessageItem[],
  codes: readonly (Code | undefined)[],
  { place, known }: Standing,
): Promise<Reply> {
  const writes: Said[] = [];
  const results: (Result | undefined)[] = items.map(({ clientId, ...words }, i) => {
    if (place && codes[i] === undefined) {
      writes.push({ kind: 'message', room: place.room.id, by: place.member, clientId, ...words });
      return undefined;
    }
    const stored = known.get(clientId);
    return stored
      ? storedItem(clientId, stored, true)
      : refusedItem(clientId, place ? (codes[i] ?? 'invalid') : 'notMember');
  });
  const outcomes = writes.length > 0 ? [...(await act.log.add(writes))] : [];
  return {
    ok: true,
    results: inOrder(items.map(({ clientId }, i) => results[i] ?? resultOf(clientId, outcomes.shift()))),
  };
}

/** R4: from the first that is to come again, all are. */
export function inOrder(results: readonly Result[]): Result[] {
  const first = results.findIndex((result) => 'code' in result && whatThen(result.code) === 'again');
  const again = results[first];
  if (!again || !('code' in again)) return [...results];
  return results.map((result, i) => (i > first ? { ...again, clientId: result.clientId } : result));
}

function resultOf(clientId: ClientId, outcome: Outcome | undefined): Result {
  switch (outcome?.result) {
    case 'stored':
      return storedItem(clientId, { seq: outcome.entry.seq, id: outcome.entry.id, at: outcome.at }, false);
    case 'duplicate':
      return storedItem(clientId, outcome, true);
    case 'refused':
      return refusedItem(clientId, outcome.code === 'fenced' ? 'unavailable' : outcome.code, outcome.retryAfter);
    case 'unchanged':
    case 'untold':
    case undefined:
      throw new Error('The log answered a message with what no message can come to.');
  }
}

function storedItem(
  clientId: ClientId,
  { seq, id, at }: { seq: Seq; id: EntryId; at: Time },
  duplicate: boolean,
): Result {
  return { clientId, seq, id, at, duplicate };
}

function refusedItem(clientId: ClientId, code: Code, retryAfter?: number): Result {
  const { ok: _, ...no } = refused(code, retryAfter);
  return { clientId, ...no };
}
