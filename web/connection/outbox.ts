import type { Entry } from '../../protocol/entries.ts';
import type { Target } from '../../protocol/fields.ts';
import type { ClientId, MemberId, Seq } from '../../protocol/ids.ts';
import { MAX_ITEMS } from '../../protocol/limits.ts';
import { foldCase } from '../../protocol/names.ts';
import { type Code, REFUSALS } from '../../protocol/refusals.ts';
import type { PendingMessage } from '../state/room-state.ts';
import type { Ask } from './ask.ts';
import { backoff, pauseAfter } from './backoff.ts';
import type { Cancel, Clock, Random } from './clock.ts';
import { KeptQueue } from './kept-queue.ts';
import type { Along, Items, OutboxItem, Owner, PlainWant, Refusal } from './outbox-item.ts';
import * as queue from './outbox-queue.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { type Answered, type Deferred, deliver, type Delivery } from './outbox-request.ts';

/** A tab that sends for a member that is no more is told so by its next question: nobody waits for it longer than 5 s. */
const LOOK_AGAIN_MS = 500;
const MOST_LOOKS = 10;

export interface OutboxParts {
  readonly owner: Owner;
  readonly storage: OutboxStorage;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly random: Random;
  /** A UUID. */
  readonly newClientId: () => ClientId;
  /** Resolves when setSender() has been called with all that other tabs did before: a tab that was suspended hears it late. */
  readonly turnConfirmed: () => Promise<void>;
  readonly events: OutboxEvents;
}

export interface OutboxEvents {
  changed(state: OutboxState): void;
  /** This tab has changed what is stored: the other tabs are to reload() theirs. */
  stored(): void;
  /** Acknowledged to this tab: the other tabs are to be told by settled(). */
  settled(settled: Settled): void;
  /** S7: a request was not answered. Nothing more is sent before online() is called for a new connection. */
  silent(): void;
  /** The server says that this member is not in the room: join it again, then call online(). */
  notJoined(): void;
  /** A deletion or reaction was refused for good and is gone. (A message or an edit stays among the items, refused.) */
  refused(item: OutboxItem, refusal: Refusal): void;
}

export interface OutboxState {
  /** To be drawn below the lines, see pendingRows(). */
  readonly pending: readonly PendingMessage[];
  readonly items: Items;
  /** There is nowhere to keep them: they are lost with this page. */
  readonly inMemory: boolean;
  /** Nothing is sent before the person has given a name again, or has reloaded the page. */
  readonly halted: Code | undefined;
}

/** Messages that are in the log by now, and where. */
export type Settled = readonly { readonly clientId: ClientId; readonly seq: Seq }[];

const TOO_LONG: Refusal = { code: 'tooLong', message: REFUSALS.tooLong.message };

interface StoredRow {
  readonly row: PendingMessage;
  readonly seq: Seq;
}

