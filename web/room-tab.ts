import type { Author } from '../protocol/entries.ts';
import type { ClientId, MemberId } from '../protocol/ids.ts';
import { REFUSALS } from '../protocol/refusals.ts';
import type { Person } from '../protocol/room.ts';
import type { ChatSocket, ChatSocketEvents } from './connection/chat-socket.ts';
import { Draft } from './connection/draft.ts';
import { Handover } from './connection/handover.ts';
import type { Owner } from './connection/outbox-item.ts';
import { PeoplePages } from './connection/people-pages.ts';
import { ReadMarker } from './connection/read-marker.ts';
import { RoomLink } from './connection/room-link.ts';
import { TypingSignals } from './connection/typing-signals.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { EditDesk, takeKeptText } from './edit-desk.ts';
import { MessageDesk } from './message-desk.ts';
import { OtherRooms } from './other-rooms.ts';
import { type Reading, ReadingDesk } from './reading-desk.ts';
import { ReplyDesk } from './reply-desk.ts';
import { Seat, type SeatParts } from './seat.ts';
import { type Edits, newestOwn, NO_EDITS, textOf } from './state/edits.ts';
import { type Quoted, quotedBy } from './state/quoted.ts';
import type { PeopleList } from './state/people-list.ts';
import type { LinkState, PendingMessage, RoomState } from './state/room-state.ts';
import {
  forgetMember,
  memberOfTab,
  type PageFacts,
  rememberedMember,
  rememberMember,
  type TabStorage,
} from './tab-member.ts';
import type { RoomActions } from './views/room-page.tsx';

export interface RoomTabParts extends Omit<SeatParts, 'ask' | 'events'> {
  /** The connection to the server, not opened yet. */
  readonly connect: (events: ChatSocketEvents) => Connection;
  readonly page: PageFacts;
  /** The address of the page. */
  readonly address: URL;
  readonly tab: TabStorage;
  /** Somebody looks at the page, until hidden() and seen() say otherwise. */
  readonly isSeen: boolean;
  /** Something that is shown has changed. */
  readonly changed: () => void;
}

type Connection = Pick<ChatSocket, 'state' | 'ask' | 'open' | 'close' | 'tryNow' | 'renew' | 'networkChanged'>;

/** What a room's page shows. */
export interface Shown {
  readonly state: RoomState;
  readonly me: Person;
  readonly pending: readonly PendingMessage[];
  readonly link: LinkState;
  readonly draft: string;
  /** What is written is on disk until it is sent. */
  readonly isKept: boolean;
  readonly edits: Edits;
  /** What the next message answers. */
  readonly replying: Quoted;
  readonly reading: Reading;
  readonly list: PeopleList;
  /** Who else is writing, in the order in which they began. */
  readonly typists: readonly Author[];
}

type Ended = Extract<LinkState, { kind: 'ended' }>;

/** One room in one tab: the connection, the timeline, and what this tab's member has to say. */
export class RoomTab {
  readonly #parts: RoomTabParts;
  readonly #socket: Connection;
  readonly #link: RoomLink;
  readonly #reads: ReadMarker;
  readonly #reading: ReadingDesk;
  #guess: Person;
  /** As whom the next join asks to come in. */
  #asked: MemberId | undefined;
  readonly #typing: TypingSignals;
  readonly #people: PeoplePages;
  readonly #others: OtherRooms;
  readonly #whereabouts: Whereabouts;
  #seat: Seat | undefined;
  #desk: EditDesk | undefined;
  #replies: ReplyDesk | undefined;
  #pending: readonly PendingMessage[] = [];
  /** What was sent before it was known by whom. */
  #early: readonly PendingMessage[] = [];
  #typed = '';
  /** What was kept for whoever this tab was, before #keepEarly added to it. */
  #formerDraft: string | undefined;
  #ended: Ended | undefined;
  #isLeaving = false;
  #isSeen: boolean;

