// What must hold of a log after any fault, as its readers and writers can tell from outside. Numbers as in the fault design.
import type { Entry } from '../protocol/entries.ts';
import type { Seq } from '../protocol/ids.ts';

/** One message as its sender knows it. */
export interface SentMessage {
  readonly sender: string;
  readonly clientId: string;
  readonly text: string;
  /** The seq that it was acknowledged with; undefined while it was not. */
  readonly seq: Seq | undefined;
}

/**
 * Sentences about what is wrong; none when all is well. `log` is the whole log of one room; `sent` has every message, those
 * of one sender in the order in which they were sent, each only after the one before it was settled or in one request with it.
 */
export function checkHistory(log: readonly Entry[], sent: readonly SentMessage[]): string[] {
  return [...checkNumbers(log), ...checkAcknowledged(log, sent), ...checkOnce(log, sent), ...checkOrder(log, sent)];
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
