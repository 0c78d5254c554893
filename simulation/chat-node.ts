import type { Entry } from '../protocol/entries.ts';
import type { Address, ClientId, NodeId, RoomId, SessionId } from '../protocol/ids.ts';
import { type Code, whatThen } from '../protocol/refusals.ts';
import type { RequestName } from '../protocol/requests.ts';
import type { Signal } from '../protocol/signals.ts';
import { RoomLog } from '../server/log/room-log.ts';
import type { MemoryStore } from '../server/store/memory/memory-store.ts';
import type { Dice } from './dice.ts';
import { FaultyStore, type FaultyStoreParts } from './faulty-store.ts';
import { type AnyReply, Connection, Gateway } from './gateway.ts';
import { Host } from './host.ts';
import type { Ledger } from './ledger.ts';
import { type Exchange, SimBus } from './sim-bus.ts';
import type { Weather } from './weather.ts';
import type { Wire } from './wire.ts';
import type { World } from './world.ts';

/** How far apart the connections of a room are closed after the store went back. */
const CLOSED_WITHIN_MS = 2_000;

export interface ChatNodeParts {
  readonly world: World;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly weather: Weather;
  readonly exchange: Exchange;
  readonly memory: MemoryStore;
  readonly disk: FaultyStoreParts['disk'];
  readonly reaped: FaultyStoreParts['reaped'];
  readonly name: string;
}

/** One server process: the real log and acts, over a store, a bus and sockets that fail. */
export class ChatNode {
  readonly host: Host;
  readonly store: FaultyStore;
  readonly bus: SimBus;
  readonly log: RoomLog;
  readonly name: string;
  readonly #parts: ChatNodeParts;
  readonly #gateway: Gateway;
  readonly #wires = new Map<Connection, Wire>();
  /** No new connections: it is about to stop. */
  isDraining = false;

  constructor(parts: ChatNodeParts) {
    const { world, dice, memory } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.host = new Host(world);
    const { clock } = this.host;
    this.store = new FaultyStore({ ...parts, store: memory, host: this.host, dice: dice.fork() });
    this.bus = new SimBus({ ...parts, host: this.host, dice: dice.fork() });
    const own = dice.fork();
    let ids = 0;
    this.log = new RoomLog({
      store: this.store,
      bus: this.bus,
      clock,
      random: own.random,
      newNodeId: () => `${parts.name}.${(ids += 1)}` as NodeId,
      audience: {
        deliver: (room, entries) => this.#gateway.deliver(room, entries),
        signal: (room, signal, to) => this.#gateway.signal(room, signal, to),
        news: (room, tally) => this.#gateway.news(room, tally),
        rewound: (room) => this.#rewound(room),
      },
      failed: (error) => parts.ledger.broke('I8', String(error instanceof Error ? error.stack : error)),
    });
    const newClientId = () => uuid(own);
    this.#gateway = new Gateway({ store: this.store, log: this.log, clock, newClientId }, parts.ledger);
  }

  start(): void {
    void this.log.start();
  }

  get connections(): readonly Connection[] {
    return [...this.#gateway.connections];
  }

  /** Since when nothing has befallen this node alone. */
  get wellSince(): number {
    return Math.max(this.host.wellSince, this.store.wellSince);
  }

  connect(session: SessionId, wire: Wire, receive: (news: Entry | Signal) => void): Connection {
    const connection = new Connection(this.#gateway, session, {
      send: (entry) => {
        this.#parts.ledger.shown(entry, `a page on ${this.name}`);
        wire.toPage(() => receive(entry));
      },
      signal: (signal) => wire.toPage(() => receive(signal)),
      close: () => wire.closeAtNode(),
      now: () => this.#parts.world.now(),
    });
    this.#gateway.connections.add(connection);
    this.#wires.set(connection, wire);
    return connection;
  }

  closed(connection: Connection): void {
    this.#wires.delete(connection);
    this.#gateway.closed(connection);
  }

  async answer(connection: Connection, name: RequestName, raw: unknown): Promise<AnyReply> {
    const reply = await this.#gateway.answer(connection, name, raw);
    record(this.#parts.ledger, name, raw, reply);
    return reply;
  }

  kill(): void {
    this.host.kill();
    void this.bus.close();
    for (const wire of this.#wires.values()) wire.reset();
  }

  /** SIGTERM: connections are closed with jitter, what was taken is answered, then it is gone. */
  drain(ms: number, gone: () => void): void {
    this.isDraining = true;
    for (const connection of this.#gateway.connections) {
      this.host.clock.after(this.#parts.dice.below(ms), () => connection.close());
    }
    this.host.clock.after(ms + 50, () => {
      void this.log.stop().then(() => {
        this.kill();
        gone();
      });
    });
  }

  #rewound(room: RoomId): void {
    for (const connection of this.#gateway.inRoom(room)) {
      connection.deafen();
      this.host.clock.after(this.#parts.dice.below(CLOSED_WITHIN_MS), () => connection.close());
    }
  }
}

/** A version 4 UUID. */
export function uuid(dice: Dice): ClientId {
  const hex = () => dice.below(0x10000).toString(16).padStart(4, '0');
  return `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-a${hex().slice(1)}-${hex()}${hex()}${hex()}` as ClientId;
}

const OF_ROOM: ReadonlySet<RequestName> = new Set(['title', 'topic']);

/** What the server says becomes true the moment it says so. */
function record(ledger: Ledger, name: RequestName, raw: unknown, reply: AnyReply): void {
  const request = raw as { room: Address; clientId?: ClientId; items?: readonly { clientId: ClientId }[] };
  if ('results' in reply) {
    for (const result of reply.results) {
      if ('seq' in result) ledger.acknowledge(result.clientId, result.seq);
      else if (isForGood(result.code)) ledger.refuse(result.clientId, result.code);
    }
    return;
  }
  const clientIds = request.items?.map(({ clientId }) => clientId) ?? (request.clientId ? [request.clientId] : []);
  for (const clientId of clientIds) {
    if ('seq' in reply) ledger.acknowledgeChange(clientId, reply.seq, request.room, OF_ROOM.has(name));
    else if (!reply.ok && isForGood(reply.code)) ledger.refuse(clientId, reply.code);
  }
}

/** Of the others, one may come again under the same client id: when one has come in again, or has waited. */
function isForGood(code: Code): boolean {
  return whatThen(code) !== 'again' && code !== 'notMember' && code !== 'signInAgain' && code !== 'outdated';
}
