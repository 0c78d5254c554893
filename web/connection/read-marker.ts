import type { Address, MemberId, Seq } from '../../protocol/ids.ts';
import { whatThen } from '../../protocol/refusals.ts';
import type { Span } from '../state/room-state.ts';
import { type Ask, answerOf } from './ask.ts';
import type { Cancel, Clock } from './clock.ts';

/** What was before somebody's eyes for so long has been read; what flew past has not. */
const READ_AFTER_MS = 500;
/** Whoever scrolls reads a row every moment, and the server need not know each. */
const TELL_EVERY_MS = 1_000;

export interface ReadMarkerParts {
  readonly ask: Ask;
  readonly clock: Clock;
}

/** What could be seen from a moment on; undefined: nothing, or nobody looked. */
interface Look {
  readonly at: number;
  readonly span: Span | undefined;
}

/** How far this tab's member has read, as the server is told: the newest line that stayed in view, over reconnections too. */
export class ReadMarker {
  readonly #parts: ReadMarkerParts;
  /** Oldest first, each until the next; of those before READ_AFTER_MS only the last. */
  #looks: readonly Look[] = [];
  #member: MemberId | undefined;
  #room: Address | undefined;
  #read: Seq = 0;
  #told: Seq = 0;
  /** The furthest that was asked for here: what is heard of that is no news. */
  #asked: Seq = 0;
  /** What is to be read again stays unread while one goes on looking at it. */
  #isHeld = false;
  #isOnline = false;
  #timer: Cancel | undefined;
  #pause: Cancel | undefined;

  constructor(parts: ReadMarkerParts) {
    this.#parts = parts;
  }

  /** As far as this tab has told the server, or is telling it. */
  get asked(): Seq {
    return this.#asked;
  }

  /** All of it is taken for read, seen or not. */
  readAll(upTo: Seq): void {
    this.#isHeld = false;
    this.#read = Math.max(this.#read, upTo);
    // Whoever asks for it may close the page next.
    this.#pause?.();
    this.#pause = undefined;
    this.#tell();
  }

  /** T4: it has been read up to there on another device. */
  readElsewhere(seq: Seq): void {
    this.#told = Math.max(this.#told, seq);
  }

  /** L12: what comes after `seq` is to be read again, and not by whoever has it before their eyes just now. */
  unreadAfter(seq: Seq): void {
    this.#read = Math.min(this.#read, seq);
    this.#told = Math.min(this.#told, seq);
    this.#asked = Math.min(this.#asked, seq);
    this.#isHeld = this.#looks.at(-1)?.span !== undefined;
    this.#looks = [];
    this.#timer?.();
  }

  /** Which lines can be seen now by somebody who looks. */
  looked(span: Span | undefined): void {
    if (span === undefined) this.#isHeld = false;
    if (this.#isHeld) return;
    const before = this.#looks.at(-1)?.span;
    if (before?.from === span?.from && before?.to === span?.to) return;
    this.#judge();
    this.#looks = [...this.#looks, { at: this.#parts.clock.now(), span }];
    this.#timer?.();
    this.#timer = span && this.#parts.clock.after(READ_AFTER_MS, () => this.#judge());
  }

  /** The room was joined as this member; `last` is the last entry known of it. */
  joined(room: Address, member: MemberId, last: Seq): void {
    // Somebody else, or a log that went back, has read nothing of what the server was told.
    if (member !== this.#member || last < this.#told) {
      this.#read = 0;
      this.#told = 0;
      this.#asked = 0;
    }
    this.#member = member;
    this.#room = room;
    this.#isOnline = true;
    this.#judge();
  }

  disconnected(): void {
    this.#isOnline = false;
  }

  #judge(): void {
    const now = this.#parts.clock.now();
    const latest = this.#looks.at(-1);
    // The clock was put back.
    if (latest !== undefined && latest.at > now) this.#looks = [{ ...latest, at: now }];
    const since = this.#looks.findLastIndex(({ at }) => at <= now - READ_AFTER_MS);
    this.#looks = this.#looks.slice(Math.max(0, since));
    if (since !== -1) this.#read = Math.max(this.#read, stayed(this.#looks));
    this.#tell();
  }

  #tell(): void {
    const seq = this.#read;
    if (!this.#isOnline || this.#pause !== undefined || this.#room === undefined || seq <= this.#told) return;
    this.#pause = this.#parts.clock.after(TELL_EVERY_MS, () => {
      this.#pause = undefined;
      this.#tell();
    });
    void this.#ask(this.#room, seq, this.#member);
  }

  async #ask(room: Address, seq: Seq, member: MemberId | undefined): Promise<void> {
    this.#asked = Math.max(this.#asked, seq);
    const reply = await answerOf(this.#parts.ask('read', { room, seq }));
    if (member !== this.#member) return;
    // What was taken back meanwhile has not been told.
    if (reply?.ok) this.#told = Math.max(this.#told, Math.min(seq, this.#asked));
    // Not in this room: a join comes first.
    else if (reply && whatThen(reply.code) !== 'again') this.#isOnline = false;
  }
}

/** The newest line that was in all of these; 0 when none was. */
function stayed(looks: readonly Look[]): Seq {
  const to = Math.min(...looks.map(({ span }) => span?.to ?? 0));
  const from = Math.max(...looks.map(({ span }) => span?.from ?? 0));
  return from <= to ? to : 0;
}
