import { z } from 'zod';
import { entry } from './entries.ts';
import {
  address,
  anyText,
  clientId,
  emoji,
  entryId,
  headId,
  memberId,
  position,
  roomSpelling,
  seq,
  target,
  time,
} from './fields.ts';
import { MAX_ITEMS, MAX_MENTIONS, MAX_QUOTED } from './limits.ts';
import { refusedItem } from './reply.ts';

/** Whoever is no member of the room is left out. */
const mentions = z.array(memberId).max(MAX_MENTIONS).optional();
const item = z.strictObject({ clientId, text: anyText, replyTo: target.optional(), mentions });

/** A script's plain form, a string, goes to the room of its handshake; it has no client id, so at most once. */
export const messageRequest = z.union([
  anyText,
  z.strictObject({ room: roomSpelling, items: z.array(item).min(1).max(MAX_ITEMS) }),
]);

const stored = z.strictObject({ clientId, seq, id: entryId, at: time, duplicate: z.boolean() });
export const messageReply = z.strictObject({ ok: z.literal(true), results: z.array(z.union([stored, refusedItem])) });

export const editRequest = z.strictObject({ room: roomSpelling, target, clientId, text: anyText, mentions });
export const deleteRequest = z.strictObject({ room: roomSpelling, target, clientId });
export const reactRequest = z.strictObject({ room: roomSpelling, target, clientId, emoji });
export const unreactRequest = reactRequest;
export const pinRequest = z.strictObject({ room: roomSpelling, target, clientId });
export const unpinRequest = pinRequest;
/** `seq` of the change; of the one that made it so already, where it would change nothing. */
export const changeReply = z.strictObject({ ok: z.literal(true), seq });

/** Messages in their present state, wherever in the log: for the lines that replies quote. */
export const messagesRequest = z.strictObject({ room: roomSpelling, seqs: z.array(seq).min(1).max(MAX_QUOTED) });
/** Oldest first; those that are no messages are missing. */
export const messagesReply = z.strictObject({
  ok: z.literal(true),
  room: address,
  head: position,
  headId,
  entries: z.array(entry),
});

export const pinsRequest = z.strictObject({ room: roomSpelling });
/** The one pinned last comes first. */
export const pinsReply = z.strictObject({
  ok: z.literal(true),
  room: address,
  head: position,
  headId,
  /** Of all that are pinned; those for which the reply had no room are asked for with `messages`. */
  seqs: z.array(seq),
  entries: z.array(entry),
});

/** What a message said before it was edited. */
export const earlierRequest = z.strictObject({ room: roomSpelling, target: seq });
export const earlierReply = z.strictObject({
  ok: z.literal(true),
  room: address,
  /** Oldest first, each with when it was written. */
  texts: z.array(z.strictObject({ at: time, text: z.string() })),
  /** Even earlier ones had no room in the reply. */
  more: z.boolean(),
});

export type MessageItem = z.infer<typeof item>;
export type StoredItem = z.infer<typeof stored>;
