// What can happen to the items of an outbox: pure functions, because two tabs change one stored queue and each change is
// applied to it as it then is. Each returns the same array when nothing changes. PROTOCOL.md, rules S1 to S5.
import type { Target } from '../../protocol/fields.ts';
import type { ClientId, Seq } from '../../protocol/ids.ts';
import { MAX_ITEMS, MAX_REQUEST_BYTES } from '../../protocol/limits.ts';
import { countBytes } from '../../protocol/text.ts';
import type { Along, Items, OutboxItem, Refusal, Want } from './outbox-item.ts';

type EditWant = Extract<Want, { kind: 'edit' }>;

/** What makes a want an item. */
export interface Stamp {
  readonly clientId: ClientId;
  readonly since: number;
}

/** What is there already is not added again: whether a storage has it is not always known. */
export function added(items: Items, want: Want, { clientId, since }: Stamp): Items {
  const isThere = items.some((item) => item.clientId === clientId);
  return isThere ? items : [...items, { clientId, since, tried: false, want }];
}

export function sent(items: Items, text: string, stamp: Stamp, along: Along = {}): Items {
  return added(items, { kind: 'message', text, ...along }, stamp);
}

export function markedTried(items: Items, ids: ReadonlySet<ClientId>): Items {
  const isToMark = (item: OutboxItem) => !item.tried && ids.has(item.clientId);
  return items.some(isToMark) ? items.map((item) => (isToMark(item) ? { ...item, tried: true } : item)) : items;
}

/** Of a group those that are marked: more may have been added to it since. */
export function tried(group: Items): Items {
  const end = group.findIndex((item) => !item.tried);
  return end === -1 ? group : group.slice(0, end);
}

/** It is in the log. What waits for it may then say its seq, unless its own body is fixed already (S3). */
export function settled(items: Items, clientId: ClientId, seq: Seq): Items {
  if (!items.some((item) => item.clientId === clientId)) return items;
  return items.flatMap((item) => {
    if (item.clientId === clientId) return [];
    return [item.tried ? item : { ...item, want: pointedTo(item.want, clientId, seq) }];
  });
}

function pointedTo(want: Want, clientId: ClientId, seq: Seq): Want {
  if (want.kind === 'message') return want.replyTo === clientId ? { ...want, replyTo: seq } : want;
  return 'target' in want && want.target === clientId ? { ...want, target: seq } : want;
}

/**
 * Refused for good. The changes that wait behind a message which was never stored are carried out on the message itself:
 * a deletion takes it away, the last edit becomes its text, reactions vanish. What answers it answers nothing.
 */
export function refusedForGood(items: Items, clientId: ClientId, refusal: Refusal): Items {
  const item = items.find((other) => other.clientId === clientId);
  if (!item) return items;
  const behind = items.filter((other) => targetOf(other) === clientId);
  const rest = answeringNothing(items, clientId).filter((other) => targetOf(other) !== clientId);
  if (behind.some((change) => change.want.kind === 'delete')) return without(rest, clientId);
  if (!isKeptWhenRefused(item)) return without(rest, clientId);
  const want = behind.reduce((before, change) => withText(before, change.want), item.want);
  return rest.map((other) => (other === item ? { ...item, want, refusal } : other));
}

/** A refused message or edit holds somebody's words; the wish to delete or to react is simply not granted. */
export function isKeptWhenRefused({ want }: OutboxItem): boolean {
  return want.kind === 'message' || want.kind === 'edit';
}

/** Of those whose body is fixed already the server says that what they answer is not there (L13). */
function answeringNothing(items: Items, clientId: ClientId): Items {
  return items.map((item) => {
    const isAnswer = !item.tried && item.want.kind === 'message' && item.want.replyTo === clientId;
    return isAnswer ? { ...item, want: withoutReply(item.want) } : item;
  });
}

function withoutReply(want: Want): Want {
  if (want.kind !== 'message') return want;
  const { replyTo: _replyTo, ...rest } = want;
  return rest;
}

