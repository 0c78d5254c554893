import { z } from 'zod';
import { author, entry } from './entries.ts';
import { address, anyText, clientId, entryId, headId, memberId, position, roomSpelling, seq, time } from './fields.ts';
import { PAGE_MAX_ENTRIES, UNREAD_MAX } from './limits.ts';

/** The last entry one has: its seq alone does not tell two histories of a store apart. */
const lastEntry = z.tuple([position, headId]);

export const role = z.enum(['member', 'owner']);
export type Role = z.infer<typeof role>;
const person = z.strictObject({ id: memberId, name: z.string(), role });
export type Person = z.infer<typeof person>;

export const joinRequest = z.strictObject({ room: roomSpelling, as: memberId.optional(), after: lastEntry.optional() });

const since = {
  ok: z.literal(true),
  room: address,
  /** The seq of the room's last entry when this was read. */
  head: position,
  /** The id of that entry: with it one asks again later, also where it is not among `entries`. Empty while head is 0. */
  headId,
  /** The oldest seq that the log still has; 1 while it is empty. */
  first: seq,
  /** What one has belongs to another history, or is too far back: `entries` is the newest page instead. */
  reset: z.boolean(),
  entries: z.array(entry),
};

export const joinReply = z.strictObject({
  ...since,
  me: person,
  /** What the room is called: as whoever came first spelled it, until somebody calls it otherwise. */
  title: z.string(),
  /** What it is about; empty where nobody has said. */
  topic: z.string(),
  /** Of a conversation of two (D1): the other one. */
  direct: author.optional(),
  /** How many are in the room. */
  count: position,
  /** Everybody is told who comes and goes (P7). */
  notices: z.boolean(),
  /** Who they are; empty where `notices` is false: then they are asked for in pages. */
  here: z.array(person),
  /** Left out also where nothing was reset: whoever comes back knows it. */
  firstUnread: seq.optional(),
});

/** `after`: the last of the page before. */
export const hereRequest = z.strictObject({ room: roomSpelling, after: memberId.optional() });
export const hereReply = z.strictObject({
  ok: z.literal(true),
  room: address,
  count: position,
  /** By name. */
  here: z.array(person),
  more: z.boolean(),
});

export const leaveRequest = z.strictObject({ room: roomSpelling });

export const catchUpRequest = z.strictObject({ room: roomSpelling, after: position, id: entryId.optional() });
export const catchUpReply = z.strictObject(since);

const ofHistory = { room: roomSpelling, limit: z.int().min(1).max(PAGE_MAX_ENTRIES).optional() };
/** The newest page, or the one before a message, or around a message or a time. */
export const historyRequest = z.union([
  z.strictObject({ ...ofHistory, before: seq.optional() }),
  z.strictObject({ ...ofHistory, around: seq }),
  z.strictObject({ ...ofHistory, date: time }),
]);
export const historyReply = z.strictObject({
  ok: z.literal(true),
  room: address,
  head: position,
  headId,
  entries: z.array(entry),
  atStart: z.boolean(),
  /** No message is newer than these. */
  atEnd: z.boolean(),
  /** Of `around` the first message from there on, of `date` the earliest from then on; left out where there is none. */
  anchor: seq.optional(),
});

export const readRequest = z.strictObject({ room: roomSpelling, seq: position });
/** What was read is to be read again, from this message on. */
export const unreadRequest = z.strictObject({ room: roomSpelling, seq });

/** What the room is called or is about: its address stays. */
export const titleRequest = z.strictObject({ room: roomSpelling, title: anyText, clientId });
export const topicRequest = z.strictObject({ room: roomSpelling, topic: anyText, clientId });
/** As of any change; 0 where the title or the topic is what it was when the room was made. */
export const roomChangeReply = z.strictObject({ ok: z.literal(true), seq: position });

export const roomsRequest = z.strictObject({});
export const roomsReply = z.strictObject({
  ok: z.literal(true),
  rooms: z.array(
    z.strictObject({
      room: address,
      title: z.string(),
      topic: z.string(),
      head: position,
      unread: z.int().min(0).max(UNREAD_MAX),
      mentioned: z.boolean(),
      direct: author.optional(),
    }),
  ),
});
