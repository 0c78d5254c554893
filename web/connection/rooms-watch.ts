import type { Entry } from '../../protocol/entries.ts';
import type { Address, MemberId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/signals.ts';
import { entered, listed, newsOf, NO_ROOMS, read, type RoomList } from '../state/room-list.ts';
import { type Ask, answerOf } from './ask.ts';
import type { Cancel, Clock } from './clock.ts';

/** The server counts the unread of every room for each answer: what is old is asked for once in this time. */
const ASK_EVERY_MS = 2_000;

export interface RoomsWatchParts {
  readonly ask: Ask;
  readonly clock: Clock;
  /** Who this browser is, in whatever room. */
  readonly own: () => ReadonlySet<MemberId>;
  readonly changed: () => void;
}

type Change = (list: RoomList) => RoomList;

/** The rooms of the session and what is new in them: asked for once a connection, and live from then on (T4, T5). */
export class RoomsWatch {
  readonly #parts: RoomsWatchParts;
  #list = NO_ROOMS;
  #own: ReadonlySet<MemberId> = new Set();
  #isConnected = false;
  /** What came while the server is being asked, to be done to its answer as well; undefined: it is not being asked. */
  #meanwhile: Change[] | undefined;
  #pause: Cancel | undefined;

  constructor(parts: RoomsWatchParts) {
    this.#parts = parts;
  }

  /** The same object until it changes. */
  get list(): RoomList {
    return this.#list;
  }

  /** There is a new connection, and it lives. */
  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.refresh();
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#meanwhile = undefined;
    this.#pause?.();
    this.#pause = undefined;
  }

  /** What nobody tells may have changed: which rooms there are, or anything while the page was hidden. */
  refresh(): void {
    this.#change(old);
  }

  /** This connection has come into the room. */
  joined(room: Address): void {
    this.#own = this.#parts.own();
    if (!this.#list.rooms.some((one) => one.room === room)) this.refresh();
  }

  received(entry: Entry): void {
    this.#change((list) => entered(list, entry, this.#own));
  }

  heard(signal: Signal): void {
    // What is counted may be in the answer that is on its way, or not.
    if (signal.kind === 'room') this.#change((list) => newsOf(list, signal), old);
    else if (signal.kind === 'read') this.#change((list) => read(list, signal));
  }

  #change(change: Change, toAnswer = change): void {
    this.#meanwhile?.push(toAnswer);
    this.#become(change(this.#list));
  }

  #become(list: RoomList): void {
    if (list !== this.#list) {
      this.#list = list;
      this.#parts.changed();
    }
    if (list.isOld && this.#isConnected && this.#meanwhile === undefined && this.#pause === undefined) void this.#ask();
  }

  async #ask(): Promise<void> {
    const meanwhile: Change[] = [];
    this.#meanwhile = meanwhile;
    this.#pause = this.#parts.clock.after(ASK_EVERY_MS, () => {
      this.#pause = undefined;
      this.#become(this.#list);
    });
    const reply = await answerOf(this.#parts.ask('rooms', {}));
    if (this.#meanwhile !== meanwhile) return;
    this.#meanwhile = undefined;
    this.#own = this.#parts.own();
    this.#become(reply?.ok ? meanwhile.reduce((list, change) => change(list), listed(reply)) : this.#list);
  }
}

function old(list: RoomList): RoomList {
  return list.isOld ? list : { ...list, isOld: true };
}
