import { type Refused, refused } from '../../protocol/refusals.ts';
import type { Granted, RequestName } from '../../protocol/requests.ts';
import type { Act, Caller } from '../rooms/act.ts';
import { Load, MAX_RUNNING_BYTES, weightOf } from './load.ts';
import type { Pace } from './paces.ts';
import { handlerOf } from './requests.ts';
import { answerOf, type Logger, refusalFor } from './serve.ts';

/** A script that sends a hundred lines without waiting is served; what waits for one connection stays bounded. */
export const MAX_RUNNING = 128;
const BUSY_RETRY_MS = 1_000;

type Answer = Granted<RequestName> | Refused;
type Reply = (answer: Answer) => void;

export interface InboxParts {
  readonly act: Act;
  readonly caller: Caller;
  readonly pace: Pace;
  readonly logger: Logger;
  /** Of all connections of this node: `new Load(MAX_ALL_RUNNING_BYTES)`. */
  readonly all: Load;
  /** Resolves when a script is in the room of its handshake: its requests wait for that, in their order. */
  readonly ready: Promise<void>;
}

/** The requests of one connection. Each is answered, or, once it is closing, left to the next connection. */
export class Inbox {
  readonly #parts: InboxParts;
  #running = 0;
  readonly #own = new Load(MAX_RUNNING_BYTES);
  #isClosing = false;
  readonly #whenIdle: (() => void)[] = [];

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /** As Socket.IO gives it: the event's name, its arguments, and last a function, if an answer is asked for. */
  async receive(name: unknown, args: readonly unknown[]): Promise<void> {
    if (this.#isClosing) return;
    const last = args.at(-1);
    const reply = isReply(last) ? last : undefined;
    const taken = this.#take(args);
    if (typeof taken !== 'number') {
      reply?.(taken);
      return;
    }
    try {
      const answer = await this.#answer(name, reply ? args.slice(0, -1) : args);
      reply?.(answer);
    } finally {
      this.#done(taken);
    }
  }

  /** What it weighs, or why it is not taken: R1 also holds of what cannot be weighed or counted. */
  #take(args: readonly unknown[]): number | Refused {
    try {
      const bytes = weightOf(args);
      if (this.#isFull(bytes)) return refused('busy', BUSY_RETRY_MS);
      this.#count(1, bytes);
      return bytes;
    } catch (error) {
      return refusalFor('what came in', error, this.#parts.logger);
    }
  }

  #done(bytes: number): void {
    this.#count(-1, -bytes);
    if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Takes nothing more; resolves when all that was taken has been answered. */
  finish(): Promise<void> {
    this.#isClosing = true;
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #isFull(bytes: number): boolean {
    return this.#running >= MAX_RUNNING || !this.#own.hasRoomFor(bytes) || !this.#parts.all.hasRoomFor(bytes);
  }

  #count(requests: number, bytes: number): void {
    this.#parts.all.add(bytes);
    this.#own.add(bytes);
    this.#running += requests;
  }

  async #answer(name: unknown, args: readonly unknown[]): Promise<Answer> {
    const { act, caller, pace, logger, ready } = this.#parts;
    const handler = handlerOf(name);
    if (!handler || args.length > 1) return refused('invalid');
    const run = async (): Promise<Answer> => {
      await ready;
      return handler(act, caller, args[0], pace);
    };
    return answerOf(String(name), run, logger);
  }
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'function';
}
