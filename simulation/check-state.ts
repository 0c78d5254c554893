// L5 to L8 and I10: what the messages of a room are now, by their entries, by the store, and by whoever has read them.
import type { Entry, MessageEntry } from '../protocol/entries.ts';
import type { Seq } from '../protocol/ids.ts';
import { deletedIn, type Reading, type SentChange, type SentMessage } from './check-history.ts';
import { describe, described, type Folded, foldInto, isAsFolded } from './fold.ts';

/** I10: each reader is at the end of the log, and has each message that came since it began as a fresh reader has it. */
export function checkStates(log: readonly Entry[], readings: readonly Reading[]): string[] {
  return readings.flatMap(({ reader, after, seen }) => {
    const last = seen.at(-1)?.seq ?? after;
    if (last < log.length) return [`I10: ${reader} is at ${last} of ${log.length}`];
    const rows = foldOf(seen.filter(({ seq }) => seq <= log.length));
    return unlike(rows, log, log.length).map(
      ({ seen: entry, row }) =>
        `I10: ${reader} has message ${entry.seq} as ${describe(row)}, and a fresh reader as ${described(entry)}`,
    );
  });
}

/**
 * L5 to L8: what a fresh reader is given is what the entries say, one after the other. `original` are these entries as they
 * were stored: what a deletion emptied since then may be missing, that is `void`.
 */
export function checkFold(original: readonly Entry[], log: readonly Entry[]): string[] {
  const problems: string[] = [];
  const rows = new Map<Seq, Folded>();
  const deleted = new Set<Seq>();
  for (const entry of original) {
    if (!foldInto(rows, entry)) problems.push(`L6: ${entry.kind} ${entry.seq} of ${entry.room} changed nothing`);
    if (entry.kind === 'delete') deleted.add(entry.target);
    if (entry.kind === 'message' && entry.replyTo !== undefined && !isBefore(rows, entry))
      problems.push(`L13: message ${entry.seq} answers ${entry.replyTo}, which is no message before it`);
    if (!isOwn(original, entry)) problems.push(`L5: ${entry.kind} ${entry.seq} is of somebody else’s message`);
  }
  log.forEach((entry, i) => {
    const was = original[i];
    if (was && 'target' in was && was.kind !== 'delete' && deleted.has(was.target) !== (entry.kind === 'void'))
      problems.push(`L7: ${was.kind} ${entry.seq} of ${entry.room} is read as ${entry.kind}`);
  });
  const wrong = unlike(rows, log, Number.POSITIVE_INFINITY).map(
    ({ seen, row }) =>
      `L8: message ${seen.seq} of ${seen.room} is read as ${described(seen)}, and should be ${describe(row)}`,
  );
  return [...problems, ...wrong];
}

/** The entries as they were stored, where nobody saw that: each message as its sender has sent it. */
export function asSent(log: readonly Entry[], sent: readonly (SentMessage | SentChange)[]): Entry[] {
  const texts = new Map(sent.map(({ clientId, text }) => [clientId, text]));
  return log.map((entry) => {
    if (entry.kind !== 'message') return entry;
    const { room, seq, id, at, by, kind, clientId } = entry;
    return { room, seq, id, at, by, kind, clientId, text: texts.get(clientId) ?? entry.text };
  });
}

/** What was refused for good, and not because its message is deleted, which anybody may do at any time. */
export function refusedWithoutReason(
  log: readonly Entry[],
  sent: readonly (SentMessage | SentChange)[],
): (SentMessage | SentChange)[] {
  const deleted = deletedIn(log);
  return sent.filter((one) => {
    const isGone = one.refused === 'gone' && one.change !== undefined && deleted.has(one.target);
    return one.refused !== undefined && !isGone;
  });
}

/** The messages that somebody has otherwise than `rows`. What was changed after `last` is not judged. */
export function unlike(
  rows: ReadonlyMap<Seq, Folded>,
  entries: readonly Entry[],
  last: Seq,
): { readonly seen: MessageEntry; readonly row: Folded }[] {
  const found: { seen: MessageEntry; row: Folded }[] = [];
  for (const seen of entries) {
    if (seen.kind !== 'message' || (seen.rev ?? 0) > last) continue;
    const row = rows.get(seen.seq);
    if (row && row.rev <= last && !isAsFolded(row, seen)) found.push({ seen, row });
  }
  return found;
}

export function foldOf(entries: readonly Entry[]): Map<Seq, Folded> {
  const rows = new Map<Seq, Folded>();
  for (const entry of entries) foldInto(rows, entry);
  return rows;
}

function isBefore(rows: ReadonlyMap<Seq, Folded>, { seq, replyTo = 0 }: MessageEntry): boolean {
  return replyTo < seq && rows.has(replyTo);
}

function isOwn(original: readonly Entry[], change: Entry): boolean {
  if (change.kind !== 'edit' && change.kind !== 'delete') return true;
  const target = original[change.target - 1];
  return target?.kind === 'message' && target.by.id === change.by.id;
}
