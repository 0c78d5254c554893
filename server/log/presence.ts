// Who is here, as far as this node's connections say. What the log then says is decided in the store.
import type { MemberId, NodeId, RoomId } from '../../protocol/ids.ts';
import type { Cancel, Clock, Random } from '../clock.ts';
import type { Outcome, Store, Write } from '../store/store.ts';
import type { Failed } from '../surprises.ts';
import { Lease, LEASE_MS } from './lease.ts';
import { Rounds } from './rounds.ts';

/** A reload or a change of network takes this long at most; longer, and the room is told. */
export const GRACE_MS = 10_000;
/** A dead node's members have this long to come back elsewhere before the room is told. */
export const REAP_AFTER_MS = 10_000;
/** Nobody waits twice as long as need be, and a node that reaps at once still lets others work. */
const REAP_AT_LEAST_EVERY_MS = 100;
/** As many as one request may carry: a node with thousands of members is reaped without holding up what people write. */
const REAP_AT_ONCE = 100;
const TRY_AGAIN_AFTER_MS = 300;

export interface PresenceParts {
  readonly store: Pick<Store, 'renewLease' | 'ghosts'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly newNodeId: () => NodeId;
  readonly add: (writes: readonly Write[]) => Promise<readonly Outcome[]>;
  readonly failed: Failed;
  readonly times?: PresenceTimes | undefined;
}

/** In ms; left out, LEASE_MS and REAP_AFTER_MS. */
export interface PresenceTimes {
  readonly leaseMs: number;
  readonly reapMs: number;
}

/** A member with connections on this node, or one that had some until just now. */
interface Local {
  readonly room: RoomId;
  readonly member: MemberId;
  connections: number;
  /** It left, and was not just lost: it comes back to no other server either. */
  hasLeft: boolean;
  /** What the store was last told, and whether it is known to have it: an answer can be lost, and the row be there. */
  told: { readonly kind: 'arrive' | 'depart'; readonly node: NodeId; readonly isSure: boolean } | undefined;
  /** Tells the store what it does not know yet; one write of a member at a time. */
  settling: Promise<void> | undefined;
  cancelGrace?: Cancel | undefined;
  cancelRetry?: Cancel | undefined;
}

