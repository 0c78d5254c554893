// What the parts of the suite share: an engine, and short ways to say who does what in it.
import { randomUUID } from 'node:crypto';
import type { Entry } from '../../../protocol/entries.ts';
import type { Target } from '../../../protocol/fields.ts';
import type { Address, ClientId, MemberId, NodeId, SessionId } from '../../../protocol/ids.ts';
import type { Claimed, Member, Outcome, Presence, Room, Said, Store, Write } from '../store.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export class TestClock {
  #now = Date.UTC(2026, 10, 22);

  now(): number {
    return this.#now;
  }

  /** Tests of one suite share the clock: they only move it on, but for those about clocks that step back. */
  move(ms: number): void {
    this.#now += ms;
  }
}

export interface Engine {
  readonly store: Store;
  readonly clock: TestClock;
}

export type OpenEngine = () => Promise<Engine>;

type Stored = Extract<Outcome, { result: 'stored' }>;

export class Scene {
  readonly store: Store;
  readonly clock: TestClock;
  #count = 0;

  constructor(engine: Engine) {
    this.store = engine.store;
    this.clock = engine.clock;
  }

  /** A room that no other test has. */
  async room(): Promise<Room> {
    const name = randomUUID();
    return this.store.openRoom(name as Address, name);
  }

  async session(): Promise<SessionId> {
    return (await this.store.openSession(randomUUID())).id;
  }

  async claim(room: Room, session: SessionId, name: string, skeleton = name.toLowerCase()): Promise<Claimed> {
    return this.store.claim({ room: room.id, session, name, key: name.toLowerCase(), skeleton });
  }

  /** A new member, of a session of its own when none is given. */
  async member(room: Room, name?: string, session?: SessionId): Promise<Member> {
    this.#count += 1;
    const claimed = await this.claim(room, session ?? (await this.session()), name ?? `Guest ${this.#count}`);
    if (!claimed.ok) throw new Error(`No member: ${claimed.code}`);
    return claimed.member;
  }

  /** A node whose lease runs for a minute. */
  async node(ms = 60_000): Promise<NodeId> {
    const node = randomUUID() as NodeId;
    if (!(await this.store.renewLease(node, ms, true))) throw new Error('No lease.');
    return node;
  }

  async does(write: Write): Promise<Outcome> {
    const [outcome] = await this.store.append([write]);
    if (!outcome) throw new Error('A write without an outcome.');
    return outcome;
  }

  async stores(write: Write): Promise<Stored> {
    const outcome = await this.does(write);
    if (outcome.result !== 'stored') throw new Error(`Not stored: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  async says(by: Member, text: string): Promise<Entry> {
    return (await this.stores(message(by, text))).entry;
  }

  async log(room: Room): Promise<readonly Entry[]> {
    return (await this.store.read(room.id, 0, 500)).entries;
  }

  /** The present state of the only message of this seq. */
  async shown(room: Room, seq: number): Promise<Entry | undefined> {
    return (await this.store.read(room.id, seq - 1, 1)).entries[0];
  }
}

export function newClientId(): ClientId {
  return randomUUID() as ClientId;
}

function sent(by: Member, clientId: ClientId) {
  return { room: by.room, by: by.id, clientId };
}

export function message(by: Member, text: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'message', text };
}

export function reply(by: Member, target: Target, text: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'message', text, replyTo: target };
}

/** A message to these members. */
export function mention(by: Member, to: readonly { id: MemberId }[], text: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'message', text, mentions: to.map(({ id }) => id) };
}

type Edit = Extract<Said, { kind: 'edit' }>;

export function edit(by: Member, target: Target, text: string, clientId = newClientId()): Edit {
  return { ...sent(by, clientId), kind: 'edit', target, text };
}

export function remove(by: Member, target: Target, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'delete', target };
}

export function pin(by: Member, target: Target, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'pin', target };
}

export function unpin(by: Member, target: Target, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'unpin', target };
}

export function react(by: Member, target: Target, emoji: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'react', target, emoji };
}

export function unreact(by: Member, target: Target, emoji: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'unreact', target, emoji };
}

export function title(by: Member, text: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'title', title: text };
}

export function topic(by: Member, text: string, clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'topic', topic: text };
}

export function rename(by: Member, name: string, skeleton = name.toLowerCase(), clientId = newClientId()): Said {
  return { ...sent(by, clientId), kind: 'rename', name, key: name.toLowerCase(), skeleton };
}

export function arrive(by: Member, node: NodeId): Presence {
  return { kind: 'arrive', room: by.room, by: by.id, node };
}

export function depart(by: Member, node: NodeId): Presence {
  return { kind: 'depart', room: by.room, by: by.id, node };
}

export function refusal(code: string): Outcome {
  return { result: 'refused', code } as Outcome;
}
