// The right of this node to say who is here. It runs out when the node is frozen or cut off, and others then speak for it.
import type { NodeId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Failed } from '../surprises.ts';
import { Rounds } from './rounds.ts';

export const LEASE_MS = 15_000;
/** Tries before it runs out. */
const RENEWALS = 5;
/** A store that is away is asked again before the next renewal is due. */
const TRY_AGAIN_AFTER_MS = 300;

export interface LeaseParts {
  readonly store: Pick<Store, 'renewLease'>;
  readonly clock: Clock;
  readonly newNodeId: () => NodeId;
  /** How long it runs, in ms. */
  readonly leaseMs: number;
  readonly failed: Failed;
  /** A lease under a new id runs. If there was one before, it ran out: what was written under its id is no longer this node's. */
  readonly began: () => void;
}

export class Lease {
  readonly #parts: LeaseParts;
  #node: NodeId;
  /** No lease of this id is known to have run. */
  #isNew = true;
  #asking: Promise<void> | undefined;
  readonly #rounds: Rounds;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#node = parts.newNodeId();
    this.#rounds = new Rounds({ ...parts, run: () => this.#renewAgain(), afterFailureMs: TRY_AGAIN_AFTER_MS });
  }

  get node(): NodeId {
    return this.#node;
  }

  /** Resolves after the first answer, or failure, of the store. */
  start(): Promise<void> {
    return this.renew();
  }

  stop(): void {
    this.#rounds.stop();
  }

  /** Asks now: a write was fenced. Never rejects; one question at a time. */
  renew(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => void (this.#asking = undefined));
    return this.#asking;
  }

  async #renewAgain(): Promise<undefined> {
    await this.renew();
  }

  async #ask(): Promise<void> {
    let wait = this.#parts.leaseMs / RENEWALS;
    try {
      await this.#prolong();
    } catch (error) {
      this.#parts.failed(error);
      wait = Math.min(wait, TRY_AGAIN_AFTER_MS);
    }
    this.#rounds.in(wait);
  }

  /** Whatever the store knows of this node may be of another history: it goes on under a new id. */
  takeNew(): Promise<void> {
    this.#rename();
    return this.renew();
  }

  /** Throws what the store throws; a new id whose first lease went unanswered is asked for again. */
  async #prolong(): Promise<void> {
    for (let runs = false; !runs; ) {
      const node = this.#node;
      runs = await this.#parts.store.renewLease(node, this.#parts.leaseMs, this.#isNew);
      if (runs) runs = node === this.#node;
      else if (node === this.#node) this.#rename();
    }
    if (!this.#isNew) return;
    this.#isNew = false;
    this.#parts.began();
  }

  #rename(): void {
    this.#node = this.#parts.newNodeId();
    this.#isNew = true;
  }
}
