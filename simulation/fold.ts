// What a room's messages are now, from its entries alone, in the plainest way: neither the store's nor the page's.
import type { Entry } from '../protocol/entries.ts';
import type { MemberId, Seq } from '../protocol/ids.ts';

export interface Folded {
  text: string;
  isDeleted: boolean;
  rev: Seq;
  /** `emoji member`, sorted. */
  readonly reactions: Set<string>;
}

/** Adds the next entry. */
export function foldInto(rows: Map<Seq, Folded>, entry: Entry): void {
  if (entry.kind === 'message') {
    rows.set(entry.seq, { text: entry.text, isDeleted: false, rev: 0, reactions: new Set() });
  }
  const row = 'target' in entry ? rows.get(entry.target) : undefined;
  if (!row) return;
  row.rev = entry.seq;
  if (entry.kind === 'edit') row.text = entry.text;
  if (entry.kind === 'react') row.reactions.add(keyOf(entry.emoji, entry.by.id));
  if (entry.kind === 'unreact') row.reactions.delete(keyOf(entry.emoji, entry.by.id));
  if (entry.kind !== 'delete') return;
  row.text = '';
  row.isDeleted = true;
  row.reactions.clear();
}

/** A message as somebody has it, in the words of a fold. */
export function described(entry: Extract<Entry, { kind: 'message' }>): string {
  const reactions = (entry.reactions ?? []).flatMap(({ emoji, by }) => by.map(({ id }) => keyOf(emoji, id)));
  return describe({
    text: entry.text,
    isDeleted: entry.deleted === true,
    rev: entry.rev ?? 0,
    reactions: new Set(reactions),
  });
}

export function describe({ text, isDeleted, rev, reactions }: Folded): string {
  return JSON.stringify([text, isDeleted, rev, [...reactions].sort()]);
}

function keyOf(emoji: string, member: MemberId): string {
  return `${emoji} ${member}`;
}