/** S4: a refused item goes to the end of the queue as a new one, with the text of `edit` if there is one. */
export function freed(items: Items, clientId: ClientId, stamp: Stamp, edit?: EditWant): Items {
  const item = items.find((other) => other.clientId === clientId);
  if (!item?.refusal) return items;
  // As it was it would be refused again.
  const before = item.refusal.code === 'notFound' ? withoutReply(item.want) : item.want;
  const want = edit === undefined ? before : withText(before, edit);
  return added(without(items, clientId), want, stamp);
}

/** An edit of a message that was never tried is made to the item itself; of a refused one, it is a retry. */
export function edited(items: Items, edit: EditWant, stamp: Stamp): Items {
  const own = ownMessage(items, edit.target);
  if (own?.refusal) return freed(items, own.clientId, stamp, edit);
  if (!own || own.tried) return added(items, edit, stamp);
  return items.map((item) => (item === own ? { ...own, want: withText(own.want, edit) } : item));
}

/** A message that was never tried, or was refused, goes away with everything that waits for it. */
export function deleted(items: Items, target: Target, stamp: Stamp): Items {
  const own = ownMessage(items, target);
  if (!own || (own.tried && !own.refusal)) return added(items, { kind: 'delete', target }, stamp);
  const rest = items.filter((item) => item !== own && targetOf(item) !== own.clientId);
  return answeringNothing(rest, own.clientId);
}

/** Gives a refused item up. */
export function discarded(items: Items, clientId: ClientId): Items {
  return items.some((item) => item.clientId === clientId && item.refusal) ? without(items, clientId) : items;
}

/** Items of one request: messages that follow each other, as many as one may carry, or one change. Refused ones wait. */
export function nextGroup(items: Items, most: number = MAX_ITEMS): Items {
  const free = items.filter((item) => !item.refusal);
  if (free[0]?.want.kind !== 'message') return free.slice(0, 1);
  let bytes = ENVELOPE_BYTES;
  const end = free.findIndex((item, at) => {
    bytes += bytesOf(item);
    return at > 0 && (at >= most || item.want.kind !== 'message' || bytes > MAX_REQUEST_BYTES);
  });
  return end === -1 ? free : free.slice(0, end);
}

/** Alone too large for any request: the server would close the connection over it, again and again. */
export function isTooLarge(item: OutboxItem): boolean {
  return ENVELOPE_BYTES + bytesOf(item) > MAX_REQUEST_BYTES;
}

/** The name of the request and of the room, which is at most 200 bytes, twice that in JSON. */
const ENVELOPE_BYTES = 512;

/** Measured once each: the queue is looked through for its next group at every change of any item. */
const sizes = new WeakMap<OutboxItem, number>();

/** As it goes over the wire: in JSON a control character is six bytes long. */
function bytesOf(item: OutboxItem): number {
  const known = sizes.get(item);
  if (known !== undefined) return known;
  const { clientId, want } = item;
  const size = countBytes(JSON.stringify({ clientId, ...want })) + 1;
  sizes.set(item, size);
  return size;
}

function targetOf({ want }: OutboxItem): Target | undefined {
  return 'target' in want ? want.target : undefined;
}

function ownMessage(items: Items, target: Target): OutboxItem | undefined {
  return items.find((item) => item.clientId === target && item.want.kind === 'message');
}

function withText(want: Want, change: Want): Want {
  if (change.kind !== 'edit' || (want.kind !== 'message' && want.kind !== 'edit')) return want;
  const { text, mentions } = change;
  const { mentions: _before, ...rest } = want;
  return { ...rest, text, ...(mentions && { mentions }) };
}

function without(items: Items, clientId: ClientId): Items {
  return items.filter((item) => item.clientId !== clientId);
}

/** What a row shows of it. */
export function shownOf(want: Want): { readonly text: string } & Pick<Along, 'replyTo'> {
  if (want.kind !== 'message') return { text: '' };
  const { text, replyTo } = want;
  return replyTo === undefined ? { text } : { text, replyTo };
}
