// What really happened, as nobody inside the world can know it. Each fact that no run may show is reported at once.
import type { Entry } from '../protocol/entries.ts';
import type { Address, ClientId, EntryId, RoomId, Seq } from '../protocol/ids.ts';
import type { Code } from '../protocol/refusals.ts';
import { pushTo } from '../server/store/memory/memory-state.ts';
import type { Outcome, Write } from '../server/store/store.ts';

/** The first ones tell what happened; the others follow from them. */
const MOST_PROBLEMS = 20;

export interface Stored {
  readonly room: RoomId;
  readonly entry: Entry;
  /** How far back the store had gone, as a count, when it was stored. */
  readonly era: number;
}

export class Ledger {
  readonly problems: string[] = [];
  readonly stored = new Map<EntryId, Stored>();
  readonly storedAs = new Map<ClientId, EntryId[]>();
  readonly acknowledged = new Map<ClientId, Seq>();
  readonly refused = new Map<ClientId, Code>();
  /** What was taken away by a store that went back. */
  readonly undone = new Set<EntryId>();
  /** How often it did. */
  era = 0;
  readonly #bodies = new Map<ClientId, string>();
  readonly #alongs = new Map<ClientId, string>();
  readonly #logs = new Map<RoomId, Entry[]>();

  broke(rule: string, what: string): void {
    this.found(`${rule}: ${what}`);
  }

  /** Sentences that begin with their rule. */
  found(...problems: readonly string[]): void {
    this.problems.push(...problems.slice(0, MOST_PROBLEMS - this.problems.length));
  }

  /** At the moment of the commit. */
  committed(writes: readonly Write[], outcomes: readonly Outcome[]): void {
    outcomes.forEach((outcome, i) => {
      const write = writes[i];
      if (outcome.result !== 'stored' || !write) return;
      const { entry } = outcome;
      this.stored.set(entry.id, { room: write.room, entry, era: this.era });
      pushTo(this.#logs, write.room, entry);
      if (!('clientId' in write)) return;
      pushTo(this.storedAs, write.clientId, entry.id);
    });
  }

  /** All that was ever stored in a room, in that order: that of their seqs, unless the store went back. */
  logOf(room: RoomId): readonly Entry[] {
    return this.#logs.get(room) ?? [];
  }

  /** S3: the body that goes with a client id is one, whoever sends it and however often; and so is what goes along with it. */
  sent(clientId: ClientId, body: string, along = ''): void {
    this.#sameAsFirst(this.#bodies, clientId, body);
    this.#sameAsFirst(this.#alongs, clientId, along);
  }

  #sameAsFirst(firsts: Map<ClientId, string>, clientId: ClientId, what: string): void {
    const first = firsts.get(clientId);
    if (first === undefined) firsts.set(clientId, what);
    else if (first !== what) this.broke('S3', `${clientId} was sent as ${first} and then as ${what}`);
  }

  /** What was sent under it; undefined when nothing was. */
  bodyOf(clientId: ClientId): string | undefined {
    return this.#bodies.get(clientId);
  }

  /** The server has said yes to a message, and this seq. */
  acknowledge(clientId: ClientId, seq: Seq): void {
    this.acknowledged.set(clientId, seq);
    const ids = this.storedAs.get(clientId) ?? [];
    if (!ids.some((id) => this.stored.get(id)?.entry.seq === seq))
      this.broke('I1', `${clientId} was acknowledged as ${seq}, which it never was`);
  }

  /**
   * The same to a change. L6: one that would change nothing is not stored, and has the seq of an entry that made it so. `ofRoom`:
   * a room begins with a title and a topic, and no entry made them so (L17).
   */
  acknowledgeChange(clientId: ClientId, seq: Seq, room: Address, ofRoom = false): void {
    const isStored = this.storedAs.get(clientId)?.some((id) => !this.undone.has(id)) ?? false;
    if (isStored) return this.acknowledge(clientId, seq);
    this.acknowledged.set(clientId, seq);
    if (ofRoom && seq === 0) return;
    const logs = [...this.#logs.values()];
    if (!logs.some((log) => log.some((entry) => entry.seq === seq && entry.room === room)))
      this.broke('I1', `${clientId} was acknowledged as ${seq} of ${room}, which never was`);
  }

  /** The server has said no for good. */
  refuse(clientId: ClientId, code: Code): void {
    this.refused.set(clientId, code);
  }

  /** Somebody is shown this. */
  shown(entry: Entry, to: string): void {
    const stored = this.stored.get(entry.id);
    if (!stored) this.broke('L2', `${to} was shown entry ${entry.seq} ${entry.kind}, which is not stored`);
    else if (stored.entry.seq !== entry.seq)
      this.broke('L1', `${to} was shown entry ${stored.entry.seq} as ${entry.seq}`);
  }

  wentBack(gone: Iterable<EntryId>): void {
    this.era += 1;
    for (const id of gone) this.undone.add(id);
  }

  /** It was in the log at some time, and a store that went back has taken it away. */
  wasUndone(clientId: ClientId): boolean {
    return this.storedAs.get(clientId)?.some((id) => this.undone.has(id)) ?? false;
  }

  /** It has reached the log, if only for a time. */
  wasStored(clientId: ClientId): boolean {
    return this.storedAs.has(clientId);
  }
}
