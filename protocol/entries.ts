// What a room's log holds. An entry has one shape: live, caught up with, and in history (PROTOCOL.md, "Entries").
import { z } from 'zod';
import { address, clientId, emoji, entryId, memberId, position, seq, time } from './fields.ts';

/** Who wrote it, under the name of that time: a later rename changes no older entry. */
export const author = z.strictObject({ id: memberId, name: z.string() });
export type Author = z.infer<typeof author>;

const stamp = { room: address, seq, id: entryId };
const signed = { ...stamp, at: time, by: author };

export const reaction = z.strictObject({ emoji, by: z.array(author) });
export type Reaction = z.infer<typeof reaction>;

/** Members that a text means, under the names of that time; absent where it means none. */
const mentions = z.array(author).optional();

/**
 * A message. The last five fields are its present state and absent while nothing has changed it: `rev` is the seq of the
 * latest change of any kind; a deleted message has an empty text, no reactions, mentions nobody, replies to
 * nothing and is not pinned.
 */
export const messageEntry = z.strictObject({
  ...signed,
  kind: z.literal('message'),
  clientId,
  text: z.string(),
  /** The message that it answers, which may be deleted by now. */
  replyTo: seq.optional(),
  mentions,
  rev: seq.optional(),
  editedAt: time.optional(),
  deleted: z.literal(true).optional(),
  pinned: z.literal(true).optional(),
  reactions: z.array(reaction).optional(),
});

/** Who came or went; `here` is how many members are in the room now. */
export const noticeEntry = z.strictObject({
  ...signed,
  kind: z.literal('notice'),
  type: z.enum(['connect', 'disconnect']),
  here: position,
});

/**
 * Where very many are in a room notices stop, and start again when they are fewer (P7). `by` is whose coming or going
 * brought that about, and of whom there is no notice; `here` is how many are in the room now.
 */
export const settingsEntry = z.strictObject({
  ...signed,
  kind: z.literal('settings'),
  notices: z.boolean(),
  here: position,
});

const change = { ...signed, clientId, target: seq };
export const editEntry = z.strictObject({ ...change, kind: z.literal('edit'), text: z.string(), mentions });
export const deleteEntry = z.strictObject({ ...change, kind: z.literal('delete') });
export const reactEntry = z.strictObject({ ...change, kind: z.literal('react'), emoji });
export const unreactEntry = z.strictObject({ ...change, kind: z.literal('unreact'), emoji });
export const pinEntry = z.strictObject({ ...change, kind: z.literal('pin') });
export const unpinEntry = z.strictObject({ ...change, kind: z.literal('unpin') });
/** `by` has the old name, `name` is the new one. */
export const renameEntry = z.strictObject({ ...signed, kind: z.literal('rename'), name: z.string() });
/** What the room is called from now on; its address stays. */
export const titleEntry = z.strictObject({ ...signed, clientId, kind: z.literal('title'), title: z.string() });
/** What the room is about; empty: nothing in particular. */
export const topicEntry = z.strictObject({ ...signed, clientId, kind: z.literal('topic'), topic: z.string() });
/** A place in the log whose content is not to be seen (any more). It counts, and says nothing. */
export const voidEntry = z.strictObject({ ...stamp, kind: z.literal('void') });

export const entry = z.discriminatedUnion('kind', [
  messageEntry,
  noticeEntry,
  editEntry,
  deleteEntry,
  reactEntry,
  unreactEntry,
  pinEntry,
  unpinEntry,
  renameEntry,
  titleEntry,
  topicEntry,
  settingsEntry,
  voidEntry,
]);

export type Entry = z.infer<typeof entry>;
export type MessageEntry = z.infer<typeof messageEntry>;
export type EditEntry = z.infer<typeof editEntry>;
export type NoticeEntry = z.infer<typeof noticeEntry>;
export type SettingsEntry = z.infer<typeof settingsEntry>;
/** What arrives under the event `change`. */
export type ChangeEntry = Exclude<Entry, MessageEntry | NoticeEntry>;
/** A change of one message. */
export type MessageChange = Extract<Entry, { target: number }>;
