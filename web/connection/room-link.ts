import type { Entry, NoticeEntry } from '../../protocol/entries.ts';
import type { Address, EntryId, MemberId, Seq } from '../../protocol/ids.ts';
import { type Refused, refused, whatThen } from '../../protocol/refusals.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { Person } from '../../protocol/room.ts';
import type { RoomState } from '../state/room-state.ts';
import * as timeline from '../state/timeline.ts';
import { type Ask, answerOf } from './ask.ts';
import { pauseAfter } from './backoff.ts';
import type { Cancel, Clock, Random } from './clock.ts';

export interface RoomLinkParts {
  readonly room: Address;
  /** Which member of the session this tab is (H3); undefined lets the server choose. */
  readonly as: MemberId | undefined;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: RoomLinkEvents;
}

export interface RoomLinkEvents {
  changed(state: RoomState): void;
  /** All entries that arrive, live or in a list, whether they are applied or not: the outbox settles by them (S5). */
  saw(entries: readonly Entry[]): void;
  /** The room has been joined on this connection: the outbox may send. */
  joined(me: Person): void;
  /** The server says no for good: a name is to be given again, or the page to be loaded again. See joinAgain(). */
  ended(refusal: Refused): void;
  /** A request was not answered. Nothing more is asked before connected() is called for a new connection. */
  silent(): void;
}

/** away: no connection. silent: one that does not answer. left, ended: not before joinAgain(). */
export type RoomLinkStatus = 'away' | 'joining' | 'joined' | 'silent' | 'left' | 'ended';

export type HistoryOutcome =
  | { readonly kind: 'loaded' }
  /** There is nothing older, or the question is being asked already. */
  | { readonly kind: 'needless' }
  /** The connection was lost, or the room started over, before the answer was here. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly refusal: Refused };

/** Beyond twice MAX_LINES even somebody who reads far up loses the oldest: a tab left so over night must not grow. */
const MOST_LINES_WHILE_READING = 2 * timeline.MAX_LINES;

/** Keeps one room in step with the server, whatever happens to the connection. PROTOCOL.md, rules C1 to C8. */
export class RoomLink {
  readonly #parts: RoomLinkParts;
  #state: RoomState;
  #status: RoomLinkStatus = 'away';
  /** Another one when the connection is lost or the timeline starts over: an answer to an earlier question is nothing. */
  #era = {};
  #isCatchingUp = false;
  #isConnected = false;
  #isFollowing = true;
  /** The room was told that this member has gone: by intent in another tab, or because a server took it for dead. */
  #isSaidGone = false;
  /** The server did not know this member in the room when it sent something. */
  #isDoubted = false;
  #isAskedAgain = false;
  #pause: Cancel | undefined;
  #attempt = 0;

  constructor(parts: RoomLinkParts) {
    this.#parts = parts;
    this.#state = timeline.emptyRoom(parts.room);
  }

  get state(): RoomState {
    return this.#state;
  }

  get status(): RoomLinkStatus {
    return this.#status;
  }

