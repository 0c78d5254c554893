// A real client, as PROTOCOL.md wants one: what it writes it keeps until it is settled, what it sees it sees in order.
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Author, Entry } from '../protocol/entries.ts';
import type { EntryId, Seq } from '../protocol/ids.ts';
import { type Code, whatThen } from '../protocol/refusals.ts';
import type { Granted, ReplyTo, RequestName, RequestOf } from '../protocol/requests.ts';
import { LIVE_EVENTS, NAMESPACE } from '../protocol/wire.ts';
import type { Random } from '../server/clock.ts';
import type { Reading, SentChange } from '../simulation/check-history.ts';
import { backoff, pauseAfter } from '../web/connection/backoff.ts';
import {
  type Again,
  type NextRequest,
  Outbox,
  type Said,
  type SaidChange,
  type Target,
  type Written,
} from './outbox.ts';
import { pause } from './waiting.ts';

const ANSWER_WITHIN_MS = 10_000;
/**
 * The page waits up to 10 s between two tries (backoff.ts), so that a herd is spread; a figure of 5 s would then measure its
 * dice. A script may try more often.
 */
const MOST_WAIT_MS = 2_000;

export interface PersonParts {
  readonly name: string;
  readonly room: string;
  readonly origin: string;
  /** What the server knows itself as, where `origin` is a proxy before it. */
  readonly host?: string | undefined;
  readonly random: Random;
  /** It waits between two tries as long as our page does. */
  readonly isPatient?: boolean | undefined;
}

interface Place {
  readonly seq: Seq;
  readonly id: EntryId | '';
}

export class Person {
  readonly name: string;
  readonly outbox: Outbox;
  /** Who it is for the server, once it has been let in. */
  me: Author | undefined;
  /** What was refused for now, and when. */
  readonly refusals: { code: Code; at: number }[] = [];
  /** Since it came in last: joins and questions for what was missed. */
  reads = 0;
  /** How often the log turned out to be another one. */
  startsOver = 0;
  /** How often a connection ended. */
  losses = 0;
  /** Holes and repetitions in what came live over one connection, where there may be none (C9). */
  readonly liveProblems: string[] = [];
  /** When it loses its connection it waits for comeBack(). */
  staysAway = false;
  /** Why it does not try any more. */
  ended: string | undefined;
  readonly #parts: PersonParts;
  readonly #key = randomBytes(24).toString('base64url');
  #socket: Socket | undefined;
  #isOpen = false;
  #isIn = false;
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #after: Seq = 0;
  #seen: Entry[] = [];
  #last: Place | undefined;
  readonly #held = new Map<Seq, Entry>();
  #isAsking = false;
  #live: Seq | undefined;
  readonly #giveUps = new Set<() => void>();

  constructor(parts: PersonParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.outbox = new Outbox(parts.name);
  }

