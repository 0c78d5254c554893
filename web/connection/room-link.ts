import type { Entry, NoticeEntry, SettingsEntry } from '../../protocol/entries.ts';
import type { Address, EntryId, MemberId, Seq } from '../../protocol/ids.ts';
import { type Refused, refused, whatThen } from '../../protocol/refusals.ts';
import { PAGE_ENTRIES } from '../../protocol/limits.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { Person } from '../../protocol/room.ts';
import type { HereSignal, LeftSignal } from '../../protocol/signals.ts';
import type { RoomState, Span } from '../state/room-state.ts';
import * as timeline from '../state/timeline.ts';
import { type Ask, answerOf } from './ask.ts';
import { pauseAfter } from './backoff.ts';
import { LookUps } from './look-ups.ts';
import type { Cancel, Clock, Random } from './clock.ts';
import { failureOf, type HistoryOutcome, whyNot } from './history-outcome.ts';

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

/** Whoever scrolls faster than the server gives history waits so long for the rest of it, and is told when it is more. */
const PATIENCE_MS = 5_000;

/** Keeps one room in step with the server, whatever happens to the connection. PROTOCOL.md, rules C1 to C8. */
export class RoomLink {
  readonly lookUps: LookUps;
  readonly #parts: RoomLinkParts;
  #state: RoomState;
  #status: RoomLinkStatus = 'away';
  /** Another one when the connection is lost or the timeline starts over: an answer to an earlier question is nothing. */
  #era = {};
  #isCatchingUp = false;
  #isConnected = false;
  #drawn: Span | undefined;
  /** The room was told that this member has gone: by intent in another tab, or because a server took it for dead. */
  #isSaidGone = false;
  #isLeaving = false;
  /** Once it is known whether it has left. */
  #isJoinDue = false;
  /** The server did not know this member in the room when it sent something. */
  #isDoubted = false;
  #isAskedAgain = false;
  /** The last one for more lines: an answer to an earlier one is about lines that were left behind. */
  #question = {};
  #pause: Cancel | undefined;
  #attempt = 0;

