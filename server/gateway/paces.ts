import type { RoomId, SessionId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { Buckets, type Taken } from '../limits/buckets.ts';
import type { Limits } from '../limits/limits.ts';
import type { Tolls } from '../limits/tolls.ts';
import { Refusal } from '../rooms/refusal.ts';
import { refuseFor } from '../rooms/toll.ts';
import { KEYLESS } from '../store/store.ts';

/** What a request costs. `write` is counted for its room as well; with `own` the act spends by itself. */
export type Cost = 'write' | 'read' | 'search' | 'typing' | 'own';

export interface PacesParts {
  readonly limits: Limits | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly tolls: Pick<Tolls, 'pay'>;
}

/** How fast this node's connections may ask. */
export class Paces {
  readonly #tolls: PacesParts['tolls'];
  readonly #buckets: PaceBuckets;
  #count = 0;

  constructor({ limits, clock, tolls }: PacesParts) {
    this.#tolls = tolls;
    this.#buckets = {
      sends: new Buckets(limits?.sends, clock),
      reads: new Buckets(limits?.reads, clock),
      searches: new Buckets(limits?.searches, clock),
      returns: new Buckets(limits?.returns, clock),
      typing: new Buckets(limits?.typing, clock),
      entries: new Buckets(limits?.entries, clock),
    };
  }

  /** Of one connection. H5: without a key all scripts have one session, so each is counted alone. */
  of(session: SessionId): Pace {
    this.#count += 1;
    const alone = String(this.#count);
    return new Pace(this.#buckets, this.#tolls, { alone, whole: session === KEYLESS ? alone : session });
  }
}

interface PaceBuckets {
  readonly sends: Buckets<string>;
  readonly reads: Buckets<string>;
  readonly searches: Buckets<string>;
  readonly returns: Buckets<string>;
  readonly typing: Buckets<string>;
  readonly entries: Buckets<RoomId>;
}

/** The buckets' keys: of the connection alone, and of the whole session. */
interface Keys {
  readonly alone: string;
  readonly whole: string;
}

/** R8: how fast one connection may ask. All but `payToLook` without waiting, so that requests keep their order (R5). */
export class Pace {
  readonly #buckets: PaceBuckets;
  readonly #tolls: PacesParts['tolls'];
  readonly #keys: Keys;

  constructor(buckets: PaceBuckets, tolls: PacesParts['tolls'], keys: Keys) {
    this.#buckets = buckets;
    this.#tolls = tolls;
    this.#keys = keys;
  }

  /** Throws `rateLimited`. `room`, where the caller is in it. */
  spend(cost: Exclude<Cost, 'own'>, room: RoomId | undefined): void {
    const { reads, searches, typing } = this.#buckets;
    switch (cost) {
      case 'write':
        return refuseFor(this.takeItems(room, 1).retryAfter);
      case 'read':
        return refuseFor(reads.take(this.#keys.whole).retryAfter);
      case 'search':
        return refuseFor(searches.take(this.#keys.whole).retryAfter);
      case 'typing':
        return refuseFor(typing.take(this.#keys.alone).retryAfter);
    }
  }

  /** As many items as may be written now. */
  takeItems(room: RoomId | undefined, wanted: number): Taken {
    const { sends, entries } = this.#buckets;
    const own = sends.take(this.#keys.whole, wanted);
    if (room === undefined) return own;
    const all = entries.take(room, own.taken);
    if (all.taken === own.taken) return own;
    sends.giveBack(this.#keys.whole, own.taken - all.taken);
    return { taken: all.taken, retryAfter: Math.max(own.retryAfter, all.retryAfter) };
  }

  spendReturn(): void {
    refuseFor(this.#buckets.returns.take(this.#keys.whole).retryAfter);
  }

  /** For a room that it is not in. */
  async payToLook(): Promise<void> {
    refuseFor(await this.#tolls.pay('joins', this.#keys.whole));
  }
}

export function isNotMember(error: unknown): boolean {
  return error instanceof Refusal && error.answer.code === 'notMember';
}
