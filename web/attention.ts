import type { Address, Seq } from '../protocol/ids.ts';
import type { ChatSocketEvents } from './connection/chat-socket.ts';
import type { NotifierLater } from './notifier-later.ts';
import { roomName } from './state/room-name.ts';
import type { RoomState } from './state/room-state.ts';
import { readOnEntering, unreadHere } from './state/unread-here.ts';
import type { TabFace } from './views/tab-face.ts';

export interface AttentionParts {
  readonly face: Pick<TabFace, 'show'>;
  /** Somebody looks at the page: what comes is before their eyes. */
  readonly isAttended: () => boolean;
  readonly notifier: Pick<NotifierLater, 'begin' | 'received' | 'heard' | 'attend'>;
}

/** What calls somebody back who looks elsewhere. */
export class Attention {
  readonly #parts: AttentionParts;
  /** T4: up to where each room was read, here or on another device. */
  readonly #read = new Map<Address, Seq>();
  /** How many had come when somebody looked last: of what lies beyond the lines in memory only the number is known. */
  #heard = 0;

  constructor(parts: AttentionParts) {
    this.#parts = parts;
  }

  /** Hears what the page hears. */
  listening(events: ChatSocketEvents): ChatSocketEvents {
    const { notifier } = this.#parts;
    return {
      ...events,
      entry: (entry) => {
        events.entry(entry);
        notifier.received(entry);
      },
      signal: (signal) => {
        events.signal(signal);
        if (signal.kind === 'read') this.#read.set(signal.room, signal.seq);
        else notifier.heard(signal);
      },
    };
  }

  /** The room on screen and how much is unread in others, whenever it was drawn or somebody looks at it or away. */
  show(state: RoomState, elsewhere: number): void {
    const { face, notifier, isAttended } = this.#parts;
    const isSeen = isAttended();
    if (isSeen) this.#heard = state.heard;
    face.show(roomName(state), elsewhere + (isSeen ? 0 : this.#unread(state)));
    notifier.attend(isSeen ? state.room : undefined);
    if (state.me !== undefined) notifier.begin();
  }

  #unread(state: RoomState): number {
    const known = this.#read.get(state.room) ?? readOnEntering(state);
    if (known === undefined) return 0;
    // A log that went back has been read to its end at most.
    const read = Math.min(known, state.last.seq);
    this.#read.set(state.room, read);
    return state.atEnd ? unreadHere(state, read) : state.heard - this.#heard;
  }
}
