import type { Author, Entry } from '../../protocol/entries.ts';
import type { Address, MemberId } from '../../protocol/ids.ts';
import type { TypingSignal } from '../../protocol/signals.ts';
import { isBlank } from '../../protocol/text.ts';
import { type Ask, answerOf } from './ask.ts';
import type { Cancel, Clock } from './clock.ts';

/** Half of what it is shown for: one that is lost on the way is not missed. */
const TELL_EVERY_MS = 3_000;
/** Whoever has said nothing for so long has stopped, or is gone. */
const SHOWN_MS = 6_000;
/** Of a pasted book the beginning says whether it shows anything. */
const LOOKED_AT_CHARACTERS = 1_000;

export interface TypingSignalsParts {
  readonly room: Address;
  readonly ask: Ask;
  readonly clock: Clock;
  /** Others begin to type, or stop. */
  readonly changed: () => void;
}

interface Heard {
  readonly by: Author;
  readonly stop: Cancel;
}

/** Tells the room that somebody writes here, and who writes elsewhere. PROTOCOL.md, rules T1 to T3. */
export class TypingSignals {
  readonly #parts: TypingSignalsParts;
  readonly #heard = new Map<MemberId, Heard>();
  #typists: readonly Author[] = [];
  #mayTell = true;

  constructor(parts: TypingSignalsParts) {
    this.#parts = parts;
  }

  /** Who writes, in the order in which they began; the same array until that changes. */
  get typists(): readonly Author[] {
    return this.#typists;
  }

  /** The person here has changed the text of a message, to this. */
  wrote(text: string): void {
    if (!this.#mayTell || isBlank(text.slice(0, LOOKED_AT_CHARACTERS))) return;
    this.#mayTell = false;
    this.#parts.clock.after(TELL_EVERY_MS, () => {
      this.#mayTell = true;
    });
    // Whatever becomes of it: the next one is said all the same.
    void answerOf(this.#parts.ask('typing', { room: this.#parts.room }));
  }

  heard({ room, by }: TypingSignal): void {
    if (room !== this.#parts.room) return;
    const before = this.#heard.get(by.id);
    before?.stop();
    this.#heard.set(by.id, { by, stop: this.#parts.clock.after(SHOWN_MS, () => this.#forget(by.id)) });
    if (before?.by.name !== by.name) this.#changed();
  }

  /** A live entry: who has spoken or gone does not type any more. */
  received(entry: Entry): void {
    if (entry.kind === 'message' || (entry.kind === 'notice' && entry.type === 'disconnect')) this.#forget(entry.by.id);
  }

  /** Nothing more will be heard on this connection. */
  disconnected(): void {
    for (const member of this.#heard.keys()) this.#forget(member);
  }

  #forget(member: MemberId): void {
    const known = this.#heard.get(member);
    if (known === undefined) return;
    known.stop();
    this.#heard.delete(member);
    this.#changed();
  }

  #changed(): void {
    this.#typists = [...this.#heard.values()].map(({ by }) => by);
    this.#parts.changed();
  }
}
