import type { Entry } from '../protocol/entries.ts';
import type { Address, ClientId, MemberId } from '../protocol/ids.ts';
import { REFUSALS } from '../protocol/refusals.ts';
import type { Person } from '../protocol/room.ts';
import type { Signal } from '../protocol/signals.ts';
import { alongOf } from './completion/mentioned.ts';
import { Draft } from './connection/draft.ts';
import { findDirect } from './connection/find-direct.ts';
import { Handover } from './connection/handover.ts';
import type { Along, Owner } from './connection/outbox-item.ts';
import { PeoplePages } from './connection/people-pages.ts';
import { RoomLink } from './connection/room-link.ts';
import { TypingSignals } from './connection/typing-signals.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { EditDesk } from './edit-desk.ts';
import { FormerDraft, joinTexts, takeTyped } from './former-draft.ts';
import { Ignored } from './ignored.ts';
import { MessageDesk } from './message-desk.ts';
import { NamingDesk } from './naming-desk.ts';
import { obey } from './obey.ts';
import { ReadingDesk, readingActions } from './reading-desk.ts';
import { ReplyDesk } from './reply-desk.ts';
import type { RoomTabParts } from './room-tab-parts.ts';
import { Seat } from './seat.ts';
import type { Shown } from './shown.ts';
import { newestOwn, NO_EDITS, textOf } from './state/edits.ts';
import { refusedText } from './state/foreseen.ts';
import { peopleKnown } from './state/people-known.ts';
import { quotedBy } from './state/quoted.ts';
import type { LinkState, PendingMessage, RoomState } from './state/room-state.ts';
import { forgetMember, memberOfTab, rememberedMember, rememberMember } from './tab-member.ts';
import type { RoomActions } from './views/room-page.tsx';
import type { Spot } from './views/transcript.tsx';

type Ended = Extract<LinkState, { kind: 'ended' }>;

/** One room in one tab: the way there, the timeline, and what this tab's member has to say. */
export class RoomTab {
  readonly #parts: RoomTabParts;
  readonly #link: RoomLink;
  readonly #reading: ReadingDesk;
  readonly #guess: Person;
  /** As whom the next join asks to come in. */
  #asked: MemberId | undefined;
  readonly #typing: TypingSignals;
  readonly #people: PeoplePages;
  readonly #whereabouts: Whereabouts;
  #seat: Seat | undefined;
  #desk: EditDesk | undefined;
  #replies: ReplyDesk | undefined;
  #pending: readonly PendingMessage[] = [];
  /** What was sent before it was known by whom. */
  #early: readonly PendingMessage[] = [];
  #typed = '';
  readonly #former: FormerDraft;
  readonly #ignored: Ignored;
  #ended: Ended | undefined;
  #spot: Spot | undefined;
  #refused = '';
  #isLeaving = false;
  #isSeen: boolean;

