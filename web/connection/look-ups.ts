import type { Seq } from '../../protocol/ids.ts';
import { MAX_QUOTED } from '../../protocol/limits.ts';
import type { Refused } from '../../protocol/refusals.ts';
import type { Granted, ReplyTo } from '../../protocol/requests.ts';
import * as lookedUp from '../state/looked-up.ts';
import type { RoomState } from '../state/room-state.ts';
import { type Ask, answerOf } from './ask.ts';

/** The room as it is now; `era` is another object once an answer to an earlier question is nothing. */
export interface Now {
  readonly state: RoomState;
  readonly era: object;
}

export interface LookUpsParts {
  readonly ask: Ask;
  /** Undefined while the room is not joined. */
  readonly now: () => Now | undefined;
  readonly become: (state: RoomState) => void;
}

/** Asks for messages one by one (C11, L16): those that answers quote, and those that are pinned. */
export class LookUps {
  readonly #parts: LookUpsParts;

  constructor(parts: LookUpsParts) {
    this.#parts = parts;
  }

  /** In one question for all. What is known, or asked for already, is not asked for. */
  async messages(seqs: readonly Seq[]): Promise<void> {
    const { ask, now } = this.#parts;
    const known = now()?.state.lookedUp.messages;
    const wanted = [...new Set(seqs)].filter((seq) => known?.has(seq) === false).slice(0, MAX_QUOTED);
    if (wanted.length === 0) return;
    await this.#look<Granted<'messages'>>(
      wanted,
      async (room) => answerOf(ask('messages', { room, seqs: wanted })),
      (state, reply) => lookedUp.gotMessages(state, wanted, reply),
    );
  }

  /** Once: from then on entries say what is pinned. */
  async pins(): Promise<void> {
    const { ask, now } = this.#parts;
    if (now()?.state.lookedUp.pins !== undefined) return;
    await this.#look<Granted<'pins'>>([], async (room) => answerOf(ask('pins', { room })), lookedUp.gotPins);
  }

  /** L15: what a message said before it was edited. */
  async earlier(target: Seq): Promise<ReplyTo<'earlier'> | undefined> {
    const room = this.#parts.now()?.state.room;
    return room && answerOf(this.#parts.ask('earlier', { room, target }));
  }

  /** L12: from this message on all is to be read again; T4 tells what follows from it. False: it could not be said. */
  async unread(seq: Seq): Promise<boolean> {
    const room = this.#parts.now()?.state.room;
    const reply = room && (await answerOf(this.#parts.ask('unread', { room, seq })));
    return reply?.ok === true;
  }

  async #look<Reply extends { readonly ok: true }>(
    seqs: readonly Seq[],
    ask: (room: RoomState['room']) => Promise<Reply | Refused | undefined>,
    got: (state: RoomState, reply: Reply) => RoomState,
  ): Promise<void> {
    const { now, become } = this.#parts;
    const asked = now();
    if (asked === undefined) return;
    become(lookedUp.askedFor(asked.state, seqs));
    const reply = await ask(asked.state.room);
    const then = now();
    if (then?.era !== asked.era) return;
    become(reply?.ok === true ? got(then.state, reply) : lookedUp.notFound(then.state, seqs));
  }
}