  constructor(parts: RoomTabParts) {
    this.#parts = parts;
    this.#isSeen = parts.isSeen;
    const { page, address, clock, random } = parts;
    const as = memberOfTab(page, address, parts.tab);
    this.#asked = as;
    this.#guess = { id: as ?? ('' as MemberId), name: page.memberName, role: 'member' };
    this.#socket = parts.connect({
      changed: () => parts.changed(),
      connected: () => this.#link.connected(),
      disconnected: () => this.#disconnected(),
      entry: (entry) => {
        this.#typing.received(entry);
        this.#link.received(entry);
        this.#others.received(entry);
      },
      signal: (signal) => {
        if (signal.kind === 'here' || signal.kind === 'left')
          for (const one of [this.#link, this.#others]) one.heard(signal);
        else if (signal.kind === 'typing' && signal.by.id !== this.#link.state.me?.id) this.#typing.heard(signal);
      },
    });
    const { ask } = this.#socket;
    this.#typing = new TypingSignals({ room: page.room, ask, clock, changed: () => parts.changed() });
    this.#people = new PeoplePages({ room: page.room, ask, clock, changed: () => parts.changed() });
    this.#reads = new ReadMarker({ ask, clock });
    this.#reading = new ReadingDesk({ link: () => this.#link, address, changed: () => parts.changed() });
    this.#whereabouts = new Whereabouts(parts.texts);
    this.#others = new OtherRooms({ ...parts, ask, here: page.room, events: { renew: () => this.#socket.renew() } });
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
        silent: () => this.#socket.renew(),
      },
    });
  }

  readonly #messages = new MessageDesk({
    outbox: () => this.#seat?.outbox,
    edits: () => this.#desk,
    replies: () => this.#replies,
    lookUps: () => this.#link.lookUps,
    reads: () => this.#reads,
  });

  readonly actions: RoomActions = {
    ...this.#messages.actions,
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
    showAround: (seq) => this.#reading.showAround(seq),
    drawn: (span) => this.#link.drawn(span),
    inView: (span) => this.#reads.looked(span),
    tryNow: () => this.#socket.tryNow(),
    leave: () => this.#leave(),
    listPeople: () => void this.#people.begin(),
    listMorePeople: () => void this.#people.more(),
  };

  get shown(): Shown {
    const { title } = this.#parts.page;
    const known = this.#link.state;
    const answered = this.#replies?.target;
    const state = this.#desk?.roomAsWanted(known, known.me ?? this.#guess) ?? known;
    return {
      state: state.me === undefined ? { ...state, title } : state,
      me: state.me ?? this.#guess,
      pending: this.#seat === undefined ? this.#early : this.#pending,
      link: this.#ended ?? this.#socket.state,
      draft: this.#typed,
      isKept: this.#seat?.outbox.state.inMemory !== true,
      edits: this.#desk?.edits ?? NO_EDITS,
      replying: answered === undefined ? undefined : (quotedBy(state, this.#pending, answered) ?? 'asked'),
      reading: this.#reading.reading,
      list: this.#people.list,
      typists: this.#typing.typists,
    };
  }

  open(): void {
    const { as, room, memberName } = this.#parts.page;
    // A member that the server has not confirmed may be of a session that has ended: what is written waits for the join.
    if (as !== undefined && as === this.#guess.id) this.#sit({ room, member: as, name: memberName });
    this.#socket.open();
  }

  /** The page is looked at again: the connection may have died without a word. */
  seen(): void {
    this.#isSeen = true;
    this.#seat?.seen();
    this.#others.seen();
    this.#socket.tryNow();
    this.#link.wake();
  }

  hidden(): void {
    this.#isSeen = false;
    this.#others.hidden();
    this.#desk?.hidden();
    if (this.#seat) this.#seat.hidden();
    else this.#keepEarly([...this.#early.map(({ text }) => text), this.#typed].join('\n'));
  }

  /** Point 27: another tab of this member has kept another draft, or has sent it. Not for a tab that is being written in. */
  keptElsewhere(key: string | null): void {
    if (this.#seat?.draft.keptElsewhere(key) !== true) return;
    this.#typed = this.#seat.draft.text;
    this.#parts.changed();
  }

  networkChanged(isOnline: boolean): void {
    this.#socket.networkChanged(isOnline);
    // What the browser says may be wrong: a question tells whether the connection lives.
    this.#link.wake();
  }

  #joined(me: Person): void {
    const { page, tab } = this.#parts;
    // Only who was asked for and is no more has left something behind: a second name taken in this tab is somebody else.
    const remembered = rememberedMember(page.room, tab);
    const before = remembered === this.#asked ? remembered : undefined;
    this.#asked = me.id;
    // It is all still here: the page was only hidden.
    if (this.#formerDraft !== undefined) this.#keepEarly('');
    this.#formerDraft = undefined;
    if (this.#seat?.outbox.owner.member !== me.id) this.#sit({ room: page.room, member: me.id, name: me.name });
    if (before !== undefined && before !== me.id) this.#inherit(before);
    rememberMember(page.room, me.id, tab);
    this.#ended = undefined;
    this.#seat?.joined(before);
    this.#reads.joined(this.#link.state.room, me.id, this.#link.state.last.seq);
    this.#whereabouts.cameIn({ room: page.room, member: me.id, name: me.name });
    this.#others.connected();
    this.#messages.joined();
    this.#reading.joined();
  }

  #sit(owner: Owner): void {
    // What was typed goes along to the new seat, below.
    this.#seat?.draft.write('');
    this.#seat?.close();
    this.#desk?.hidden();
    const { connect: _connect, page: _page, address: _address, tab: _tab, changed, ...parts } = this.#parts;
    const seat = new Seat(owner, {
      ...parts,
      ask: this.#socket.ask,
      events: {
        changed: ({ pending, items, halted }) => {
          desk.outboxChanged(items);
          this.#pending = desk.pendingAsWanted(pending);
          if (halted !== undefined) this.#end({ kind: 'ended', code: halted, message: REFUSALS[halted].message });
          changed();
        },
        silent: () => this.#socket.renew(),
        notJoined: () => this.#link.notJoined(),
      },
    });
    const kept = new Draft(parts.texts, parts.clock, owner, 'edit');
    const desk = new EditDesk({ outbox: seat.outbox, kept, changed });
    this.#seat = seat;
    this.#desk = desk;
    this.#replies = new ReplyDesk(new Draft(parts.texts, parts.clock, owner, 'reply'), changed);
    // What is written here is meant for here, also where the room is never joined from this page.
    this.#whereabouts.cameIn(owner);
    this.#pending = [];
    this.#write(joinTexts(seat.draft.text, this.#typed));
    for (const said of this.#early) seat.send(said, () => this.#typed);
    this.#early = [];
    seat.open(this.#isSeen);
  }

  /** What was written before it was known by whom has no outbox yet: kept as the draft of whoever this tab was. */
  #keepEarly(text: string): void {
    const { texts, clock, page } = this.#parts;
    const draft = new Draft(texts, clock, { room: page.room, member: this.#guess.id, name: '' });
    this.#formerDraft ??= draft.text;
    draft.write(joinTexts(this.#formerDraft, text.trim()));
    draft.save();
  }

  /** A session has ended and another has begun in this tab: what was typed in the first is still wanted. */
  #inherit(before: MemberId): void {
    const { texts, clock, page } = this.#parts;
    const owner = { room: page.room, member: before, name: '' };
    const left = new Draft(texts, clock, owner);
    const edit = takeKeptText(new Draft(texts, clock, owner, 'edit'));
    this.#write(joinTexts(left.text, joinTexts(edit, this.#typed)));
    left.write('');
    left.save();
    this.#seat?.takeOver(new Handover(texts, owner));
  }

  #write(text: string): void {
    this.#typed = text;
    this.#seat?.draft.write(text);
    this.#parts.changed();
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
    const seat = this.#seat;
    const { newClientId, clock, page, changed } = this.#parts;
    const said = { clientId: newClientId(), since: clock.now(), text, along: this.#replies?.take() ?? {} };
    if (seat === undefined) {
      this.#early = [...this.#early, { ...said, room: page.room, state: { kind: 'waiting' } }];
      changed();
      return;
    }
    seat.send(said, () => this.#typed);
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
    this.#parts.changed();
  }

  #disconnected(): void {
    this.#reads.disconnected();
    this.#link.disconnected();
    this.#typing.disconnected();
    this.#seat?.outbox.offline();
    this.#others.disconnected();
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

  /** The server may have taken this connection for another member of the session: it is to be nobody's. */
  #left(ended: Ended): void {
    this.#seat?.ended();
    this.#socket.close();
    this.#end(ended);
  }

  #end(ended: Ended): void {
    // The page is about to be another one.
    if (this.#isLeaving) return;
    this.#ended = ended;
    this.#parts.changed();
  }
}

function joinTexts(one: string, other: string): string {
  return [one, other].filter((text) => text !== '').join('\n');
}