export class Presence {
  readonly #parts: PresenceParts;
  readonly #lease: Lease;
  readonly #leaseMs: number;
  readonly #reapMs: number;
  readonly #locals = new Map<MemberId, Local>();
  readonly #reaping: Rounds;
  /** The id under which the next round reaps. */
  #reaper: NodeId | undefined;
  #hasBegun = false;
  #stopped = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    this.#leaseMs = parts.times?.leaseMs ?? LEASE_MS;
    this.#reapMs = parts.times?.reapMs ?? REAP_AFTER_MS;
    this.#lease = new Lease({ ...parts, leaseMs: this.#leaseMs, began: () => this.#began() });
    this.#reaping = new Rounds({ ...parts, run: () => this.#reapAgain(), afterFailureMs: this.#reapMs / 2 });
  }

  get node(): NodeId {
    return this.#lease.node;
  }

  start(): Promise<void> {
    return this.#lease.start();
  }

  /** Writes nothing: whoever was here has the time of a lease to come back to the next process without a notice. */
  stop(): void {
    this.#stopped = true;
    this.#lease.stop();
    this.#reaping.stop();
    for (const local of this.#locals.values()) {
      local.cancelGrace?.();
      local.cancelRetry?.();
    }
  }

  /** The store went back: what it was told of this node is undone, or true again. All of it is told under a new id. */
  startAnew(): Promise<void> {
    return this.#lease.takeNew();
  }

  /** One more connection of the member. Resolves when the room has been told, or the store could not be asked just now. */
  came(room: RoomId, member: MemberId): Promise<void> {
    const local = this.#local(room, member);
    local.connections += 1;
    local.hasLeft = false;
    local.cancelGrace?.();
    local.cancelGrace = undefined;
    return this.#settle(local);
  }

  /** One connection less; the room is told when none has come back within `graceMs`. */
  went(member: MemberId, graceMs: number = GRACE_MS): void {
    const local = this.#locals.get(member);
    if (!local || local.connections === 0) return;
    local.connections -= 1;
    if (local.connections > 0 || this.#stopped) return;
    local.cancelGrace?.();
    local.cancelGrace = this.#parts.clock.after(graceMs, () => {
      local.cancelGrace = undefined;
      return this.#settle(local);
    });
  }

  /** All connections of the member on this node have left, by intent; there may be none. Resolves as `came` does. */
  left(room: RoomId, member: MemberId): Promise<void> {
    const local = this.#local(room, member);
    local.connections = 0;
    local.hasLeft = true;
    local.cancelGrace?.();
    local.cancelGrace = undefined;
    // A server that died may have had it here: only the store knows.
    local.told ??= { kind: 'depart', node: this.node, isSure: false };
    return this.#settle(local);
  }

  #local(room: RoomId, member: MemberId): Local {
    const known = this.#locals.get(member);
    if (known) return known;
    const local: Local = { room, member, connections: 0, hasLeft: false, told: undefined, settling: undefined };
    this.#locals.set(member, local);
    return local;
  }

  #settle(local: Local): Promise<void> {
    local.settling ??= this.#tell(local).finally(() => {
      local.settling = undefined;
      if (!this.#isSettled(local)) this.#settleLater(local);
      else if (!this.#isHere(local)) this.#forget(local);
    });
    return local.settling;
  }

  /** What a grace still covers counts as here. */
  #isHere(local: Local): boolean {
    return local.connections > 0 || local.cancelGrace !== undefined;
  }

  #isSettled(local: Local): boolean {
    const { told } = local;
    if (!this.#isHere(local)) return told === undefined || (told.kind === 'depart' && told.isSure);
    return told?.kind === 'arrive' && told.isSure && told.node === this.node;
  }

  /** Until the store has what is so now, or could not be told. */
  async #tell(local: Local): Promise<void> {
    while (!this.#stopped && !this.#isSettled(local)) {
      const kind = this.#isHere(local) ? 'arrive' : 'depart';
      // A departure concerns the id under which the arrival was written, whatever this node is called by now.
      const node = kind === 'depart' && local.told ? local.told.node : this.node;
      const told: Local['told'] = { kind, node, isSure: false };
      local.told = told;
      const withDead = kind === 'depart' && local.hasLeft;
      const [outcome] = await this.#parts.add([{ kind, room: local.room, by: local.member, node, withDead }]);
      if (!outcome) return;
      const isFenced = outcome.result === 'refused' && outcome.code === 'fenced';
      if (isFenced) await this.#lease.renew();
      if (isFenced || (outcome.result === 'refused' && outcome.retryAfter !== undefined)) return;
      if (local.told === told) local.told = { ...told, isSure: true };
    }
  }

  #settleLater(local: Local): void {
    if (this.#stopped || local.cancelRetry) return;
    const wait = TRY_AGAIN_AFTER_MS * (1 + this.#parts.random());
    local.cancelRetry = this.#parts.clock.after(wait, () => {
      local.cancelRetry = undefined;
      return this.#settle(local);
    });
  }

  #forget(local: Local): void {
    local.cancelRetry?.();
    if (this.#locals.get(local.member) === local) this.#locals.delete(local.member);
  }

  #began(): void {
    for (const local of this.#locals.values()) this.#settle(local).catch(this.#parts.failed);
    this.#reapIn(this.#untilFirstRound());
  }

  #untilFirstRound(): number {
    // What kept this node from its lease may have kept all from theirs: they have as long to write their rows again.
    if (this.#hasBegun) return this.#reapMs + this.#untilNextRound();
    this.#hasBegun = true;
    // Nobody knows for how long there was no server: who was here has the time of a lease to come back, as if it died now.
    return this.#leaseMs + this.#reapMs;
  }

  #reapIn(ms: number): void {
    this.#reaper = this.node;
    this.#reaping.in(ms);
  }

  async #reapAgain(): Promise<number | undefined> {
    const reaper = this.#reaper ?? this.node;
    await this.#reap(reaper);
    // Under a new id the rounds begin with its lease.
    return this.node === reaper ? this.#untilNextRound() : undefined;
  }

  #untilNextRound(): number {
    return Math.max(REAP_AT_LEAST_EVERY_MS, this.#reapMs / 2) * (0.75 + this.#parts.random() / 2);
  }

  /** Speaks for the nodes that cannot any more. Each departure is decided in the store: two nodes may reap at once. */
  async #reap(reaper: NodeId): Promise<void> {
    const ghosts = await this.#parts.store.ghosts(this.#reapMs);
    // Its own lease has run out too: it is one of those for whom others speak.
    if (ghosts.some(({ node }) => node === reaper)) return;
    for (let i = 0; i < ghosts.length && !this.#stopped; i += REAP_AT_ONCE) {
      const some = ghosts.slice(i, i + REAP_AT_ONCE);
      await this.#parts.add(some.map(({ room, member, node }) => ({ kind: 'depart', room, by: member, node, reaper })));
    }
  }
}
