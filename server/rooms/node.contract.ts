// What the tests of the acts have in common: one node without sockets, of real parts, over the memory store.
import { randomUUID } from 'node:crypto';
import type { Entry } from '../../protocol/entries.ts';
import type { ClientId, MemberId, NodeId, RoomId, SessionId } from '../../protocol/ids.ts';
import { personName, roomName } from '../../protocol/names.ts';
import type { ParsedRequest } from '../../protocol/requests.ts';
import type { Signal } from '../../protocol/signals.ts';
import { LocalBus } from '../bus/local-bus.ts';
import type { Clock } from '../clock.ts';
import { Connection } from '../gateway/connection.ts';
import { Connections } from '../gateway/connections.ts';
import { Tolls } from '../limits/tolls.ts';
import { RoomLog } from '../log/room-log.ts';
import { newToken } from '../session-token.ts';
import { MemoryStore } from '../store/memory/memory-store.ts';
import { randomIds } from '../store/random-ids.ts';
import { type Member, StoreUnavailable } from '../store/store.ts';
import type { Act, Caller } from './act.ts';
import { skeletonOf } from './look-alike.ts';
import type { Visitor } from './toll.ts';

export const newClientId = () => randomUUID() as ClientId;
/** Whom nothing costs anything. */
export const FREE: Visitor = { network: 'test', tolls: new Tolls(undefined) };
export const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time passes when the test says so. */
export class HandClock implements Clock {
  #now = 1_700_000_000_000;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await aMoment();
      const next = this.#timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
    await aMoment();
  }
}

/** The memory store behind a door: shut, calls wait at it; away, they fail. */
export class DoorStore extends MemoryStore {
  isAway = false;
  #shut = new Map<string, { wait: Promise<void>; open: () => void }>();

  /** Calls of this method wait from now on, until the returned function is called. */
  shut(method: 'heads' | 'known' | 'append' | 'page' | 'here' | 'session'): () => void {
    let open = (): void => undefined;
    const wait = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#shut.set(method, { wait, open });
    return () => {
      this.#shut.delete(method);
      open();
    };
  }

  override async heads(...args: Parameters<MemoryStore['heads']>) {
    await this.#pass('heads');
    return super.heads(...args);
  }

  override async known(...args: Parameters<MemoryStore['known']>) {
    await this.#pass('known');
    return super.known(...args);
  }

  override async append(...args: Parameters<MemoryStore['append']>) {
    await this.#pass('append');
    return super.append(...args);
  }

  override async page(...args: Parameters<MemoryStore['page']>) {
    await this.#pass('page');
    return super.page(...args);
  }

  override async here(...args: Parameters<MemoryStore['here']>) {
    await this.#pass('here');
    return super.here(...args);
  }

  override async session(...args: Parameters<MemoryStore['session']>) {
    await this.#pass('session');
    return super.session(...args);
  }

  async #pass(method: string): Promise<void> {
    await this.#shut.get(method)?.wait;
    if (this.isAway) throw new StoreUnavailable('The store is away.');
  }
}

/** One connection, and what it heard. */
export interface Wired {
  readonly caller: Connection;
  readonly heard: Entry[];
  /** Its socket is gone. */
  readonly hangUp: () => void;
}

export class Node {
  readonly clock = new HandClock();
  readonly store = new DoorStore({ clock: this.clock, newId: randomIds() });
  readonly connections = new Connections();
  /** Each that was said, in short: `typing in <room id> by Ada`. */
  readonly signals: string[] = [];
  /** What nobody foresaw. */
  readonly failures: unknown[] = [];
  readonly #hearing = new Map<RoomId, Set<Entry[]>>();
  readonly log = new RoomLog({
    store: this.store,
    bus: new LocalBus(),
    clock: this.clock,
    random: () => 0.5,
    newNodeId: () => randomUUID() as NodeId,
    audience: {
      deliver: (room, entries) => this.#hearing.get(room)?.forEach((heard) => heard.push(...entries)),
      signal: (room, signal, to) => this.signals.push(signalInShort(room, signal, to)),
      news: (room, tally) => this.signals.push(`${tally.messages} said in ${room}`),
      rewound: () => undefined,
    },
    failed: (error) => this.failures.push(error),
  });
  readonly act: Act = { store: this.store, log: this.log, clock: this.clock, newClientId };

