import type { Author, Entry } from '../protocol/entries.ts';
import type { Address, MemberId } from '../protocol/ids.ts';
import type { Signal } from '../protocol/signals.ts';
import type { Cancel, Clock } from './connection/clock.ts';
import type { Locks } from './connection/sending-lock.ts';
import { NotifierLock } from './notifier-lock.ts';
import { mentionsAny } from './state/mentions.ts';
import { type Calls, callText, NO_CALLS } from './views/calling.ts';
import type { Desktop, ShownNotice } from './views/desktop.ts';
import type { Settings } from './views/settings.ts';

/** What comes within this time is told together. */
const GATHER_MS = 400;
/** Whoever was called is not called again so soon: a lively room would never be silent. */
const PAUSE_MS = 3_000;

export interface NotifierParts {
  readonly clock: Clock;
  readonly locks: Locks | undefined;
  readonly settings: Pick<Settings, 'notifications' | 'words' | 'sound' | 'ofRoom'>;
  readonly desktop: Pick<Desktop, 'show'>;
  readonly ring: () => void;
  readonly about: (room: Address) => RoomFacts;
  /** Somebody has chosen a notification: they want to be in that room. */
  readonly open: (room: Address) => void;
}

/** What has to be known of a room to tell of it. */
export interface RoomFacts {
  /** As people call it. */
  readonly name: string;
  /** Two talk: whatever the other says is meant for one. */
  readonly isDirect: boolean;
  /** Who one is there, in whatever tab of this browser. */
  readonly own: ReadonlySet<MemberId>;
  /** Whose messages one does not want to see. */
  readonly ignored: readonly Pick<Author, 'id'>[];
}

/** Point 25: calls somebody who looks elsewhere. Never for the room that they look at. */
export class Notifier {
  readonly #parts: NotifierParts;
  readonly #rooms = new Map<Address, RoomCalls>();
  #attended: Address | undefined;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
  }

  /** A live entry. */
  received(entry: Entry): void {
    if (entry.kind !== 'message' || entry.room === this.#attended) return;
    const { own, ignored, isDirect } = this.#parts.about(entry.room);
    if (own.has(entry.by.id) || ignored.some(({ id }) => id === entry.by.id)) return;
    const mentions = isDirect || mentionsAny(entry, own) ? 1 : 0;
    this.#came(entry.room, { count: 1, mentions, last: entry });
  }

  /** T5: something was said in a room that this tab is not in. */
  heard(signal: Signal): void {
    if (signal.kind !== 'room' || signal.messages === 0) return;
    this.#came(signal.room, { count: signal.messages, mentions: signal.mentioned ? 1 : 0, last: undefined });
  }

  /** Which room somebody looks at in this tab. */
  attend(room: Address | undefined): void {
    if (room === this.#attended) return;
    this.#attended = room;
    if (room !== undefined) this.#callsOf(room).attended();
  }

  #came(room: Address, calls: Calls): void {
    if (!isWanted(this.#parts.settings.ofRoom(room).value, calls)) return;
    this.#callsOf(room).came(calls);
  }

  #callsOf(room: Address): RoomCalls {
    const known = this.#rooms.get(room) ?? new RoomCalls(room, this.#parts);
    this.#rooms.set(room, known);
    return known;
  }
}

function isWanted(told: 'all' | 'mentions' | 'none', { mentions }: Calls): boolean {
  return told === 'all' || (told === 'mentions' && mentions > 0);
}

/** What is to be told of one room. */
class RoomCalls {
  readonly #room: Address;
  readonly #parts: NotifierParts;
  readonly #lock: NotifierLock;
  #calls: Calls = NO_CALLS;
  #shown: ShownNotice | undefined;
  #timer: Cancel | undefined;
  #toldAt = 0;

  constructor(room: Address, parts: NotifierParts) {
    this.#room = room;
    this.#parts = parts;
    this.#lock = new NotifierLock(parts.locks, room, () => this.#forget());
  }

  came({ count, mentions, last }: Calls): void {
    this.#lock.wait();
    const before = this.#calls;
    this.#calls = { count: before.count + count, mentions: before.mentions + mentions, last: last ?? before.last };
    const { clock } = this.#parts;
    const pause = Math.max(0, Math.min(PAUSE_MS, this.#toldAt + PAUSE_MS - clock.now()));
    this.#timer ??= clock.after(Math.max(GATHER_MS, pause), () => this.#tell());
  }

  attended(): void {
    this.#lock.take();
    this.#forget();
  }

  #tell(): void {
    this.#timer = undefined;
    if (!this.#lock.isHeld) return this.#forget();
    const { clock, settings, desktop, ring, about, open } = this.#parts;
    this.#toldAt = clock.now();
    if (settings.sound.value === 'on') ring();
    if (settings.notifications.value === 'off') return;
    // A new one is seen, where one that is changed is not.
    this.#shown?.close();
    const notice = {
      tag: `snug ${this.#room}`,
      title: about(this.#room).name,
      body: callText(this.#calls, settings.words.value === 'shown'),
    };
    this.#shown = desktop.show(notice, () => open(this.#room));
  }

  #forget(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#calls = NO_CALLS;
    this.#shown?.close();
    this.#shown = undefined;
  }
}
