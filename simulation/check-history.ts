// What must hold of a log after any fault, as its readers and writers can tell from outside. Numbers as in the fault design.
import type { Entry, MessageChange } from '../protocol/entries.ts';
import type { Seq } from '../protocol/ids.ts';
import type { Code } from '../protocol/refusals.ts';

interface Sent {
  readonly sender: string;
  readonly clientId: string;
  /** Of a message and of an edit what it says, of a reaction its emoji. */
  readonly text: string;
  /** The seq that it was acknowledged with; undefined while it was not. */
  readonly seq: Seq | undefined;
  /** With what it was refused for good, if it was. */
  readonly refused?: Code | undefined;
}

/** One message as its sender knows it. */
export interface SentMessage extends Sent {
  readonly change?: never;
}

/** One change as whoever sent it knows it. It is none that would change nothing (L6). */
export interface SentChange extends Sent {
  readonly change: MessageChange['kind'];
  /** The client id of the message that it is to change. */
  readonly target: string;
}

/** What one reader was shown, live and after catching up, in the order in which it was. */
export interface Reading {
  readonly reader: string;
  /** The head when it began: what came later it is to have. */
  readonly after: Seq;
  readonly seen: readonly Entry[];
  /** How often it was told that the log is another one than it was. */
  readonly startsOver?: number;
}

/**
 * Sentences about what is wrong; none when all is well. `log` is the whole log of one room; `sent` has every message and
 * change, those of one sender in the order in which they were sent, each only after the one before it was settled or in one
 * request with it.
 */
export function checkHistory(
  log: readonly Entry[],
  sent: readonly (SentMessage | SentChange)[],
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

/** The client ids of the messages that are deleted: nothing else can be said of them, nor of what had changed them. */
export function deletedIn(log: readonly Entry[]): Set<string> {
  return new Set(log.flatMap((entry) => (entry.kind === 'message' && entry.deleted ? [entry.clientId] : [])));
}

/** I3: 1, 2, 3, … without holes. */
function checkNumbers(log: readonly Entry[]): string[] {
  return log.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [`I3: entry ${i + 1} of the log has seq ${seq}`]));
}

/** I1: what was acknowledged is there, with that seq and its text. */
function checkAcknowledged(log: readonly Entry[], sent: readonly (SentMessage | SentChange)[]): string[] {
  const bySeq = new Map(log.map((entry) => [entry.seq, entry]));
  const deleted = deletedIn(log);
  return sent.flatMap((one) => {
    if (one.seq === undefined) return [];
    const entry = bySeq.get(one.seq);
    // L7: what it had said is gone with the message.
    if (entry?.kind === 'void' && one.change && deleted.has(one.target)) return [];
    if (!entry || entry.kind !== (one.change ?? 'message') || clientIdOf(entry) !== one.clientId)
      return [`I1: ${nameOf(one)}, acknowledged as ${one.seq}, is not there`];
    const isAnother = one.change && clientIdOf(bySeq.get('target' in entry ? entry.target : 0)) !== one.target;
    if (isAnother) return [`I1: ${nameOf(one)} is in the log as that of another message`];
    // What a message says after a change is told from the changes: check-state.ts.
    const isChanged = entry.kind === 'message' && entry.rev !== undefined;
    return isChanged || textOf(entry) === one.text ? [] : [`I1: ${nameOf(one)} is in the log as "${textOf(entry)}"`];
  });
}

/** I2, I6: nothing is there twice, and nothing that nobody sent. */
function checkOnce(log: readonly Entry[], sent: readonly Sent[]): string[] {
  const known = new Set(sent.map(({ clientId }) => clientId));
  const seen = new Set<string>();
  return log.flatMap((entry) => {
    const clientId = clientIdOf(entry);
    if (clientId === undefined) return [];
    const isTwice = seen.has(clientId);
    seen.add(clientId);
    const what = `${entry.kind === 'message' ? '' : `${entry.kind} `}"${textOf(entry)}"`;
    if (isTwice) return [`I2: ${what} is twice in the log, again at ${entry.seq}`];
    return known.has(clientId) ? [] : [`I6: ${what}, at ${entry.seq}, was sent by nobody`];
  });
}

/** I6: what was refused for good is not there. */
function checkRefused(log: readonly Entry[], sent: readonly (SentMessage | SentChange)[]): string[] {
  const stored = new Set<string | undefined>(log.map(clientIdOf));
  return sent.flatMap((one) =>
    one.refused !== undefined && stored.has(one.clientId)
      ? [`I6: ${nameOf(one)}, refused with ${one.refused}, is in the log`]
      : [],
  );
}

/** I2, I3, I4: a reader saw each entry since it began, once, in the log's order. What came after the log was read is not judged. */
function checkReading(log: readonly Entry[], { reader, after, seen, startsOver = 0 }: Reading): string[] {
  const problems: string[] = [];
  if (startsOver > 0) problems.push(`C4: ${reader} started over ${startsOver} times in a log that never went back`);
  const deleted = deletedIn(log);
  const known = new Set<Seq>();
  let last = after;
  for (const entry of seen) {
    const { seq } = entry;
    const stored = log[seq - 1];
    if (known.has(seq)) problems.push(`I2: ${reader} saw ${seq} twice`);
    else if (seq < last) problems.push(`I3: ${reader} saw ${seq} after ${last}`);
    else if (seq > last + 1 && last < log.length)
      problems.push(`I4: ${reader} saw ${seq} after ${last}, and nothing between`);
    // An entry that a deletion has emptied since then was seen as it was.
    const isEmptied = stored?.kind === 'void' && 'target' in entry && isIn(deleted, log[entry.target - 1]);
    if (stored && !(isEmptied ? stored.id === entry.id : isSame(stored, entry)))
      problems.push(`I4: ${reader} saw at ${seq} what is not in the log there`);
    known.add(seq);
    last = Math.max(last, seq);
  }
  if (last < log.length) problems.push(`I4: ${reader} saw nothing after ${last} of ${log.length}`);
  return problems;
}

function isSame(stored: Entry, seen: Entry): boolean {
  if (stored.id !== seen.id || stored.kind !== seen.kind || clientIdOf(stored) !== clientIdOf(seen)) return false;
  return (stored.kind === 'message' && stored.rev !== undefined) || textOf(stored) === textOf(seen);
}

/** I5: what each sender has sent stands in the order in which it was sent. */
function checkOrder(log: readonly Entry[], sent: readonly (SentMessage | SentChange)[]): string[] {
  const at = new Map<string, Seq>();
  for (const entry of log) {
    const clientId = clientIdOf(entry);
    if (clientId !== undefined && !at.has(clientId)) at.set(clientId, entry.seq);
  }
  const last = new Map<string, Seq>();
  return sent.flatMap((one) => {
    const seq = at.get(one.clientId);
    if (seq === undefined) return [];
    const before = last.get(one.sender) ?? 0;
    last.set(one.sender, Math.max(seq, before));
    return seq > before ? [] : [`I5: ${nameOf(one)}, at ${seq}, stands before what was sent earlier, at ${before}`];
  });
}

function nameOf({ sender, change, text }: SentMessage | SentChange): string {
  return `${sender}'s ${change ? `${change} ` : ''}"${text}"`;
}

function clientIdOf(entry: Entry | undefined): string | undefined {
  return entry && 'clientId' in entry ? entry.clientId : undefined;
}

function textOf(entry: Entry): string {
  if ('text' in entry) return entry.text;
  return 'emoji' in entry ? entry.emoji : '';
}

function isIn(ids: ReadonlySet<string>, entry: Entry | undefined): boolean {
  return ids.has(clientIdOf(entry) ?? '');
}
