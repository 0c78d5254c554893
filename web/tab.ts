import type { Entry } from '../protocol/entries.ts';
import type { Address, Seq } from '../protocol/ids.ts';
import type { Signal } from '../protocol/signals.ts';
import type { ChatSocket, ChatSocketEvents } from './connection/chat-socket.ts';
import { finder } from './connection/find.ts';
import { RoomsWatch } from './connection/rooms-watch.ts';
import { draftsOf } from './connection/draft.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import type { OtherRooms } from './other-rooms.ts';
import { OtherRoomsLater } from './other-rooms-later.ts';
import { seqIn } from './reading-desk.ts';
import { RoomTab } from './room-tab.ts';
import type { RoomTabParts } from './room-tab-parts.ts';
import type { Shown } from './shown.ts';
import type { Find } from './state/found.ts';
import type { RoomList } from './state/room-list.ts';
import { type PageFacts, rememberedMember } from './tab-member.ts';
import type { RoomActions } from './views/room-page.tsx';

/** So many stay in step with the server, each with at most 1 MB of lines: more than anybody goes through in turn. */
const MOST_OPEN = 20;

export interface TabParts extends Omit<RoomTabParts, 'connection' | 'events'> {
  /** The connection to the server, not opened yet. */
  readonly connect: (events: ChatSocketEvents) => TabConnection;
  /** What sends what waits in other rooms: a part that nobody waits for at first. */
  readonly loadOtherRooms: () => Promise<typeof OtherRooms>;
  /** Something that is shown has changed. */
  readonly changed: () => void;
}

type TabConnection = Pick<ChatSocket, 'state' | 'ask' | 'open' | 'close' | 'tryNow' | 'renew' | 'networkChanged'>;

/** What the tab shows: one room, and which others there are. */
export interface TabShown {
  readonly room: Shown;
  readonly rooms: RoomList;
  /** Where something was typed and not sent. */
  readonly drafts: ReadonlySet<Address>;
  readonly actions: RoomActions;
  /** Looks for messages in all of them. */
  readonly find: Find;
}

/** A tab of the browser: one connection, the rooms that were opened in it, and which of them is shown. */
export class Tab {
  readonly #parts: TabParts;
  readonly #socket: TabConnection;
  readonly #others: OtherRoomsLater;
  readonly #watch: RoomsWatch;
  readonly #whereabouts: Whereabouts;
  /** The one shown last at the end. */
  readonly #rooms = new Map<Address, RoomTab>();
  /** Which of them this connection has been brought into. */
  readonly #entered = new Set<RoomTab>();
  readonly #find: Find;
  #current: RoomTab;
  #drafts: ReadonlySet<Address> = new Set();
  #isConnected = false;
  #isSeen: boolean;

