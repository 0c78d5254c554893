// A room's log, as far as this browser has it: each function makes the next state of it. Nothing here asks for anything;
// connection/room-link.ts does. PROTOCOL.md, rules C5 to C8.
import type { Entry, MessageChange } from '../../protocol/entries.ts';
import type { Address, EntryId, Seq } from '../../protocol/ids.ts';
import { MAX_HELD_ENTRIES } from '../../protocol/limits.ts';
import type { Granted } from '../../protocol/requests.ts';
import { apply } from './apply.ts';
import { changed } from './message-change.ts';
import type { Line, RoomState } from './room-state.ts';

/** What a room may hold of its past in memory while nobody reads far up: about 40 screens, 1 MB. */
export const MAX_LINES = 1_500;

const NOTHING_HELD: ReadonlyMap<Seq, Entry> = new Map();
const NOTHING_AHEAD: ReadonlyMap<Seq, EntryId> = new Map();

export function emptyRoom(room: Address): RoomState {
  return {
    room,
    title: room,
    me: undefined,
    here: [],
    lines: [],
    atStart: false,
    firstUnread: undefined,
    last: { seq: 0, id: '' },
    ahead: NOTHING_AHEAD,
    isStale: false,
    held: NOTHING_HELD,
    asking: 0,
    kept: [],
  };
}

/** The connection is gone, and with it every answer that was on its way; the next join brings what is missing. */
export function disconnected(state: RoomState): RoomState {
  return { ...state, held: NOTHING_HELD, asking: 0, kept: [] };
}

/**
 * Keeps an entry for later. While a join is under way that is every one, also one below the last applied: the answer may
 * say that the store went back (C4).
 */
export function hold(state: RoomState, entry: Entry): RoomState {
  const held = new Map(state.held).set(entry.seq, entry);
  // The answer brings the lowest; the highest must stay, for it alone says how far the log goes.
  if (held.size > MAX_HELD_ENTRIES) held.delete(Math.min(...held.keys()));
  return { ...state, held };
}

/** The answer to a join (C2): who is here now, and what came since, or the newest page (C8). */
export function joined(state: RoomState, reply: Granted<'join'>): RoomState {
  const entered = { ...state, room: reply.room, title: reply.title, me: reply.me, here: reply.here };
  if (!reply.reset) {
    const firstUnread = state.me ? state.firstUnread : reply.firstUnread;
    // The first question of a connection: no other answer can be later than this one.
    const isStale = state.isStale || Math.max(0, ...state.ahead.keys()) > reply.head;
    return appended({ ...entered, firstUnread, isStale }, reply);
  }
  // What was held since this connection began belongs to the history that is being told now.
  const anew = { ...startedOver(entered, reply), held: state.held, firstUnread: reply.firstUnread };
  return drained(anew);
}

/** An entry from the live connection (C5): the next one is applied, a lower one dropped, a higher one held. */
export function received(state: RoomState, entry: Entry): RoomState {
  // C10: the place that was applied last, in another history: what follows it here would be taken for the next.
  if (entry.seq === state.last.seq && entry.id !== state.last.id) return stale(state);
  if (entry.seq <= state.last.seq) return state;
  if (entry.seq > state.last.seq + 1) return hold(state, entry);
  return drained(advanced(state, entry));
}

/** Entries are missing between the last one applied and those that came too early: they must be asked for. */
export function hasGap(state: RoomState): boolean {
  return state.held.size > 0;
}

/** The answer to a catch-up (C3), or a new start where the log is not the one known here (C4). */
export function caughtUp(state: RoomState, reply: Granted<'catchUp'>): RoomState {
  return reply.reset ? startedOver(state, reply) : appended(state, reply);
}

/** An answer has shown that the log is no longer the one that was told here. */
export function stale(state: RoomState): RoomState {
  return { ...state, isStale: true };
}

export function askedHistory(state: RoomState): RoomState {
  return { ...state, asking: state.asking + 1 };
}