  /** Somebody else, in the same room of the same server. */
  another(name: string): Person {
    return new Person({ ...this.#parts, name });
  }

  open(): void {
    this.#isOpen = true;
    this.#connect();
  }

  close(): void {
    this.#isOpen = false;
    this.#drop();
  }

  /** Over a new connection, at once. */
  comeBack(): void {
    if (this.#isOpen) this.#connect();
  }

  get isIn(): boolean {
    return this.#isIn;
  }

  get last(): Seq {
    return this.#last?.seq ?? 0;
  }

  /** Messages and changes, in the order in which they were written. */
  get sent(): readonly Said[] {
    return this.outbox.sent;
  }

  /** Nothing waits to be sent. */
  get isSettled(): boolean {
    return this.outbox.next === undefined;
  }

  get reading(): Reading {
    return { reader: this.name, after: this.#after, seen: this.#seen, startsOver: this.startsOver };
  }

  say(text: string): Said {
    return this.#write({ text });
  }

  /** Its own message when the client id is its own; whoever reacts may do so to any. */
  change(change: SentChange['change'], target: Target, text: string): Said {
    return this.#write({ change, target: target.clientId, targetSeq: target.seq, text });
  }

  /** Undefined when it was not answered in time, or the connection was lost. */
  ask<Name extends RequestName>(name: Name, request: RequestOf<Name>): Promise<ReplyTo<Name> | undefined> {
    const socket = this.#socket;
    return new Promise((resolve) => {
      if (!socket?.connected) return resolve(undefined);
      const settle = (reply?: ReplyTo<Name>) => {
        clearTimeout(timer);
        this.#giveUps.delete(giveUp);
        resolve(reply);
      };
      const giveUp = () => settle();
      const timer = setTimeout(giveUp, ANSWER_WITHIN_MS);
      this.#giveUps.add(giveUp);
      socket.emit(name, request, settle);
    });
  }

  #connect(): void {
    this.#drop();
    const { name, room, origin, host } = this.#parts;
    const auth = { name, room, key: this.#key };
    const extraHeaders = host === undefined ? {} : { Host: host };
    const socket = io(origin + NAMESPACE, {
      auth,
      extraHeaders,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lost(socket), ANSWER_WITHIN_MS);
    socket.on('connect', () => {
      clearTimeout(this.#timer);
      this.reads = 0;
      void this.#comeIn(socket);
    });
    socket.on('connect_error', (error) => this.#refused(socket, error));
    socket.on('disconnect', () => this.#lost(socket));
    for (const event of LIVE_EVENTS) socket.on(event, (entry: Entry) => this.#received(socket, entry));
  }

  /** A handshake is refused only for good (H7); a network that fails says nothing. */
  #refused(socket: Socket, error: Error): void {
    const data: unknown = 'data' in error ? error.data : undefined;
    const code = typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : undefined;
    if (code === undefined || whatThen(code) === 'again') return this.#lost(socket);
    this.ended = `${code}: ${error.message}`;
    this.close();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#isIn = false;
    this.#isAsking = false;
    this.#live = undefined;
    this.#socket?.off();
    this.#socket?.disconnect();
    this.#socket = undefined;
    for (const giveUp of this.#giveUps) giveUp();
  }

  #lost(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.losses += 1;
    this.#drop();
    if (!this.#isOpen || this.staysAway) return;
    const wait = backoff(this.#attempt, this.#parts.random);
    const most = this.#parts.isPatient ? wait : MOST_WAIT_MS;
    this.#timer = setTimeout(() => this.#connect(), Math.min(wait, most));
    this.#attempt += 1;
  }

  async #comeIn(socket: Socket): Promise<void> {
    const { room } = this.#parts;
    const after = this.#last;
    this.reads += 1;
    const reply = await this.ask('join', { room, ...(after && { after: [after.seq, after.id] }) });
    if (socket !== this.#socket) return;
    // S7; and whatever it is refused with, a new connection finds out.
    if (!reply?.ok) return this.#lost(socket);
    // One that answers is one that works: what failed before it is over.
    this.#attempt = 0;
    if (!after) this.#startAt(reply);
    else if (!reply.reset) this.#apply(reply.entries);
    this.me = { id: reply.me.id, name: reply.me.name };
    this.#isIn = true;
    if (this.last < reply.head || this.#held.size > 0 || reply.reset) void this.#catchUp(socket);
    void this.#send(socket);
  }

  #startAt({ head, headId }: Granted<'join'> | Granted<'catchUp'>): void {
    this.#after = head;
    this.#seen = [];
    this.#last = { seq: head, id: headId };
    this.#apply([]);
  }

  #received(socket: Socket, entry: Entry): void {
    if (socket !== this.#socket) return;
    if (this.#live !== undefined && entry.seq !== this.#live + 1)
      this.liveProblems.push(`I3: ${this.name} was sent ${entry.seq} live after ${this.#live}`);
    this.#live = entry.seq;
    this.#apply([entry]);
    if (this.#isIn && this.#held.size > 0) void this.#catchUp(socket);
  }

  /** C5: the next one is shown, a lower one dropped, a higher one held. */
  #apply(entries: readonly Entry[]): void {
    for (const entry of entries) this.#held.set(entry.seq, entry);
    if (!this.#last) return;
    for (let next = this.#held.get(this.last + 1); next; next = this.#held.get(this.last + 1)) {
      this.#seen.push(next);
      this.#last = { seq: next.seq, id: next.id };
    }
    for (const seq of this.#held.keys()) if (seq <= this.last) this.#held.delete(seq);
  }

  async #catchUp(socket: Socket): Promise<void> {
    if (this.#isAsking || !this.#last) return;
    this.#isAsking = true;
    for (let isBehind = true; isBehind && socket === this.#socket; ) {
      this.reads += 1;
      const { seq, id } = this.#last;
      const reply = await this.ask('catchUp', { room: this.#parts.room, after: seq, ...(id && { id }) });
      if (socket !== this.#socket) return;
      if (!reply) return this.#lost(socket);
      if (!reply.ok) await this.#pauseFor(reply.code, reply.retryAfter);
      else if (reply.reset) this.#startOver(reply);
      else this.#apply(reply.entries);
      isBehind = !reply.ok || this.last < reply.head || this.#held.size > 0;
    }
    if (socket === this.#socket) this.#isAsking = false;
  }

  /** C4: the log is another one than it was. */
  #startOver(reply: Granted<'catchUp'>): void {
    this.startsOver += 1;
    this.#held.clear();
    this.#startAt(reply);
  }

  #write(what: Written): Said {
    const wasSettled = this.isSettled;
    const said = this.outbox.write(what);
    if (wasSettled) void this.#send(this.#socket);
    return said;
  }

  /** S2: one request in flight; what was not answered first, under the same ids. */
  async #send(socket: Socket | undefined): Promise<void> {
    for (
      let next = this.outbox.next;
      next && socket && this.#isIn && socket === this.#socket;
      next = this.outbox.next
    ) {
      const again = await this.#ask(next);
      if (socket !== this.#socket) return;
      if (again === undefined) return this.#lost(socket);
      if (again !== 'settled') await this.#pauseFor(again.code, again.retryAfter);
    }
  }

  /** Undefined when it was not answered. */
  async #ask(next: NextRequest): Promise<Again | 'settled' | undefined> {
    const { room } = this.#parts;
    if (next.kind === 'messages') {
      const items = next.items.map(({ clientId, text }) => ({ clientId, text }));
      const reply = await this.ask('message', { room, items });
      return reply && (reply.ok ? this.outbox.settle(reply.results) : reply);
    }
    const { item } = next;
    const reply = await this.#askToChange(item);
    if (!reply) return undefined;
    return this.outbox.settle([
      reply.ok ? { clientId: item.clientId, seq: reply.seq } : { ...reply, clientId: item.clientId },
    ]);
  }

  #askToChange({ change, target, targetSeq, clientId, text }: SaidChange): Promise<ReplyTo<'edit'> | undefined> {
    const request = { room: this.#parts.room, target: targetSeq ?? target, clientId };
    if (change === 'edit') return this.ask('edit', { ...request, text });
    if (change === 'delete') return this.ask('delete', request);
    return this.ask(change, { ...request, emoji: text });
  }

  async #pauseFor(code: Code, retryAfter: number | undefined): Promise<void> {
    this.refusals.push({ code, at: performance.now() });
    await pause(pauseAfter(retryAfter, 0, this.#parts.random), undefined, { ref: false });
  }
}