  constructor(parts: TabParts) {
    this.#parts = parts;
    this.#isSeen = parts.isSeen;
    this.#socket = parts.connect({
      changed: () => parts.changed(),
      connected: () => this.#connected(),
      disconnected: () => this.#disconnected(),
      entry: (entry) => this.#received(entry),
      signal: (signal) => this.#heard(signal),
    });
    const { ask } = this.#socket;
    const { clock, changed } = parts;
    this.#find = finder(ask);
    this.#whereabouts = new Whereabouts(parts.texts);
    const others = {
      ...parts,
      ask,
      isOpen: (room: Address) => this.#rooms.has(room),
      events: { renew: () => this.#socket.renew() },
    };
    this.#others = new OtherRoomsLater(() => parts.loadOtherRooms().then((Loaded) => new Loaded(others)));
    const own = () => new Set(this.#whereabouts.all.map(({ member }) => member));
    this.#watch = new RoomsWatch({ ask, clock, changed, own });
    this.#current = this.#newRoom(parts.page, parts.address);
  }

  get shown(): TabShown {
    const { shown, actions } = this.#current;
    return { room: shown, rooms: this.#watch.list, drafts: this.#drafts, actions, find: this.#find };
  }

  open(): void {
    this.#lookForDrafts();
    this.#current.open();
    this.#socket.open();
  }

  /** Shows a room, as `as` where that is said. What was typed in the one before stays there. */
  show(room: Address, address: URL, title: string = room): void {
    const before = this.#current;
    const there = this.#rooms.get(room);
    if (there === before) return;
    before.hidden();
    // Whoever comes back to it asks to come in anew.
    if (before.isEnded) this.#close(before);
    const current = there ?? this.#newRoom(this.#factsOf(room, title), address);
    this.#current = current;
    this.#rooms.delete(room);
    this.#rooms.set(room, current);
    if (there === undefined) current.open();
    else this.#comeBack(current, seqIn(address));
    for (const other of this.#rooms.values()) if (this.#rooms.size > MOST_OPEN) this.#close(other);
    if (this.#isConnected) this.#enter(current);
    this.#lookForDrafts();
    this.#parts.changed();
  }

  /** A room that was never opened reads itself where it is to be opened. */
  #comeBack(room: RoomTab, at: Seq | undefined): void {
    if (this.#isSeen) room.seen();
    if (at !== undefined) room.actions.showAround(at);
  }

  /** The page is looked at again: the connection may have died without a word. */
  seen(): void {
    this.#isSeen = true;
    this.#others.seen();
    this.#socket.tryNow();
    this.#current.seen();
    this.#watch.refresh();
  }

  hidden(): void {
    this.#isSeen = false;
    this.#others.hidden();
    this.#current.hidden();
  }

  /** Point 27: another tab has kept something. `isWritten`: in the room that is shown somebody is just writing. */
  keptElsewhere(key: string | null, isWritten: boolean): void {
    for (const room of this.#rooms.values()) if (room !== this.#current || !isWritten) room.keptElsewhere(key);
    this.#lookForDrafts();
    this.#parts.changed();
  }

  networkChanged(isOnline: boolean): void {
    this.#socket.networkChanged(isOnline);
    this.#current.wake();
  }

  #newRoom(page: PageFacts, address: URL): RoomTab {
    const { connect: _connect, loadOtherRooms: _load, changed, ...parts } = this.#parts;
    const made: RoomTab = new RoomTab({
      ...parts,
      page,
      address,
      isSeen: this.#isSeen,
      connection: this.#socket,
      events: { changed, joined: () => this.#joined(page.room, made), unwanted: () => this.#unwanted(made) },
    });
    this.#others.opened(page.room);
    this.#rooms.set(page.room, made);
    return made;
  }

  /** Without asking the server: as whom this tab, or this browser, was there last. */
  #factsOf(room: Address, title: string): PageFacts {
    const known = this.#whereabouts.all.filter((owner) => owner.room === room);
    const remembered = rememberedMember(room, this.#parts.tab);
    const owner = known.find(({ member }) => member === remembered) ?? (known.length === 1 ? known[0] : undefined);
    return { room, title, memberName: owner?.name ?? '', as: owner?.member };
  }

  #connected(): void {
    this.#isConnected = true;
    this.#enter(this.#current);
    if (this.#current.isEnded) this.#enterAll();
  }

  #disconnected(): void {
    this.#isConnected = false;
    this.#entered.clear();
    for (const room of this.#rooms.values()) room.disconnected();
    this.#others.disconnected();
    this.#watch.disconnected();
  }

  #received(entry: Entry): void {
    this.#rooms.get(entry.room)?.received(entry);
    this.#others.received(entry);
    this.#watch.received(entry);
  }

  #heard(signal: Signal): void {
    this.#rooms.get(signal.room)?.heard(signal);
    if (signal.kind === 'here' || signal.kind === 'left') this.#others.heard(signal);
    else this.#watch.heard(signal);
  }

  #enter(room: RoomTab): void {
    if (this.#entered.has(room)) return;
    this.#entered.add(room);
    room.connected();
  }

  /** The one that somebody waits for is there, and the connection lives: the others come after it. */
  #joined(address: Address, room: RoomTab): void {
    this.#watch.joined(address);
    if (room === this.#current) this.#enterAll();
  }

  #enterAll(): void {
    for (const room of this.#rooms.values()) this.#enter(room);
    this.#others.connected();
    this.#watch.connected();
  }

  /** The server may have taken this connection for another member of the session: it is to be nobody's. */
  #unwanted(room: RoomTab): void {
    const isOther = [...this.#rooms.values()].some((other) => other !== room);
    if (!isOther) return this.#socket.close();
    this.#socket.renew();
  }

  /** It stays in step no more; who is in the room by this connection is so for as long as it lasts. */
  #close(room: RoomTab): void {
    room.close();
    this.#entered.delete(room);
    this.#rooms.delete(room.address);
  }

  #lookForDrafts(): void {
    const { texts, clock } = this.#parts;
    this.#drafts = draftsOf(texts, clock, this.#whereabouts.all);
  }
}