  /** There is a new connection. */
  connected(): void {
    this.#isConnected = true;
    if (this.#status === 'ended' || this.#status === 'left') return;
    this.#startEra('away');
    void this.#join();
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#isConnected = false;
    this.#startEra(this.#status === 'ended' || this.#status === 'left' ? this.#status : 'away');
  }

  /** Joins once more on the connection there is: after a name was given again, or when the server lost track of us. */
  joinAgain(): void {
    if (this.#status !== 'joining' && this.#status !== 'silent') this.#rejoin();
  }

  /** A live entry of this room. */
  received(entry: Entry): void {
    if (entry.room !== this.#state.room || (this.#status !== 'joined' && this.#status !== 'joining')) return;
    this.#parts.events.saw([entry]);
    if (this.#status === 'joining') return this.#become(timeline.hold(this.#state, entry));
    this.#become(timeline.received(this.#state, entry));
    if (this.#state.isStale) this.#rejoin();
    else if (timeline.hasGap(this.#state)) void this.#catchUp();
    else if (entry.kind === 'notice' && entry.by.id === this.#state.me?.id) this.#wasNoticed(entry);
  }

  /** The page was hidden or the network away: asks once what came since, and so finds out whether the connection lives. */
  wake(): void {
    if (this.#status === 'joined') void this.#catchUp();
  }

  /** What this member sent was answered `notMember`: it has left in another tab, or the server has lost track of it. */
  notJoined(): void {
    if (this.#status !== 'joined') return;
    this.#isDoubted = true;
    void this.#catchUp();
  }

  /** Whether the reader is at the newest line. While not, lines are not dropped at the top under the reader's eyes. */
  following(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    this.#become(this.#state);
  }

  /** Loads what is before the first line. */
  async loadOlder(): Promise<HistoryOutcome> {
    if (this.#status !== 'joined') return { kind: 'lost' };
    if (this.#state.atStart || this.#state.asking > 0) return { kind: 'needless' };
    const era = this.#era;
    const before: Seq = this.#state.lines[0]?.seq ?? this.#state.last.seq + 1;
    this.#become(timeline.askedHistory(this.#state));
    const reply = await answerOf(this.#parts.ask('history', { room: this.#state.room, before }));
    if (era !== this.#era) return { kind: 'lost' };
    if (reply?.ok) return this.#gotHistory(reply);
    this.#become(timeline.historyFailed(this.#state));
    if (reply) return { kind: 'refused', refusal: reply };
    this.#fellSilent();
    return { kind: 'lost' };
  }

  /** Leaves in all tabs of the member. False: the server could not be told. */
  async leave(): Promise<boolean> {
    if (this.#status !== 'joined') return false;
    const reply = await answerOf(this.#parts.ask('leave', { room: this.#state.room }));
    if (!reply?.ok) return false;
    this.#startEra('left');
    return true;
  }

  #startEra(status: RoomLinkStatus): void {
    this.#era = {};
    this.#status = status;
    this.#isCatchingUp = false;
    this.#isSaidGone = false;
    this.#isDoubted = false;
    this.#pause?.();
    this.#pause = undefined;
    this.#become(timeline.disconnected(this.#state));
  }

  #rejoin(): void {
    this.#startEra('away');
    if (this.#isConnected) void this.#join();
  }

  async #join(): Promise<void> {
    const era = this.#era;
    this.#status = 'joining';
    const { me, room, last, isStale } = this.#state;
    const as = me?.id ?? this.#parts.as;
    const after: [Seq, EntryId | ''] = [last.seq, last.id];
    const request = { room, ...(as && { as }), ...(me && !isStale && { after }) };
    const reply = await answerOf(this.#parts.ask('join', request));
    if (era !== this.#era) return;
    if (!reply) return this.#fellSilent();
    if (!reply.ok) return this.#refused(reply, () => this.#rejoin());
    // H3: a tab is one member. Where that one is gone the server says another of the session's: nobody is to write as that.
    if (me && reply.me.id !== me.id) return this.#refused(refused('notMember'), () => this.#rejoin());
    this.#joined(reply);
  }

  #joined(reply: Granted<'join'>): void {
    this.#parts.events.saw(reply.entries);
    this.#become(timeline.joined(this.#state, reply));
    if (this.#state.isStale) return this.#later(undefined, () => this.#rejoin());
    this.#status = 'joined';
    this.#parts.events.joined(reply.me);
    if (this.#isBehind(reply.head)) void this.#catchUp();
    else this.#attempt = 0;
  }

  async #catchUp(): Promise<void> {
    if (this.#isCatchingUp) {
      // What is on its way may have been answered before what made us ask.
      this.#isAskedAgain = true;
      return;
    }
    this.#isCatchingUp = true;
    this.#isAskedAgain = false;
    const era = this.#era;
    const { room, last, held } = this.#state;
    const reply = await answerOf(
      this.#parts.ask('catchUp', { room, after: last.seq, ...(last.id && { id: last.id }) }),
    );
    if (era !== this.#era) return;
    if (!reply) return this.#fellSilent();
    // Without a notice, which may still be on its way, the server has lost track of this connection: a join decides.
    if (!reply.ok && reply.code === 'notMember' && !this.#isSaidGone)
      return this.#later(undefined, () => (this.#isSaidGone ? this.#catchUpAgain() : this.#rejoin()));
    if (!reply.ok) return this.#refused(reply, () => this.#catchUpAgain());
    this.#isCatchingUp = false;
    this.#caughtUp(reply, last.seq, Math.max(0, ...held.keys()));
  }

  /** When it was asked, `asked` was the last entry applied and `heard` the last that had arrived. */
  #caughtUp(reply: Granted<'catchUp'>, asked: Seq, heard: Seq): void {
    this.#parts.events.saw(reply.entries);
    const next = timeline.caughtUp(this.#state, reply);
    this.#become(reply.head < heard && !reply.reset ? timeline.stale(next) : next);
    // Who came and went in what was skipped is not known: a join tells who is here, and what was held goes through it.
    if (reply.reset || this.#state.isStale) this.#rejoin();
    else if (this.#isAskedAgain) void this.#catchUp();
    else if (this.#isDoubted) this.#rejoin();
    else if (!this.#isBehind(reply.head)) this.#attempt = 0;
    else if (this.#state.last.seq > asked) void this.#catchUp();
    // An answer that leads nowhere is not asked for again at once.
    else this.#later(undefined, () => this.#catchUpAgain());
  }

  /** P3: whoever leaves in one tab has left in all: the server says whether that is what happened. */
  #wasNoticed({ type }: NoticeEntry): void {
    this.#isSaidGone = type === 'disconnect';
    if (this.#isSaidGone) void this.#catchUp();
  }

  #isBehind(head: Seq): boolean {
    return this.#state.last.seq < head || timeline.hasGap(this.#state);
  }

  #catchUpAgain(): void {
    this.#isCatchingUp = false;
    void this.#catchUp();
  }

  #gotHistory(reply: Granted<'history'>): HistoryOutcome {
    this.#parts.events.saw(reply.entries);
    this.#become(timeline.gotHistory(this.#state, reply));
    if (!this.#state.isStale) return { kind: 'loaded' };
    this.#rejoin();
    return { kind: 'lost' };
  }

  #refused(refusal: Refused, again: () => void): void {
    if (whatThen(refusal.code) === 'again') return this.#later(refusal.retryAfter, again);
    this.#startEra('ended');
    this.#parts.events.ended(refusal);
  }

  #later(retryAfter: number | undefined, run: () => void): void {
    this.#pause?.();
    this.#isCatchingUp = true;
    const ms = pauseAfter(retryAfter, this.#attempt, this.#parts.random);
    this.#attempt += 1;
    this.#pause = this.#parts.clock.after(ms, () => {
      this.#pause = undefined;
      run();
    });
  }

  #fellSilent(): void {
    this.#startEra('silent');
    this.#parts.events.silent();
  }

  #become(state: RoomState): void {
    const next = timeline.trimmed(state, this.#isFollowing ? timeline.MAX_LINES : MOST_LINES_WHILE_READING);
    if (next === this.#state) return;
    this.#state = next;
    this.#parts.events.changed(next);
  }
}
