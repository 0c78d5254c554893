// Messages that are asked for one by one, wherever in the log they stand: those that answers quote and those that are
// pinned. They are kept up to date as lines are (C6), and are no lines: nothing is known of what stands around them.
import type { MessageChange, MessageEntry } from '../../protocol/entries.ts';
import type { Seq } from '../../protocol/ids.ts';
import type { Granted } from '../../protocol/requests.ts';
import { changed } from './message-change.ts';
import type { RoomState } from './room-state.ts';

/** asked: on its way; absent: it is not there, or could not be given just now. */
export type Found = MessageEntry | 'asked' | 'absent';

export interface LookedUp {
  /** Questions on their way: until they are answered changes are kept for what the answers may lack. */
  readonly asking: number;
  readonly messages: ReadonlyMap<Seq, Found>;
  /** The one pinned last first; undefined until somebody has asked. */
  readonly pins: readonly Seq[] | undefined;
}

/** A screen quotes fewer, and a room has at most 50 pins: the oldest asked for are forgotten. */
const MOST_KEPT = 300;

export const NOTHING_LOOKED_UP: LookedUp = { asking: 0, messages: new Map(), pins: undefined };

/** With no answer on its way any more. What was not given may be by the next connection. */
export function unasked(lookedUp: LookedUp): LookedUp {
  const messages = [...lookedUp.messages].filter(([, found]) => typeof found === 'object');
  return { ...lookedUp, asking: 0, messages: new Map(messages) };
}

export function askedFor(state: RoomState, seqs: readonly Seq[]): RoomState {
  const { asking, messages, pins } = state.lookedUp;
  const marked = new Map(messages);
  for (const seq of seqs) if (typeof marked.get(seq) !== 'object') marked.set(seq, 'asked');
  return { ...state, lookedUp: { asking: asking + 1, messages: marked, pins } };
}

/** C11: oldest first. What is beyond the last of them had no room in the answer, and is asked for again. */
export function gotMessages(state: RoomState, seqs: readonly Seq[], reply: Granted<'messages'>): RoomState {
  const next = withFound(state, reply);
  const last = reply.entries.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const messages = new Map(next.lookedUp.messages);
  for (const seq of seqs) {
    if (messages.get(seq) !== 'asked') continue;
    if (seq < last) messages.set(seq, 'absent');
    else messages.delete(seq);
  }
  return answered({ ...next, lookedUp: { ...next.lookedUp, messages } });
}

/** L16: which are pinned, and as many of them as the answer holds. */
export function gotPins(state: RoomState, reply: Granted<'pins'>): RoomState {
  const next = withFound(state, reply);
  const pins = laterChanges(state, reply.head).reduce(pinned, reply.seqs);
  return answered({ ...next, lookedUp: { ...next.lookedUp, pins } });
}

export function notFound(state: RoomState, seqs: readonly Seq[]): RoomState {
  const messages = new Map(state.lookedUp.messages);
  for (const seq of seqs) if (messages.get(seq) === 'asked') messages.set(seq, 'absent');
  return answered({ ...state, lookedUp: { ...state.lookedUp, messages } });
}

/** The same object where it is of none of them. */
export function withChange(lookedUp: LookedUp, change: MessageChange): LookedUp {
  const { messages } = lookedUp;
  const pins = lookedUp.pins && pinned(lookedUp.pins, change);
  const before = messages.get(change.target);
  const after = typeof before === 'object' ? changed(before, change) : before;
  if (pins === lookedUp.pins && after === before) return lookedUp;
  return { ...lookedUp, pins, messages: after === undefined ? messages : new Map(messages).set(change.target, after) };
}

function pinned(pins: readonly Seq[], { kind, target }: MessageChange): readonly Seq[] {
  if (kind === 'pin') return pins[0] === target ? pins : [target, ...pins.filter((seq) => seq !== target)];
  const isUnpinned = (kind === 'unpin' || kind === 'delete') && pins.includes(target);
  return isUnpinned ? pins.filter((seq) => seq !== target) : pins;
}

function withFound(state: RoomState, { entries, head }: Granted<'messages'> | Granted<'pins'>): RoomState {
  const later = laterChanges(state, head);
  const messages = new Map(state.lookedUp.messages);
  for (const entry of entries) {
    if (entry.kind !== 'message') continue;
    const changes = later.filter(({ target }) => target === entry.seq);
    messages.delete(entry.seq);
    messages.set(entry.seq, changes.reduce(changed, entry));
  }
  for (const [seq] of messages) {
    if (messages.size <= MOST_KEPT) break;
    messages.delete(seq);
  }
  return { ...state, lookedUp: { ...state.lookedUp, messages } };
}

function laterChanges({ kept }: RoomState, head: Seq): readonly MessageChange[] {
  return kept.flatMap((entry) => ('target' in entry && entry.seq > head ? [entry] : []));
}

function answered(state: RoomState): RoomState {
  const asking = Math.max(0, state.lookedUp.asking - 1);
  const isAllAnswered = asking === 0 && state.asking === 0;
  return { ...state, kept: isAllAnswered ? [] : state.kept, lookedUp: { ...state.lookedUp, asking } };
}
