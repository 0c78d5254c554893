// What a room's messages are now, from its entries alone, in the plainest way: neither the store's nor the page's.
import type { Author, Entry, MessageEntry } from '../protocol/entries.ts';
import type { MemberId, Seq } from '../protocol/ids.ts';

export interface Folded {
  text: string;
  isDeleted: boolean;
  isPinned: boolean;
  rev: Seq;
  /** The message that it answers; 0: none. */
  replyTo: Seq;
  /** Ids, as they are told. */
  mentions: string;
  /** `emoji member`, sorted. */
  readonly reactions: Set<string>;
}

/** Adds the next entry. False: it is a change that changed nothing. What a message was read with is in it already (C6). */
export function foldInto(rows: Map<Seq, Folded>, entry: Entry): boolean {
  if (entry.kind === 'message') rows.set(entry.seq, foldedOf(entry));
  const row = 'target' in entry ? rows.get(entry.target) : undefined;
  if (!row || entry.seq <= row.rev) return true;
  const { text, isDeleted, isPinned, mentions, reactions } = row;
  const { size } = reactions;
  row.rev = entry.seq;
  if (entry.kind === 'edit') {
    row.text = entry.text;
    row.mentions = idsOf(entry);
  }
  if (entry.kind === 'pin' || entry.kind === 'unpin') row.isPinned = entry.kind === 'pin';
  if (entry.kind === 'react') reactions.add(keyOf(entry.emoji, entry.by.id));
  if (entry.kind === 'unreact') reactions.delete(keyOf(entry.emoji, entry.by.id));
  if (entry.kind === 'delete') {
    row.text = '';
    row.isDeleted = true;
    row.replyTo = 0;
    row.mentions = '';
    row.isPinned = false;
    reactions.clear();
  }
  const isOther = row.text !== text || row.mentions !== mentions || row.isPinned !== isPinned;
  return isOther || row.isDeleted !== isDeleted || reactions.size !== size;
}

/** Whether a message is as somebody has it. Nothing is put into words for it: a storm asks a hundred thousand times. */
export function isAsFolded(row: Folded, entry: MessageEntry): boolean {
  if (row.text !== entry.text || row.isDeleted !== (entry.deleted === true) || row.rev !== (entry.rev ?? 0))
    return false;
  if (row.replyTo !== (entry.replyTo ?? 0) || row.mentions !== idsOf(entry)) return false;
  if (row.isPinned !== (entry.pinned === true)) return false;
  const kinds = entry.reactions ?? [];
  const count = kinds.reduce((sum, { by }) => sum + by.length, 0);
  return (
    count === row.reactions.size &&
    kinds.every(({ emoji, by }) => by.every(({ id }) => row.reactions.has(keyOf(emoji, id))))
  );
}

/** A message as somebody has it, as a fold has it. */
export function foldedOf(entry: MessageEntry): Folded {
  const reactions = (entry.reactions ?? []).flatMap(({ emoji, by }) => by.map(({ id }) => keyOf(emoji, id)));
  return {
    text: entry.text,
    isDeleted: entry.deleted === true,
    isPinned: entry.pinned === true,
    rev: entry.rev ?? 0,
    replyTo: entry.replyTo ?? 0,
    mentions: idsOf(entry),
    reactions: new Set(reactions),
  };
}

export function described(entry: MessageEntry): string {
  return describe(foldedOf(entry));
}

export function describe({ text, isDeleted, isPinned, rev, replyTo, mentions, reactions }: Folded): string {
  return JSON.stringify([text, isDeleted, isPinned, rev, replyTo, mentions, [...reactions].sort()]);
}

function idsOf({ mentions }: { readonly mentions?: readonly Author[] | undefined }): string {
  return mentions === undefined ? '' : mentions.map(({ id }) => id).join();
}

function keyOf(emoji: string, member: MemberId): string {
  return `${emoji} ${member}`;
}