  constructor(parts: RoomLinkParts) {
    this.#parts = parts;
    this.#state = timeline.emptyRoom(parts.room);
    this.lookUps = new LookUps({
      ask: parts.ask,
      now: () => (this.#status === 'joined' ? { state: this.#state, era: this.#era } : undefined),
      become: (state) => this.#become(state),
    });
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
    else if (isOfPresence(entry) && entry.by.id === this.#state.me?.id) this.#wasNoticed(entry);
    // Not a join at once: whoever has just left in another tab would be in again.
    else if (this.#state.isHereOld) void this.#catchUp();
  }

  /** A signal that tells of this room as a whole. */
  heard(signal: HereSignal | LeftSignal): void {
    if (signal.room !== this.#state.room || this.#status !== 'joined') return;
    switch (signal.kind) {
      case 'here':
        return this.#become(timeline.counted(this.#state, signal.count));
      case 'left':
        // P10: where nobody is told who comes and goes there is no notice of it.
        this.#isSaidGone = true;
        return void this.#catchUp();
    }
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

  /** Which lines the reader has before them; undefined while they read along. These are never dropped from memory. */
  drawn(span: Span | undefined): void {
    this.#drawn = span;
    this.#become(this.#state);
  }

  /** Loads what is before the first line. */
  async loadOlder(): Promise<HistoryOutcome> {
    if (this.#status === 'joined' && (this.#state.atStart || this.#state.asking > 0)) return { kind: 'needless' };
    const { room, lines, last } = this.#state;
    const before: Seq = lines[0]?.seq ?? last.seq + 1;
    return this.#load(() => this.#parts.ask('history', { room, before }), timeline.gotHistory);
  }

  /** Loads what is after the last line, where newer lines are not in memory. */
  async loadNewer(): Promise<HistoryOutcome> {
    if (this.#status === 'joined' && (this.#state.atEnd || this.#state.asking > 0)) return { kind: 'needless' };
    const { room } = this.#state;
    const { seq: after, id } = timeline.endOf(this.#state);
    return this.#load(() => this.#parts.ask('catchUp', { room, after, ...(id && { id }) }), timeline.gotNewer);
  }

  /** Goes to the newest line over all that is not in memory. */
  async loadNewest(): Promise<HistoryOutcome> {
    if (this.#state.atEnd) return { kind: 'needless' };
    const { room, last } = this.#state;
    const after = Math.max(0, last.seq - PAGE_ENTRIES);
    return this.#load(() => this.#parts.ask('catchUp', { room, after }), timeline.gotNewest);
  }

  /** Leads to a message, or to the first since a time (ms since 1970): C12. Of what goes wrong the caller tells. */
  async showAround(where: { readonly around: Seq } | { readonly date: number }): Promise<HistoryOutcome> {
    const led = 'around' in where ? timeline.ledTo(this.#state, where.around) : undefined;
    if (led) this.#become(led);
    if (led) return { kind: 'loaded' };
    const { room, goal } = this.#state;
    const ask = () => this.#parts.ask('history', { room, ...where });
    const outcome = await this.#load(ask, timeline.gotAround, () => undefined);
    return outcome.kind === 'loaded' && this.#state.goal === goal ? { kind: 'nowhere' } : outcome;
  }

  /** What is no matter of the log: where somebody is to be led, and where the divider of the unread stands. */
  mark(place: Partial<Pick<RoomState, 'goal' | 'firstUnread'>>): void {
    this.#become({ ...this.#state, ...place });
  }

  /** Leaves in all tabs of the member. False: the server could not be told. */
  async leave(): Promise<boolean> {
    if (this.#status !== 'joined') return false;
    this.#isLeaving = true;
    const reply = await answerOf(this.#parts.ask('leave', { room: this.#state.room }));
    this.#isLeaving = false;
    if (!reply?.ok) {
      if (this.#isJoinDue) this.#rejoin();
      return false;
    }
    this.#startEra('left');
    return true;
  }

  #startEra(status: RoomLinkStatus): void {
    this.#era = {};
    this.#status = status;
    this.#isCatchingUp = false;
    this.#isSaidGone = false;
    this.#isDoubted = false;
    this.#isJoinDue = false;
    this.#pause?.();
    this.#pause = undefined;
    this.#become(timeline.disconnected(this.#state));
  }

  #rejoin(): void {
    // It would be in again.
    this.#isJoinDue = this.#isLeaving;
    if (this.#isLeaving) return;
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
    if (this.#mustJoin) return this.#rejoin();
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
    if (reply.reset || this.#mustJoin) this.#rejoin();
    else if (this.#isAskedAgain) void this.#catchUp();
    else if (this.#isDoubted) this.#rejoin();
    else if (!this.#isBehind(reply.head)) this.#attempt = 0;
    else if (this.#state.last.seq > asked) void this.#catchUp();
    // An answer that leads nowhere is not asked for again at once.
    else this.#later(undefined, () => this.#catchUpAgain());
  }

  /** P3: whoever leaves in one tab has left in all: the server says whether that is what happened. */
  #wasNoticed(entry: NoticeEntry | SettingsEntry): void {
    // P7: the one with whose going notices start again has no notice of it.
    this.#isSaidGone = entry.kind === 'notice' ? entry.type === 'disconnect' : entry.notices;
    if (this.#isSaidGone) void this.#catchUp();
  }

  /** What only a join says: what the log is now, or who is here now. */
  get #mustJoin(): boolean {
    return this.#state.isStale || this.#state.isHereOld;
  }

  #isBehind(head: Seq): boolean {
    return this.#state.last.seq < head || timeline.hasGap(this.#state);
  }

  #catchUpAgain(): void {
    this.#isCatchingUp = false;
    void this.#catchUp();
  }

  async #load<Reply extends Granted<'history'> | Granted<'catchUp'>>(
    ask: () => Promise<Reply | Refused | undefined>,
    got: (state: RoomState, reply: Reply) => RoomState,
    troubleOf = whyNot,
  ): Promise<HistoryOutcome> {
    const lost = { kind: 'lost' } as const;
    if (this.#status !== 'joined') {
      this.#become(timeline.historyFailed(this.#state, troubleOf(lost)));
      return lost;
    }
    const era = this.#era;
    const question = {};
    this.#question = question;
    // A log that is shorter than what has come of it is another one.
    const asked = this.#state.last.seq;
    this.#become(timeline.askedHistory(this.#state));
    const reply = await this.#patiently(ask, era);
    if (era !== this.#era) return lost;
    const isAsked = question === this.#question;
    if (reply?.ok && isAsked) {
      this.#parts.events.saw(reply.entries);
      const next = got(this.#state, reply);
      return this.#loaded(reply.head < asked ? timeline.stale(next) : next);
    }
    const outcome = failureOf(reply);
    this.#become(timeline.historyFailed(this.#state, isAsked ? troubleOf(outcome) : undefined));
    if (reply === undefined) this.#fellSilent();
    return outcome;
  }

  #loaded(state: RoomState): HistoryOutcome {
    this.#become(state);
    if (!state.isStale) return { kind: 'loaded' };
    this.#rejoin();
    return { kind: 'lost' };
  }

  /** Asks again by itself where it was only too fast: whoever scrolls far in one go meets that. */
  async #patiently<Reply extends { readonly ok: true }>(
    ask: () => Promise<Reply | Refused | undefined>,
    era: object,
  ): Promise<Reply | Refused | undefined> {
    const { clock } = this.#parts;
    const until = clock.now() + PATIENCE_MS;
    for (;;) {
      const reply = await answerOf(ask());
      if (reply?.ok !== false || reply.code !== 'rateLimited') return reply;
      const pause = pauseAfter(reply.retryAfter, 0, this.#parts.random);
      if (clock.now() + pause > until) return reply;
      await new Promise<void>((resolve) => void clock.after(pause, resolve));
      if (era !== this.#era) return reply;
    }
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
    const next = timeline.trimmed(state, this.#drawn);
    if (next === this.#state) return;
    this.#state = next;
    this.#parts.events.changed(next);
  }
}

function isOfPresence(entry: Entry): entry is NoticeEntry | SettingsEntry {
  return entry.kind === 'notice' || entry.kind === 'settings';
}