  constructor(parts: RoomTabParts) {
    this.#parts = parts;
    this.#isSeen = parts.isSeen;
    const { page, address, clock, random, connection, events } = parts;
    const { ask } = connection;
    const { changed } = events;
    const as = memberOfTab(page, address, parts.tab);
    this.#asked = as;
    this.#guess = { id: as ?? ('' as MemberId), name: page.memberName, role: 'member' };
    this.#typing = new TypingSignals({ room: page.room, ask, clock, changed });
    this.#people = new PeoplePages({ room: page.room, ask, clock, changed });
    this.#former = new FormerDraft(parts.texts, clock, { room: page.room, member: this.#guess.id, name: '' });
    this.#ignored = new Ignored({ texts: parts.texts, room: page.room, changed });
    this.#reading = new ReadingDesk({ ask, clock, address, changed, link: () => this.#link });
    this.#whereabouts = new Whereabouts(parts.texts);
    this.#link = new RoomLink({
      room: page.room,
      as,
      ask,
      clock,
      random,
      events: {
        changed: (state) => this.#reached(state),
        saw: (entries) => this.#seat?.outbox.saw(entries),
        joined: (me) => this.#joined(me),
        ended: ({ code, message }) => {
          // Given up, or left in another tab.
          if (code === 'notMember') this.#isOut();
          this.#left({ kind: 'ended', code, message });
        },
        silent: () => connection.renew(),
      },
    });
  }

  readonly #messages = new MessageDesk({
    outbox: () => this.#seat?.outbox,
    edits: () => this.#desk,
    replies: () => this.#replies,
    lookUps: () => this.#link.lookUps,
  });

  readonly #naming = new NamingDesk(() => this.#seat?.outbox);

  readonly actions: RoomActions = {
    ...this.#messages.actions,
    ...readingActions(() => this.#reading),
    ...this.#naming.actions,
    write: (text) => this.#wrote(text),
    send: (text) => this.#send(text),
    retry: (id) => void this.#seat?.outbox.retry(id),
    edit: (id) => this.#takeBack(id),
    discard: (id) => void this.#seat?.outbox.discard(id),
    editNewest: () => this.#editNewest(),
    saveEdit: (text) => this.#desk?.save(text),
    cancelEdit: () => this.#desk?.cancel(),
    deleteEdited: () => this.#desk?.delete(),
    takeEditBack: (id) => this.#takeEditBack(id),
    loadOlder: () => void this.#link.loadOlder(),
    loadNewer: () => void this.#link.loadNewer(),
    loadNewest: () => void this.#link.loadNewest(),
    drawn: (span) => this.#link.drawn(span),
    wentFrom: (spot) => {
      this.#spot = spot;
      this.#reading.wentAway();
    },
    tryNow: () => this.#parts.connection.tryNow(),
    leave: () => this.#leave(),
    people: () => peopleKnown(this.#link.state, this.#people.list),
    obey: (order) =>
      obey(order, { room: this.#parts.page.room, ask: this.#parts.connection.ask, outbox: this.#seat?.outbox }),
    listPeople: () => void this.#people.begin(),
    listMorePeople: () => void this.#people.more(),
    findDirect: (member) => findDirect(this.#parts.connection.ask, this.address, member),
    ignore: (person) => this.#ignored.ignore(person),
    heed: (member) => this.#ignored.heed(member),
  };

  get shown(): Shown {
    const { title } = this.#parts.page;
    const known = this.#link.state;
    const answered = this.#replies?.target;
    const wanted = this.#desk?.roomAsWanted(known, known.me ?? this.#guess) ?? known;
    const state = this.#naming.roomAsNamed(wanted);
    return {
      state: state.me === undefined ? { ...state, title } : state,
      me: state.me ?? this.#guess,
      pending: this.#seat === undefined ? this.#early : this.#pending,
      link: this.#ended ?? this.#parts.connection.state,
      draft: this.#typed,
      isKept: this.#seat?.outbox.state.inMemory !== true,
      edits: this.#desk?.edits ?? NO_EDITS,
      replying: answered === undefined ? undefined : (quotedBy(state, this.#pending, answered) ?? 'asked'),
      reading: this.#reading.reading,
      list: this.#people.list,
      typists: this.#ignored.without(this.#typing.typists),
      ignored: this.#ignored.people,
      refused: this.#refused,
      spot: this.#spot,
    };
  }

  get address(): Address {
    return this.#parts.page.room;
  }

  /** It is not joined again by itself. */
  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  open(): void {
    const { as, room, memberName } = this.#parts.page;
    // A member that the server has not confirmed may be of a session that has ended: what is written waits for the join.
    if (as !== undefined && as === this.#guess.id) this.#sit({ room, member: as, name: memberName });
  }

  /** There is a new connection: it is to be in the room. */
  connected(): void {
    this.#link.connected();
  }

  disconnected(): void {
    this.#reading.disconnected();
    this.#link.disconnected();
    this.#typing.disconnected();
    this.#seat?.outbox.offline();
  }

  /** A live entry of this room. */
  received(entry: Entry): void {
    this.#typing.received(entry);
    this.#link.received(entry);
  }

  heard(signal: Signal): void {
    if (signal.kind === 'here' || signal.kind === 'left') this.#link.heard(signal);
    else if (signal.kind === 'read') this.#reading.heard(signal);
    else if (signal.kind === 'typing' && signal.by.id !== this.#link.state.me?.id) this.#typing.heard(signal);
  }

  /** The page is looked at again: the connection may have died without a word. */
  seen(): void {
    this.#isSeen = true;
    this.#seat?.seen();
    this.#reading.seen();
    this.#link.wake();
  }

  hidden(): void {
    this.#isSeen = false;
    this.#desk?.hidden();
    if (this.#seat) this.#seat.hidden();
    else this.#former.keep([...this.#early.map(({ text }) => text), this.#typed].join('\n'));
  }

  /** For good; what was written is kept. */
  close(): void {
    this.hidden();
    this.disconnected();
    this.#seat?.close();
  }

  /** Point 27: another tab of this member has kept another draft, or has sent it. Not where one is just writing. */
  keptElsewhere(key: string | null): void {
    this.#ignored.keptElsewhere(key);
    if (this.#seat?.draft.keptElsewhere(key) === true) this.#typed = this.#seat.draft.text;
    this.#parts.events.changed();
  }

  /** What the browser says of the network may be wrong: a question tells whether the connection lives. */
  wake(): void {
    this.#link.wake();
  }

  #joined(me: Person): void {
    const { page, tab } = this.#parts;
    // Only who was asked for and is no more has left something behind: a second name taken in this tab is somebody else.
    const remembered = rememberedMember(page.room, tab);
    const before = remembered === this.#asked ? remembered : undefined;
    this.#asked = me.id;
    this.#former.takeBack();
    if (this.#seat?.outbox.owner.member !== me.id) this.#sit({ room: page.room, member: me.id, name: me.name });
    if (before !== undefined && before !== me.id) this.#inherit(before);
    rememberMember(page.room, me.id, tab);
    this.#ended = undefined;
    this.#seat?.joined(before);
    this.#whereabouts.cameIn({ room: page.room, member: me.id, name: me.name });
    this.#messages.joined();
    this.#reading.joined(me.id);
    this.#parts.events.joined();
  }

  #sit(owner: Owner): void {
    // What was typed goes along to the new seat, below.
    this.#seat?.draft.write('');
    this.#seat?.close();
    this.#desk?.hidden();
    const { connection, page: _page, address: _address, tab: _tab, events, ...parts } = this.#parts;
    const { changed } = events;
    const seat = new Seat(owner, {
      ...parts,
      ask: connection.ask,
      events: {
        changed: ({ pending, items, halted }) => {
          desk.outboxChanged(items);
          this.#naming.outboxChanged(items);
          this.#pending = desk.pendingAsWanted(pending);
          if (halted !== undefined) this.#end({ kind: 'ended', code: halted, message: REFUSALS[halted].message });
          changed();
        },
        silent: () => connection.renew(),
        refused: ({ want }, { message }) => {
          this.#refused = refusedText(want.kind, message);
          changed();
        },
        notJoined: () => this.#link.notJoined(),
      },
    });
    const kept = new Draft(parts.texts, parts.clock, owner, 'edit');
    const desk = new EditDesk({ outbox: seat.outbox, kept, changed, along: (text) => this.#along(text) });
    this.#seat = seat;
    this.#desk = desk;
    this.#replies = new ReplyDesk(new Draft(parts.texts, parts.clock, owner, 'reply'), changed);
    // What is written here is meant for here, also where the room is never joined from this page.
    this.#whereabouts.cameIn(owner);
    this.#pending = [];
    this.#write(joinTexts(seat.draft.text, this.#typed));
    for (const said of this.#early) seat.send({ ...said, along: this.#along(said.text) }, () => this.#typed);
    this.#early = [];
    seat.open(this.#isSeen);
  }

  #inherit(before: MemberId): void {
    const { texts, clock, page } = this.#parts;
    const owner = { room: page.room, member: before, name: '' };
    this.#write(joinTexts(takeTyped(texts, clock, owner), this.#typed));
    this.#seat?.takeOver(new Handover(texts, owner));
  }

  #write(text: string): void {
    this.#typed = text;
    this.#seat?.draft.write(text);
    this.#parts.events.changed();
  }

  /** The composer holds another text: of an edit, or of the next message. */
  #wrote(text: string): void {
    if (this.#desk?.edits.editing !== undefined) return this.#desk.write(text);
    this.#write(text);
    this.#typing.wrote(text);
  }

  #editNewest(): void {
    const { state, me, pending } = this.shown;
    const own = newestOwn(state, pending, me.id);
    if (own !== undefined) this.#desk?.begin(own);
  }

  #takeEditBack(id: ClientId): void {
    const text = this.#desk?.takeBack(id, (target) => textOf(this.#link.state, target));
    if (text !== undefined) this.#write(joinTexts(text, this.#typed));
    this.#seat?.draft.save();
  }

  #send(text: string): void {
    this.#typed = '';
    this.#reading.sent();
    const seat = this.#seat;
    const { newClientId, clock, page, events } = this.#parts;
    const along = { ...this.#replies?.take(), ...this.#along(text) };
    const said = { clientId: newClientId(), since: clock.now(), text, along };
    if (seat === undefined) {
      this.#early = [...this.#early, { ...said, room: page.room, state: { kind: 'waiting' } }];
      events.changed();
      return;
    }
    seat.send(said, () => this.#typed);
  }

  /** L14: whom it means. */
  #along(text: string): Along {
    return alongOf(text, peopleKnown(this.#link.state, this.#people.list));
  }

  #takeBack(id: ClientId): void {
    const failed = this.#pending.find(({ clientId }) => clientId === id);
    if (failed === undefined || this.#seat === undefined) return;
    // What comes back stands in the composer: only an edit that has begun in earnest is more to be seen.
    if (!this.#desk?.isChanged) this.#desk?.cancel();
    this.#write(joinTexts(failed.text, this.#typed));
    this.#seat.draft.save();
    void this.#seat.outbox.discard(id);
  }

  #reached(state: RoomState): void {
    this.#seat?.reached(state);
    this.#parts.events.changed();
  }

  #leave(): void {
    this.#isLeaving = true;
    this.#isOut();
    forgetMember(this.#parts.page.room, this.#parts.tab);
  }

  /** What waits here waits until this member comes in again. */
  #isOut(): void {
    const { id } = this.#link.state.me ?? this.#guess;
    this.#whereabouts.left({ room: this.#parts.page.room, member: id });
  }

  #left(ended: Ended): void {
    this.#seat?.ended();
    this.#end(ended);
    this.#parts.events.unwanted();
  }

  #end(ended: Ended): void {
    // The page is about to be another one.
    if (this.#isLeaving) return;
    this.#ended = ended;
    this.#parts.events.changed();
  }
}
