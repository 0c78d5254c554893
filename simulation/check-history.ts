// What must hold of a log after any fault, as its readers and writers can tell from outside. Numbers as in the fault design.
import type { Entry } from '../protocol/entries.ts';
import type { Seq } from '../protocol/ids.ts';
import type { Code } from '../protocol/refusals.ts';

/** One message as its sender knows it. */
export interface SentMessage {
  readonly sender: string;
  readonly clientId: string;
  readonly text: string;
  /** The seq that it was acknowledged with; undefined while it was not. */
  readonly seq: Seq | undefined;
  /** With what it was refused for good, if it was. */
  readonly refused?: Code | undefined;
}

/** What one reader was shown, live and after catching up, in the order in which it was. */
export interface Reading {
  readonly reader: string;
  /** The head when it began: what came later it is to have. */
  readonly after: Seq;
  readonly seen: readonly Entry[];
}

/**
 * Sentences about what is wrong; none when all is well. `log` is the whole log of one room; `sent` has every message, those
 * of one sender in the order in which they were sent, each only after the one before it was settled or in one request with it.
 */
export function checkHistory(
  log: readonly Entry[],
  sent: readonly SentMessage[],
  readings: readonly Reading[] = [],
): string[] {
  return [
    ...checkNumbers(log),
    ...checkAcknowledged(log, sent),
    ...checkOnce(log, sent),
    ...checkRefused(log, sent),
    ...checkOrder(log, sent),
    ...readings.flatMap((reading) => checkReading(log, reading)),
  ];
}

/** I3: 1, 2, 3, … without holes. */
function checkNumbers(log: readonly Entry[]): string[] {
  return log.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [`I3: entry ${i + 1} of the log has seq ${seq}`]));
}

/** I1: what was acknowledged is there, with that seq and its text. */
function checkAcknowledged(log: readonly Entry[], sent: readonly SentMessage[]): string[] {
  const bySeq = new Map(log.map((entry) => [entry.seq, entry]));
  return sent.flatMap(({ sender, clientId, text, seq }) => {
    if (seq === undefined) return [];
    const entry = bySeq.get(seq);
    if (entry?.kind !== 'message' || entry.clientId !== clientId)
      return [`I1: ${sender}'s "${text}", acknowledged as ${seq}, is not there`];
    return entry.text === text ? [] : [`I1: ${sender}'s "${text}" is in the log as "${entry.text}"`];
  });
}

/** I2, I6: nothing is there twice, and nothing that nobody sent. */
function checkOnce(log: readonly Entry[], sent: readonly SentMessage[]): string[] {
  const known = new Set(sent.map(({ clientId }) => clientId));
  const seen = new Set<string>();
  return log.flatMap((entry) => {
    if (entry.kind !== 'message') return [];
    const isTwice = seen.has(entry.clientId);
    seen.add(entry.clientId);
    if (isTwice) return [`I2: "${entry.text}" is twice in the log, again at ${entry.seq}`];
    return known.has(entry.clientId) ? [] : [`I6: "${entry.text}", at ${entry.seq}, was sent by nobody`];
  });
}

/** I6: what was refused for good is not there. */
function checkRefused(log: readonly Entry[], sent: readonly SentMessage[]): string[] {
  const stored = new Set(log.flatMap((entry) => (entry.kind === 'message' ? [entry.clientId as string] : [])));
  return sent.flatMap(({ sender, clientId, text, refused }) =>
    refused !== undefined && stored.has(clientId)
      ? [`I6: ${sender}'s "${text}", refused with ${refused}, is in the log`]
      : [],
  );
}

/** I2, I3, I4: a reader saw each entry since it began, once, in the log's order. What came after the log was read is not judged. */
function checkReading(log: readonly Entry[], { reader, after, seen }: Reading): string[] {
  const problems: string[] = [];
  const known = new Set<Seq>();
  let last = after;
  for (const entry of seen) {
    const { seq } = entry;
    const stored = log[seq - 1];
    if (known.has(seq)) problems.push(`I2: ${reader} saw ${seq} twice`);
    else if (seq < last) problems.push(`I3: ${reader} saw ${seq} after ${last}`);
    else if (seq > last + 1 && last < log.length)
      problems.push(`I4: ${reader} saw ${seq} after ${last}, and nothing between`);
    if (stored && !isSame(stored, entry)) problems.push(`I4: ${reader} saw at ${seq} what is not in the log there`);
    known.add(seq);
    last = Math.max(last, seq);
  }
  if (last < log.length) problems.push(`I4: ${reader} saw nothing after ${last} of ${log.length}`);
  return problems;
}

function isSame(stored: Entry, seen: Entry): boolean {
  if (stored.id !== seen.id || stored.kind !== seen.kind) return false;
  return stored.kind !== 'message' || seen.kind !== 'message' || stored.text === seen.text;
}

/** I5: each sender's messages stand in the order in which they were sent. */
function checkOrder(log: readonly Entry[], sent: readonly SentMessage[]): string[] {
  const at = new Map<string, Seq>();
  for (const entry of log) if (entry.kind === 'message' && !at.has(entry.clientId)) at.set(entry.clientId, entry.seq);
  const last = new Map<string, Seq>();
  return sent.flatMap(({ sender, clientId, text }) => {
    const seq = at.get(clientId);
    if (seq === undefined) return [];
    const before = last.get(sender) ?? 0;
    last.set(sender, Math.max(seq, before));
    return seq > before
      ? []
      : [`I5: ${sender}'s "${text}", at ${seq}, stands before what was sent earlier, at ${before}`];
  });
}
