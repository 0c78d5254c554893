import type { StoredItem } from '../../protocol/message.ts';
import type { Address, ClientId, MemberId, Seq } from '../../protocol/ids.ts';
import type { Code, Refused } from '../../protocol/refusals.ts';
import { whatThen } from '../../protocol/refusals.ts';
import type { RefusedItem } from '../../protocol/reply.ts';
import type { ReplyTo, RequestOf } from '../../protocol/requests.ts';
import { type Ask, answerOf } from './ask.ts';
import type { Items, OutboxItem, Refusal, Want } from './outbox-item.ts';

type RequestItem = Exclude<RequestOf<'message'>, string>['items'][number];

/** Why items stay in the queue as they are. */
export type Deferred =
  | { readonly kind: 'again'; readonly retryAfter: number | undefined }
  | { readonly kind: 'notJoined' }
  | { readonly kind: 'halted'; readonly code: Code };

/** What became of a request. Items that are in neither list stay in the queue, and then `deferred` says why. */
export type Delivery =
  | { readonly kind: 'unanswered' }
  | {
      readonly kind: 'answered';
      readonly stored: readonly { readonly item: OutboxItem; readonly seq: Seq }[];
      readonly refused: readonly { readonly item: OutboxItem; readonly refusal: Refusal }[];
      /** The refusal was of the request, not of each item. */
      readonly isWhole: boolean;
      readonly deferred: Deferred | undefined;
    };

/** Sends messages together, or one change. Never rejects. */
export async function deliver(group: Items, room: Address, ask: Ask): Promise<Delivery> {
  const [first] = group;
  if (!first) return answered({});
  const { want } = first;
  if (want.kind === 'message') {
    const reply = await answerOf(ask('message', { room, items: group.flatMap(messageItem) }));
    if (reply?.ok) return sorted(group, reply.results);
    return reply ? refusedWhole(group, reply) : { kind: 'unanswered' };
  }
  const reply = await answerOf(askChange(want, first.clientId, room, ask));
  if (reply?.ok) return answered({ stored: [{ item: first, seq: reply.seq }] });
  return reply ? refusedWhole(group, reply) : { kind: 'unanswered' };
}

function messageItem({ clientId, want }: OutboxItem): RequestItem[] {
  if (want.kind !== 'message') return [];
  const { kind: _, mentions, ...item } = want;
  return [{ clientId, ...item, ...copied(mentions) }];
}

/** What a request carries is the connection's own. */
function copied(mentions: readonly MemberId[] | undefined): { mentions?: MemberId[] } {
  return mentions === undefined ? {} : { mentions: [...mentions] };
}

type ChangeWant = Exclude<Want, { kind: 'message' }>;

function askChange(
  want: ChangeWant,
  clientId: ClientId,
  room: Address,
  ask: Ask,
): Promise<ReplyTo<'title'> | undefined> {
  const { kind } = want;
  switch (kind) {
    case 'title':
      return ask('title', { room, clientId, title: want.title });
    case 'topic':
      return ask('topic', { room, clientId, topic: want.topic });
    case 'edit':
      return ask('edit', { room, target: want.target, clientId, text: want.text, ...copied(want.mentions) });
    case 'delete':
    case 'pin':
    case 'unpin':
      return ask(kind, { room, target: want.target, clientId });
    case 'react':
    case 'unreact':
      return ask(kind, { room, target: want.target, clientId, emoji: want.emoji });
  }
}

export type Answered = Extract<Delivery, { kind: 'answered' }>;

function answered(what: Partial<Answered>): Answered {
  return { kind: 'answered', stored: [], refused: [], isWhole: false, deferred: undefined, ...what };
}

function refusedWhole(group: Items, { code, message, retryAfter }: Refused): Delivery {
  const deferred = deferral(code, retryAfter);
  if (deferred) return answered({ deferred });
  return answered({ refused: group.map((item) => ({ item, refusal: { code, message } })), isWhole: true });
}

function sorted(group: Items, results: readonly (StoredItem | RefusedItem)[]): Delivery {
  const byId = new Map(results.map((result) => [result.clientId, result]));
  const stored: { item: OutboxItem; seq: Seq }[] = [];
  const refused: { item: OutboxItem; refusal: Refusal }[] = [];
  let deferred: Deferred | undefined;
  for (const item of group) {
    const result = byId.get(item.clientId);
    if (result && 'seq' in result) stored.push({ item, seq: result.seq });
    else if (result && !deferral(result.code, result.retryAfter)) {
      refused.push({ item, refusal: { code: result.code, message: result.message } });
    }
    // An item that the answer leaves out is asked about again, after a pause.
    else deferred ??= deferral(result?.code ?? 'unavailable', result?.retryAfter);
  }
  return answered({ stored, refused, deferred });
}

/** Undefined for what is refused for good. */
function deferral(code: Code, retryAfter: number | undefined): Deferred | undefined {
  if (whatThen(code) === 'again') return { kind: 'again', retryAfter };
  if (code === 'notMember') return { kind: 'notJoined' };
  if (code === 'signInAgain' || code === 'outdated') return { kind: 'halted', code };
  return undefined;
}