  static async start(): Promise<Node> {
    const node = new Node();
    await node.log.start();
    return node;
  }

  async newSession(): Promise<SessionId> {
    return (await this.store.openSession(newToken())).id;
  }

  async newMember(session: SessionId, name: string, room: string): Promise<Member> {
    const named = roomName(room);
    const person = personName(name);
    if (!named.ok || !person.ok) throw new Error('A test uses a name that cannot be.');
    const { id } = await this.store.openRoom(named.key, named.name);
    const claimed = await this.store.claim({
      room: id,
      session,
      name: person.name,
      key: person.key,
      skeleton: skeletonOf(person.name),
    });
    if (!claimed.ok) throw new Error(claimed.code);
    return claimed.member;
  }

  connect(session: SessionId, home?: Caller['home']): Wired {
    const heard: Entry[] = [];
    const line = {
      id: '',
      subscribe: (room: RoomId) => void this.#hearing.set(room, (this.#hearing.get(room) ?? new Set()).add(heard)),
      unsubscribe: (room: RoomId) => void this.#hearing.get(room)?.delete(heard),
      watch: () => undefined,
      unwatch: () => undefined,
      signal: () => undefined,
      close: () => hangUp(),
    };
    const { log, connections } = this;
    const caller = new Connection({
      who: { session, device: undefined, home },
      graceMs: 10_000,
      line,
      log,
      connections,
    });
    const hangUp = () => {
      for (const heards of this.#hearing.values()) heards.delete(heard);
      caller.closed(true);
    };
    return { caller, heard, hangUp };
  }

  /** Everything in a room's log, in short: `Ada connects`, `Ada: hello`. */
  async story(room: string): Promise<string[]> {
    const named = roomName(room);
    const found = named.ok ? await this.store.room(named.key) : undefined;
    if (!found) return [];
    return (await this.store.read(found.id, 0, 500)).entries.map(inShort);
  }

  async hereIn(room: RoomId): Promise<string[]> {
    return (await this.store.here(room)).map(({ name }) => name);
  }
}

function signalInShort(room: RoomId, signal: Signal, to: SessionId | undefined): string {
  switch (signal.kind) {
    case 'typing':
      return `typing in ${room} by ${signal.by.name}`;
    case 'here':
      return `${signal.count} in ${room}`;
    case 'left':
      return `left ${room}`;
    case 'room':
      return `${signal.messages} new in ${room} for ${to}`;
    case 'read':
      return `${to} has read ${room} up to ${signal.seq}`;
  }
}

export function inShort(entry: Entry): string {
  if (entry.kind === 'void') return 'void';
  const { name } = entry.by;
  switch (entry.kind) {
    case 'message':
      return `${name}: ${entry.text}`;
    case 'notice':
      return `${name} ${entry.type}s`;
    case 'edit':
      return `${name} edits ${entry.target}: ${entry.text}`;
    case 'delete':
    case 'pin':
    case 'unpin':
      return `${name} ${entry.kind}s ${entry.target}`;
    case 'react':
    case 'unreact':
      return `${name} ${entry.kind}s ${entry.target} ${entry.emoji}`;
    case 'title':
      return `${name} calls the room ${entry.title}`;
    case 'topic':
      return `${name} says it is about ${entry.topic}`;
    case 'rename':
      return `${name} is now ${entry.name}`;
    case 'settings':
      return `notices ${entry.notices ? 'on' : 'off'} with ${entry.here}`;
  }
}

/** A join as the wire would give it. */
export function joining(room: string, more: { as?: MemberId; after?: [number, string] } = {}): ParsedRequest<'join'> {
  return { room, ...more } as ParsedRequest<'join'>;
}

/** A request with messages, one for each text. */
export function saying(
  room: string,
  ...texts: string[]
): { room: string; items: { clientId: ClientId; text: string }[] } {
  return { room, items: texts.map((text) => ({ clientId: newClientId(), text })) };
}
