// A room's log, as far as this browser has it: each function makes the next state of it. Nothing here asks for anything;
// connection/room-link.ts does. PROTOCOL.md, rules C5 to C8.
import type { Entry, MessageChange } from '../../protocol/entries.ts';
import type { Address, EntryId, Seq } from '../../protocol/ids.ts';
import { MAX_HELD_ENTRIES } from '../../protocol/limits.ts';
import type { Granted } from '../../protocol/requests.ts';
import { apply } from './apply.ts';
import { NOTHING_LOOKED_UP, unasked } from './looked-up.ts';
import { changed } from './message-change.ts';
import type { Line, RoomState, Span } from './room-state.ts';

/** How many lines of a room are in memory, wherever in it one reads: about 40 screens, 1 MB. */
export const MAX_LINES = 1_500;

const NOTHING_HELD: ReadonlyMap<Seq, Entry> = new Map();
const NOTHING_AHEAD: ReadonlyMap<Seq, EntryId> = new Map();

export function emptyRoom(room: Address): RoomState {
  return {
    room,
    title: room,
    topic: '',
    direct: undefined,
    me: undefined,
    here: [],
    crowd: undefined,
    isHereOld: false,
    lines: [],
    readTo: undefined,
    atStart: false,
    atEnd: true,
    heard: 0,
    trouble: undefined,
    firstUnread: undefined,
    goal: undefined,
    last: { seq: 0, id: '' },
    ahead: NOTHING_AHEAD,
    isStale: false,
    held: NOTHING_HELD,
    asking: 0,
    kept: [],
    lookedUp: NOTHING_LOOKED_UP,
  };
}

/** The connection is gone, and with it every answer that was on its way; the next join brings what is missing. */
export function disconnected(state: RoomState): RoomState {
  return { ...state, held: NOTHING_HELD, asking: 0, kept: [], lookedUp: unasked(state.lookedUp) };
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
  const { room, me } = reply;
  const entered = { ...state, room, me, ...presentIn(reply), trouble: undefined };
  if (!reply.reset) {
    const firstUnread = state.me ? state.firstUnread : reply.firstUnread;
    // The first question of a connection: no other answer can be later than this one.
    const isStale = state.isStale || Math.max(0, ...state.ahead.keys()) > reply.head;
    // What the room is and who is here was read last: it says more than the entries do that came since.
    return drained({ ...brought({ ...entered, firstUnread, isStale }, reply), ...presentIn(reply) });
  }
  // What was held since this connection began belongs to the history that is being told now.
  const anew = { ...startedOver(entered, reply), held: state.held, firstUnread: reply.firstUnread };
  return drained(anew);
}

function presentIn({
  title,
  topic,
  direct,
  here,
  count,
  notices,
}: Granted<'join'>): Pick<RoomState, 'title' | 'topic' | 'direct' | 'here' | 'crowd' | 'isHereOld'> {
  return { title, topic, direct, here, crowd: notices ? undefined : count, isHereOld: false };
}

