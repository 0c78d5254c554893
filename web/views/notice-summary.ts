// What a run of notices comes to, so that a busy door takes one line and not the screen.
import type { Author, NoticeEntry } from '../../protocol/entries.ts';

export interface NoticeSummary {
  readonly joined: readonly Author[];
  readonly left: readonly Author[];
  /** Came and went again. */
  readonly visited: readonly Author[];
  /** How many are in the room now. */
  readonly here: number;
}

/** The notices of a run, oldest first. Whoever left and came back is where they were, and is not told of. */
export function summaryOf(run: readonly NoticeEntry[]): NoticeSummary {
  const people = new Map<string, { readonly first: NoticeEntry; last: NoticeEntry }>();
  for (const notice of run) {
    const known = people.get(notice.by.id);
    if (known === undefined) people.set(notice.by.id, { first: notice, last: notice });
    else known.last = notice;
  }
  const those = (first: NoticeEntry['type'], last: NoticeEntry['type']): Author[] =>
    [...people.values()]
      .filter((person) => person.first.type === first && person.last.type === last)
      .map((person) => person.last.by);
  return {
    joined: those('connect', 'connect'),
    left: those('disconnect', 'disconnect'),
    visited: those('connect', 'disconnect'),
    here: run.at(-1)?.here ?? 0,
  };
}

export function isNothing({ joined, left, visited }: NoticeSummary): boolean {
  return joined.length + left.length + visited.length === 0;
}