/** Rows from before the first line, brought up to date with what changed since they were read (C6, C7). */
export function gotHistory(state: RoomState, reply: Granted<'history'>): RoomState {
  const before = state.lines[0]?.seq ?? state.last.seq + 1;
  const later = changesByTarget(state.kept.filter((change) => change.seq > reply.head));
  const older = reply.entries.flatMap((entry) => {
    if (entry.kind !== 'message' || entry.seq >= before) return [];
    return [(later.get(entry.seq) ?? []).reduce(changed, entry)];
  });
  const lines = older.length === 0 ? state.lines : [...older, ...state.lines];
  return historyEnded(readAt({ ...state, lines, atStart: reply.atStart }, reply));
}

export function historyFailed(state: RoomState): RoomState {
  return historyEnded(state);
}

/** At most `most` lines, the oldest dropped; all of them while history is being read, which would leave a hole. */
export function trimmed(state: RoomState, most: number = MAX_LINES): RoomState {
  if (state.asking > 0 || state.lines.length <= most) return state;
  return { ...state, lines: state.lines.slice(-most), atStart: false };
}

function historyEnded(state: RoomState): RoomState {
  const asking = Math.max(0, state.asking - 1);
  return { ...state, asking, kept: asking === 0 ? [] : state.kept };
}

function changesByTarget(changes: readonly MessageChange[]): ReadonlyMap<Seq, readonly MessageChange[]> {
  const byTarget = new Map<Seq, MessageChange[]>();
  for (const change of changes) {
    const known = byTarget.get(change.target);
    if (known) known.push(change);
    else byTarget.set(change.target, [change]);
  }
  return byTarget;
}

/** C8: the timeline alone; outbox and drafts are not in it. */
function startedOver(state: RoomState, reply: Granted<'join'> | Granted<'catchUp'>): RoomState {
  const oldest = reply.entries[0];
  return {
    ...state,
    lines: reply.entries.filter(isLine),
    atStart: oldest === undefined || oldest.seq === reply.first,
    last: { seq: reply.head, id: reply.headId },
    ahead: NOTHING_AHEAD,
    isStale: false,
    held: NOTHING_HELD,
    asking: 0,
    kept: [],
  };
}

function isLine(entry: Entry): entry is Line {
  return entry.kind === 'message' || entry.kind === 'notice' || entry.kind === 'rename';
}

/** What an answer says counts more than what was held: up to its head it is the newer one, and asked for to the end. */
function appended(state: RoomState, reply: Granted<'join'> | Granted<'catchUp'>): RoomState {
  const next = reply.entries.reduce(
    (before, entry) => (entry.seq === before.last.seq + 1 ? advanced(before, entry) : before),
    state,
  );
  return drained(withoutHeld(readAt(next, reply), reply.head));
}

/** The room after its next entry, which must be the one that an answer was read at. */
function advanced(state: RoomState, entry: Entry): RoomState {
  const expected = state.ahead.get(entry.seq);
  const next = apply(state, entry);
  if (expected === undefined) return next;
  const ahead = new Map([...state.ahead].filter(([seq]) => seq > entry.seq));
  return { ...next, ahead, isStale: state.isStale || expected !== entry.id };
}

/** Remembers at which head rows were read, until the log here has come to it. */
function readAt(state: RoomState, { head, headId }: { readonly head: Seq; readonly headId: EntryId | '' }): RoomState {
  const known = head === state.last.seq ? state.last.id : state.ahead.get(head);
  if (known && known !== headId) return stale(state);
  if (head <= state.last.seq || headId === '' || known) return state;
  return { ...state, ahead: new Map(state.ahead).set(head, headId) };
}

/** Applies what was held and is next by now. */
function drained(state: RoomState): RoomState {
  let next = state;
  for (let entry = next.held.get(next.last.seq + 1); entry; entry = next.held.get(next.last.seq + 1)) {
    next = advanced(next, entry);
  }
  return withoutHeld(next, next.last.seq);
}

function withoutHeld(state: RoomState, upTo: Seq): RoomState {
  const early = [...state.held].filter(([seq]) => seq > upTo);
  return early.length === state.held.size ? state : { ...state, held: new Map(early) };
}