/**
 * What one member wants to say in one room and has not been told the seq of: one queue for messages and changes, kept
 * until each is settled, sent in order and one request at a time. PROTOCOL.md, rules S1 to S7.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #queue: KeptQueue;
  #rows: readonly StoredRow[] = [];
  #isSender = false;
  #isOnline = false;
  #isClosed = false;
  #halted: Code | undefined;
  /** What others have left is being taken over: it stands in front, so nothing is sent meanwhile. */
  #adoptions = 0;
  /** The request under way; another one, or none, once its connection is gone. */
  #flight: object | undefined;
  /** Resolves when that request, and what its answer changes here, is over. */
  #underWay: Promise<void> = Promise.resolve();
  #pause: Cancel | undefined;
  #attempt = 0;
  /** Above 0 after a whole request was refused for good: so many items go one by one, for one of them is to blame. */
  #singly = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#queue = new KeptQueue({
      owner: parts.owner,
      storage: parts.storage,
      clock: parts.clock,
      changed: () => this.#changed(),
      stored: () => parts.events.stored(),
    });
  }

  get owner(): Owner {
    return this.#queue.owner;
  }

  get state(): OutboxState {
    const waiting = this.#queue.items
      .filter(
        ({ want, clientId }) => want.kind === 'message' && !this.#rows.some(({ row }) => row.clientId === clientId),
      )
      .map((item) => this.#pendingRow(item));
    return {
      pending: [...this.#rows.map(({ row }) => row), ...waiting],
      items: this.#queue.items,
      inMemory: this.#queue.inMemory,
      halted: this.#halted,
    };
  }

  // What the person does. Each shows at once, and resolves when it is stored: until then a draft is to be kept.

  /** `stamp`: of a message that was given one already. What is in the queue under its id is not added again. */
  async send(text: string, stamp: queue.Stamp = this.#stamp(), along: Along = {}): Promise<ClientId> {
    await this.#change((items) => queue.sent(items, text, stamp, along));
    return stamp.clientId;
  }

  /** `along`: whom the new text mentions; what the old one mentioned counts no more. */
  async edit(target: Target, text: string, along: Pick<Along, 'mentions'> = {}): Promise<void> {
    const stamp = this.#stamp();
    await this.#change((items) => queue.edited(items, { kind: 'edit', target, text, ...along }, stamp));
  }

  async delete(target: Target): Promise<void> {
    const stamp = this.#stamp();
    await this.#change((items) => queue.deleted(items, target, stamp));
  }

  /** A reaction, a pin, the room's title or topic. */
  async add(want: PlainWant): Promise<void> {
    const stamp = this.#stamp();
    await this.#change((items) => queue.added(items, want, stamp));
  }

  /** A refused item goes again, as a new one, behind all others. */
  async retry(clientId: ClientId): Promise<void> {
    const stamp = this.#stamp();
    await this.#change((items) => queue.freed(items, clientId, stamp));
  }

  /** A refused item is given up. */
  async discard(clientId: ClientId): Promise<void> {
    await this.#change((items) => queue.discarded(items, clientId));
  }

  // What happens around it.

  /** The room was joined, as this member, on a new connection or again. */
  online(): void {
    this.#isOnline = true;
    this.#halt(undefined);
    this.#pump();
  }

  /** The connection is gone, or the room was left. */
  offline(): void {
    this.#isOnline = false;
    this.#flight = undefined;
  }

  /** S6: whether this tab is the one that sends for its member. S2: if not, resolves when nothing of it is under way. */
  async setSender(isSender: boolean): Promise<void> {
    this.#isSender = isSender;
    // Another tab has sent until now.
    if (isSender) await this.reload();
    else if (this.#flight) await this.#underWay;
  }

  /** Another tab has changed what is stored. Also to be called once at the start. */
  async reload(): Promise<void> {
    await this.#queue.reload();
    this.#pump();
  }

  /** S5: another tab was told so. They are drawn until their entries are there, which may be long after. */
  settled(settled: Settled): void {
    const rows = settled.flatMap(({ clientId, seq }) => {
      const item = this.#queue.items.find((one) => one.clientId === clientId);
      return item ? this.#storedRow(item, seq) : [];
    });
    if (rows.length === 0) return;
    this.#rows = [...this.#rows, ...rows];
    this.#changed();
  }

  /** S5: whatever entries of this room the browser gets to see, live or in a list, in any order. */
  saw(entries: readonly Entry[]): void {
    const seqs = new Map(entries.flatMap((entry) => ('clientId' in entry ? [[entry.clientId, entry.seq]] : [])));
    if (this.#rows.some(({ row }) => seqs.has(row.clientId))) this.#keepRows(({ row }) => !seqs.has(row.clientId));
    const own = this.#queue.items.filter((item) => seqs.has(item.clientId)).map(({ clientId }) => clientId);
    if (own.length === 0) return;
    void this.#change((items) => own.reduce((left, id) => queue.settled(left, id, seqs.get(id) ?? 0), items));
  }

  /** The timeline has applied everything up to `seq`: rows that waited for their entry are drawn there. */
  reached(seq: Seq): void {
    if (this.#rows.some((row) => row.seq <= seq)) this.#keepRows((row) => row.seq > seq);
  }

  /** The member's own name has changed. */
  async renamed(name: string): Promise<void> {
    await this.#queue.renamed(name);
  }

  /**
   * Takes over what members of this room under the same name, and `former`, have waiting: a session that ran out has left
   * it, and who comes in again is another member. `isSentFor` says whether a tab still sends for that member. It was
   * written first, so it is sent first: until it is here nothing is. A tab that sends for a member that is no more finds
   * that out, and lets go: so long it is waited for.
   */
  async adoptAbandoned(isSentFor: (owner: Owner) => Promise<boolean>, former?: MemberId): Promise<void> {
    this.#adoptions += 1;
    try {
      for (let looks = 0; looks < MOST_LOOKS && !this.#isClosed; looks += 1) {
        if (looks > 0) await this.#pauseOf(LOOK_AGAIN_MS);
        if (!(await this.#adoptAll(isSentFor, former))) break;
      }
    } finally {
      this.#adoptions -= 1;
      this.#pump();
    }
  }

  /** True: something of theirs is still sent by another tab. */
  async #adoptAll(isSentFor: (owner: Owner) => Promise<boolean>, former: MemberId | undefined): Promise<boolean> {
    let isLeft = false;
    for (const other of await this.#queue.all()) {
      if (!this.#isAbandonedBy(other, former)) continue;
      if (await isSentFor(other)) isLeft = true;
      else await this.#queue.adopt(other);
    }
    return isLeft;
  }

  #pauseOf(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#parts.clock.after(ms, resolve));
  }

  #isAbandonedBy(other: Owner, former: MemberId | undefined): boolean {
    const me = this.#queue.owner;
    if (other.member === me.member) return false;
    return other.member === former || foldCase(other.name) === foldCase(me.name);
  }

  /** Stops; what is stored stays. */
  close(): void {
    this.#isClosed = true;
    this.offline();
    this.#pause?.();
  }

  async #change(change: (items: Items) => Items): Promise<void> {
    await this.#queue.change(change);
    this.#pump();
  }

  #stamp(): queue.Stamp {
    return { clientId: this.#parts.newClientId(), since: this.#parts.clock.now() };
  }

  // Sending.

  #pump(): void {
    const next = this.#queue.items.find((item) => !item.refusal);
    const mayNow = this.#isOnline && this.#adoptions === 0 && !this.#isClosed && !this.#halted;
    if (!next || !this.#isOurs(next) || !mayNow || this.#flight || this.#pause) return;
    const flight = {};
    this.#flight = flight;
    this.#underWay = this.#sendNext(flight).then(() => {
      if (this.#flight !== flight) return;
      this.#flight = undefined;
      this.#pump();
    });
  }

  /** What only this tab has is sent by nobody else. It waits for what is on the disk and written before it: that one's sender sends it. */
  #isOurs(item: OutboxItem): boolean {
    return this.#isSender || this.#queue.isHereAlone(item);
  }

  #mostItems(): number {
    return this.#singly > 0 ? 1 : MAX_ITEMS;
  }

  async #sendNext(flight: object): Promise<void> {
    const group = await this.#tried();
    await this.#parts.turnConfirmed();
    const first = group[0];
    if (!first || this.#flight !== flight || !this.#isOurs(first)) return;
    if (queue.isTooLarge(first)) return this.#settle([], [{ item: first, refusal: TOO_LONG }]);
    const delivery = await deliver(group, this.#queue.owner.room, this.#parts.ask);
    if (this.#flight === flight) this.#delivered(group, delivery);
  }

  /** S1, S3: the next group as it is stored, whatever other tabs have done, marked as tried before it is emitted. */
  async #tried(): Promise<Items> {
    const most = this.#mostItems();
    // What is kept in memory alone is sent as it is shown, and comes to the disk later, where more may stand before it.
    const chosen = new Set<ClientId>();
    const items = await this.#queue.change((before) => {
      for (const { clientId } of queue.nextGroup(before, most)) chosen.add(clientId);
      return queue.markedTried(before, chosen);
    });
    return queue.tried(queue.nextGroup(items, most));
  }

  #delivered(group: Items, delivery: Delivery): void {
    if (delivery.kind === 'unanswered') {
      this.offline();
      this.#parts.events.silent();
      return;
    }
    const { stored, refused, deferred } = delivery;
    if (stored.length > 0) this.#attempt = 0;
    if (delivery.isWhole && group.length > 1) this.#singly = group.length;
    else this.#settle(stored, refused);
    if (deferred) this.#defer(deferred);
  }

  #settle(stored: Answered['stored'], refused: Answered['refused']): void {
    this.#singly = Math.max(0, this.#singly - stored.length - refused.length);
    this.#rows = [...this.#rows, ...stored.flatMap(({ item, seq }) => this.#storedRow(item, seq))];
    const messages = stored.filter(({ item }) => item.want.kind === 'message');
    if (messages.length > 0) {
      this.#parts.events.settled(messages.map(({ item, seq }) => ({ clientId: item.clientId, seq })));
    }
    void this.#change((items) => {
      const left = stored.reduce((before, { item, seq }) => queue.settled(before, item.clientId, seq), items);
      return refused.reduce((before, { item, refusal }) => queue.refusedForGood(before, item.clientId, refusal), left);
    });
    for (const { item, refusal } of refused) {
      if (!queue.isKeptWhenRefused(item)) this.#parts.events.refused(item, refusal);
    }
  }

  /** None when its entry came before its acknowledgement: it is drawn as a line already. */
  #storedRow(item: OutboxItem, seq: Seq): readonly StoredRow[] {
    const isWaiting = this.#queue.items.some((other) => other.clientId === item.clientId);
    if (!isWaiting || item.want.kind !== 'message') return [];
    return [{ row: { ...this.#pendingRow(item), state: { kind: 'stored', seq } }, seq }];
  }

  #defer(deferred: Deferred): void {
    switch (deferred.kind) {
      case 'again':
        return this.#pauseFor(pauseAfter(deferred.retryAfter, this.#attempt, this.#parts.random));
      case 'notJoined':
        this.offline();
        this.#pauseFor(backoff(this.#attempt, this.#parts.random));
        return this.#parts.events.notJoined();
      case 'halted':
        return this.#halt(deferred.code);
    }
  }

  #pauseFor(ms: number): void {
    this.#attempt += 1;
    this.#pause = this.#parts.clock.after(ms, () => {
      this.#pause = undefined;
      this.#pump();
    });
  }

  #halt(code: Code | undefined): void {
    if (this.#halted === code) return;
    this.#halted = code;
    this.#changed();
  }

  // Showing.

  #keepRows(keep: (row: StoredRow) => boolean): void {
    this.#rows = this.#rows.filter(keep);
    this.#changed();
  }

  #pendingRow({ clientId, since, want, refusal }: OutboxItem): PendingMessage {
    return {
      clientId,
      room: this.#queue.owner.room,
      ...queue.shownOf(want),
      since,
      state: refusal ? { kind: 'failed', ...refusal } : { kind: 'waiting' },
    };
  }

  #changed(): void {
    if (!this.#isClosed) this.#parts.events.changed(this.state);
  }
}