/** P8: how many are here. Where everybody is told who comes and goes it is old news. */
export function counted(state: RoomState, count: number): RoomState {
  return state.crowd === undefined ? state : { ...state, crowd: count };
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

/** From where on newer lines are to be read. A run of changes may be longer than an answer: it is not read again and again. */
export function endOf({ lines, readTo }: RoomState): { readonly seq: Seq; readonly id: EntryId | '' } {
  const end = lines.at(-1);
  if (readTo && readTo.seq > (end?.seq ?? 0)) return readTo;
  return end ?? { seq: 0, id: '' };
}

export function askedHistory(state: RoomState): RoomState {
  return { ...state, asking: state.asking + 1 };
}

/** Rows from before the first line, brought up to date with what changed since they were read (C6, C7). */
export function gotHistory(state: RoomState, reply: Granted<'history'>): RoomState {
  const before = state.lines[0]?.seq ?? state.last.seq + 1;
  const older = reply.entries.flatMap((entry) => (entry.kind !== 'message' || entry.seq >= before ? [] : [entry]));
  const lines = older.length === 0 ? state.lines : [...upToDate(older, state, reply), ...state.lines];
  return historyEnded(readAt({ ...state, lines, atStart: reply.atStart }, reply));
}

/** What follows the last line, read as catching up reads: to the end, or, where there is too much of it, not yet so far. */
export function gotNewer(state: RoomState, reply: Granted<'catchUp'>): RoomState {
  if (reply.reset) return startedOver(state, reply);
  const after = state.lines.at(-1)?.seq ?? 0;
  const read = reply.entries.at(-1)?.seq ?? reply.head;
  const atEnd = read >= reply.head;
  // C7: what the log here has not come to is applied when it does.
  const newer = reply.entries.filter(isLine).filter(({ seq }) => seq > after && seq <= state.last.seq);
  const since = atEnd ? state.kept.filter(isLine).filter(({ seq }) => seq > Math.max(read, after)) : [];
  const lines = [...state.lines, ...upToDate([...newer, ...since], state, reply)];
  // No further than the log here has come: what is beyond was left out, and is to be read.
  const last = reply.entries.findLast(({ seq }) => seq <= state.last.seq);
  const readTo = atEnd || last === undefined ? undefined : { seq: last.seq, id: last.id };
  return historyEnded(readAt({ ...state, lines, atEnd, readTo }, reply));
}

/** The newest page in place of all lines: a jump over what is between. */
export function gotNewest(state: RoomState, reply: Granted<'catchUp'>): RoomState {
  return gotNewer({ ...state, lines: [], readTo: undefined, atStart: false }, reply);
}

/**
 * C12: a page around a message in place of all lines, and that message as the goal. Nothing where the room has no message,
 * or where the one that is meant is beyond what the log here has come to.
 */
export function gotAround(state: RoomState, reply: Granted<'history'>): RoomState {
  const read = reply.entries.at(-1)?.seq ?? 0;
  const seq = reply.anchor ?? read;
  const { lines: before, last, kept } = state;
  if (seq === 0 || seq > last.seq) return historyEnded(readAt(state, reply));
  const page = reply.entries.filter(isLine).filter((line) => line.seq <= last.seq);
  const atEnd = reply.atEnd || read > last.seq;
  // What came after the answer was read: among the lines where these went to the end, else kept.
  const after = before.at(-1)?.seq ?? 0;
  const live = [...before, ...kept.filter(isLine).filter((line) => line.seq > after)];
  const since = atEnd ? live.filter((line) => line.seq > reply.head) : [];
  const lines = upToDate([...page, ...since], state, reply);
  return historyEnded(
    readAt({ ...state, lines, readTo: undefined, atStart: reply.atStart, atEnd, goal: { seq } }, reply),
  );
}

/** The first message from `seq` on as the goal; undefined where it is not in memory. */
export function ledTo(state: RoomState, seq: Seq): RoomState | undefined {
  const isAllAfter = state.atStart || (state.lines[0]?.seq ?? seq + 1) <= seq;
  const line = isAllAfter ? state.lines.find((one) => one.kind === 'message' && one.seq >= seq) : undefined;
  return line && { ...state, goal: { seq: line.seq } };
}

/** `trouble`: why, to be shown; undefined where it will be asked again without a word. */
export function historyFailed(state: RoomState, trouble?: string): RoomState {
  if (state.asking === 0 && state.trouble === trouble) return state;
  return { ...historyEnded(state), trouble };
}

/**
 * At most `most` lines, in one run without a hole: what one does not look at is dropped at the end that is further away.
 * All of them stay while more are being read, which would leave a hole. `drawn`: where one reads; undefined: at the newest.
 */
export function trimmed(state: RoomState, drawn?: Span, most: number = MAX_LINES): RoomState {
  const { lines } = state;
  const excess = lines.length - most;
  if (state.asking > 0 || excess <= 0) return state;
  const above = drawn === undefined ? excess : lines.findLastIndex(({ seq }) => seq < drawn.from) + 1;
  const below = drawn === undefined ? 0 : lines.length - 1 - lines.findLastIndex(({ seq }) => seq <= drawn.to);
  if (above >= below) return { ...state, lines: lines.slice(Math.min(excess, above)), atStart: false };
  return { ...state, lines: lines.slice(0, lines.length - Math.min(excess, below)), readTo: undefined, atEnd: false };
}

function historyEnded(state: RoomState): RoomState {
  const asking = Math.max(0, state.asking - 1);
  return { ...state, asking, trouble: undefined, kept: asking === 0 && state.lookedUp.asking === 0 ? [] : state.kept };
}

/** C6: with what has changed since they were read. */
function upToDate(rows: readonly Line[], { kept }: RoomState, reply: { readonly head: Seq }): readonly Line[] {
  const later = changesByTarget(kept.filter(isChange).filter((change) => change.seq > reply.head));
  if (later.size === 0) return rows;
  return rows.map((row) => (row.kind === 'message' ? (later.get(row.seq) ?? []).reduce(changed, row) : row));
}

function isChange(entry: Entry): entry is MessageChange {
  return 'target' in entry;
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
    readTo: undefined,
    atStart: oldest === undefined || oldest.seq === reply.first,
    atEnd: true,
    heard: state.heard + newsIn(state, reply.entries),
    trouble: undefined,
    goal: undefined,
    last: { seq: reply.head, id: reply.headId },
    ahead: NOTHING_AHEAD,
    isStale: false,
    held: NOTHING_HELD,
    asking: 0,
    kept: [],
    lookedUp: NOTHING_LOOKED_UP,
  };
}

/** On coming in nothing is news. */
function newsIn({ last, me }: RoomState, entries: readonly Entry[]): number {
  if (last.seq === 0) return 0;
  return entries.filter((entry) => entry.kind === 'message' && entry.seq > last.seq && entry.by.id !== me?.id).length;
}

/** Every kind, so that whoever adds one decides whether it is told. */
const TOLD: Readonly<Record<Line['kind'], true>> = {
  message: true,
  notice: true,
  rename: true,
  title: true,
  topic: true,
};

export function isLine(entry: Entry): entry is Line {
  return Object.hasOwn(TOLD, entry.kind);
}

/** What an answer says counts more than what was held: up to its head it is the newer one, and asked for to the end. */
function appended(state: RoomState, reply: Granted<'catchUp'>): RoomState {
  return drained(brought(state, reply));
}

function brought(state: RoomState, reply: Granted<'join'> | Granted<'catchUp'>): RoomState {
  const next = reply.entries.reduce(
    (before, entry) => (entry.seq === before.last.seq + 1 ? advanced(before, entry) : before),
    state,
  );
  return withoutHeld(readAt(next, reply), reply.head);
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
