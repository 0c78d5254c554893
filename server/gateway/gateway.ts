// Sockets in, sockets out. Who a connection is and what it asks goes to the rules; what the log delivers goes to sockets.
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { Entry } from '../../protocol/entries.ts';
import type { DeviceId, MemberId, RoomId, SessionId } from '../../protocol/ids.ts';
import { whatThen } from '../../protocol/refusals.ts';
import type { RoomSignal, Signal } from '../../protocol/signals.ts';
import {
  type ClientEvents,
  type HandshakeRefused,
  NAMESPACE,
  type ServerEvents,
  SIGNAL_EVENT,
} from '../../protocol/wire.ts';
import type { Client } from '../client-address.ts';
import type { Clock, Random } from '../clock.ts';
import { Buckets } from '../limits/buckets.ts';
import type { Limits, Reached } from '../limits/limits.ts';
import type { Tolls } from '../limits/tolls.ts';
import type { Audience } from '../log/room-log.ts';
import { newsFor, type Tally } from '../log/room-tally.ts';
import type { Act, TakenOut } from '../rooms/act.ts';
import { enterRoom } from '../rooms/enter-room.ts';
import { Refusal } from '../rooms/refusal.ts';
import type { SeldomLog } from '../seldom-log.ts';
import { KEYLESS } from '../store/store.ts';
import { type Failed, withoutTexts } from '../surprises.ts';
import { Connection, type Line } from './connection.ts';
import { Connections } from './connections.ts';
import { channelOf, fanOut, fanOutNews, fanOutSignal, watchersOf } from './fan-out.ts';
import { cutWhenFast } from './fast-talker.ts';
import { type Who, whoIs } from './handshake.ts';
import { Fuse } from './fuse.ts';
import { type EngineSocket, hangUp } from './hang-up.ts';
import { Handshakes } from './handshakes.ts';
import { Inbox } from './inbox.ts';
import { Load, MAX_ALL_RUNNING_BYTES } from './load.ts';
import { isFirst, Newcomers, refuseConnection } from './newcomers.ts';
import { Paces } from './paces.ts';
import { createSocketServer, type SocketData, type SocketServer, toldOf } from './socket-server.ts';

/** A room's connections come back over this time after its store went back, in ms. */
const REWOUND_JITTER_MS = 2_000;
/** How long the last answers may take while the server stops: the log gives a batch as long (L10). */
const LAST_ANSWERS_MS = 5_000;

export interface GatewayParts {
  readonly httpServer: HttpServer;
  readonly guard: {
    mayAct(request: IncomingMessage): boolean;
    tokenOf(request: IncomingMessage): string | undefined;
    clientOf(request: IncomingMessage): Client;
  };
  /** Undefined: none is kept. */
  readonly limits: Limits | undefined;
  readonly tolls: Tolls;
  /** Of all addresses together, whatever the limits. */
  readonly mostConnections: number;
  /** Is told of each limit that was reached. */
  readonly reached: (limit: Reached) => void;
  /** In ms; as the configuration has them. */
  readonly times: {
    readonly pingMs: number;
    readonly pingTimeoutMs: number;
    readonly connectMs: number;
    readonly graceMs: number;
  };
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: SeldomLog;
  readonly failed: Failed;
}

type ChatSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

interface Open {
  readonly inbox: Inbox;
  readonly gone: Promise<void>;
}

export class Gateway implements Audience {
  readonly #parts: GatewayParts;
  readonly #server: SocketServer;
  readonly #connections = new Connections();
  readonly #open = new Map<Connection, Open>();
  /** Engine.IO connections that have a socket in our namespace, or are asking for one. */
  readonly #taken = new WeakSet<object>();
  readonly #handshakes = new Handshakes();
  readonly #newcomers: Newcomers;
  readonly #paces: Paces;
  readonly #load = new Load(MAX_ALL_RUNNING_BYTES);
  #state: 'closed' | 'open' | 'draining' = 'closed';

  /** Takes no connection before `open`. */
  constructor(parts: GatewayParts) {
    this.#parts = parts;
    const { httpServer, guard, times } = parts;
    this.#server = createSocketServer({
      httpServer,
      mayAct: (request) => guard.mayAct(request),
      isAccepting: () => this.#state === 'open',
      isSecure: (request) => guard.clientOf(request).isSecure,
      onSlow: () => parts.logger.warn({}, 'A connection that does not read was cut.'),
      failed: parts.failed,
      ...times,
    });
    this.#newcomers = new Newcomers({ ...parts, clientOf: (request) => guard.clientOf(request) });
    this.#paces = new Paces(parts);
    this.#limitConnections();
  }

  open(act: Act): void {
    this.#state = 'open';
    // Socket.IO makes this namespace by itself; nothing of ours is in it.
    this.#server.of('/').use((_, next) => next(new Error('Invalid namespace')));
    const chat = this.#server.of(NAMESPACE);
    const fuseOf = ({ conn }: ChatSocket) => new Fuse(conn, this.#parts.failed);
    chat.use((socket, next) => void this.#shakeHands(act, socket, next).catch((error) => fuseOf(socket).blow(error)));
    chat.on('connection', (socket) => fuseOf(socket).over(() => this.#connected(act, socket))());
  }

  /** How many connections are open. */
  get size(): number {
    return this.#open.size;
  }

  deliver(room: RoomId, entries: readonly Entry[]): void {
    fanOut(this.#server, room, entries);
  }

  signal(room: RoomId, signal: Signal, to?: SessionId): void {
    if (to !== undefined) return this.#connections.ofSession(to).forEach((connection) => connection.tell(signal));
    const teller = 'by' in signal ? this.#connections.ofMember(signal.by.id) : [];
    const own = teller.map(({ socketId }) => socketId);
    fanOutSignal(this.#server, room, signal, own);
  }

  /** T5: most are told the same, which is encoded once; whoever wrote any of it, or is mentioned, something of their own. */
  news(room: RoomId, tally: Tally): void {
    const concerned = [...tally.byAuthor.keys(), ...tally.mentions.keys()];
    const special = new Set(concerned.flatMap((member) => this.#connections.watchersOf(member)));
    const signal: RoomSignal = { room: tally.room, kind: 'room', messages: tally.messages, mentioned: false };
    fanOutNews(
      this.#server,
      room,
      signal,
      [...special].map(({ socketId }) => socketId),
    );
    for (const connection of special) {
      const news = newsFor(tally, connection.watched.get(room) ?? []);
      if (news.messages > 0 && !connection.isIn(room)) connection.tell({ ...signal, ...news });
    }
  }

  /** C10: what comes from now on belongs to another history; on coming back they are told so. */
  rewound(room: RoomId): void {
    for (const connection of this.#connections.inRoom(room)) {
      this.#later(REWOUND_JITTER_MS, () => connection.close());
      connection.silence(room);
    }
  }

  /** As Caller.takeOut. */
  takeOut(room: RoomId, member: MemberId): TakenOut {
    return this.#connections.takeOut(room, member);
  }

  /** As Connections.forget. */
  forget(member: MemberId): void {
    this.#connections.forget(member);
  }

  /** H7: they come back, and are told to sign in again. */
  closeSession(session: SessionId): void {
    this.#handshakes.signedOut(session);
    for (const connection of this.#connections.ofSession(session)) connection.close();
  }

  /** As closeSession, of one of its devices. */
  closeDevice(session: SessionId, device: DeviceId): void {
    this.#handshakes.signedOut(device);
    for (const connection of this.#connections.ofSession(session)) if (connection.device === device) connection.close();
  }

  /**
   * Takes no new connections, and closes those there are within `ms`, each when what it asked has been answered; browsers
   * then come back to whoever serves next. Resolves when all are gone, or when the last answers took too long.
   */
  async drain(ms: number): Promise<void> {
    this.#state = 'draining';
    const all = [...this.#open].map(async ([connection, { inbox, gone }]) => {
      await new Promise<void>((resolve) => this.#later(ms, resolve));
      await inbox.finish();
      connection.close();
      await gone;
    });
    let cancel = (): void => undefined;
    const patience = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.after(ms + LAST_ANSWERS_MS, resolve);
    });
    await Promise.race([Promise.all(all), patience]);
    cancel();
  }

  /** Cuts what is still open. The HTTP server is its owner's to close. */
  close(): void {
    this.#state = 'draining';
    for (const { conn } of this.#server.of(NAMESPACE).sockets.values()) hangUp(conn);
    this.#server.engine.close();
  }

  async #shakeHands(act: Act, socket: ChatSocket, next: (error?: Error) => void): Promise<void> {
    const { conn } = socket;
    // Until the first has been granted Socket.IO grants any number of them, each a connection of its own to us.
    if (this.#taken.has(conn)) {
      conn.close();
      next();
      return;
    }
    this.#taken.add(conn);
    this.#handshakes.begin(conn);
    try {
      const visitor = { network: this.#newcomers.networkOf(conn), tolls: this.#parts.tolls };
      const who = await whoIs(act, socket.handshake.auth, this.#parts.guard.tokenOf(conn.request), visitor);
      this.#refuseMany(who);
      socket.data.who = who;
      next();
    } catch (error) {
      this.#taken.delete(conn);
      if (error instanceof Refusal && whatThen(error.answer.code) !== 'again') {
        next(refusedHandshake(error));
        return;
      }
      // Refused, it would never come back. What follows a closed connection Socket.IO ignores, and cleans up.
      if (!(error instanceof Refusal))
        this.#parts.logger.warn(withoutTexts(error), 'A handshake could not be answered.');
      conn.close();
      next();
    }
  }

  /** R9. Those of a network that is gone still count until they are found dead: whoever is one too many comes back then. */
  #refuseMany({ session }: Who): void {
    const most = this.#parts.limits?.connectionsOfSession;
    if (most === undefined || session === KEYLESS || this.#connections.ofSession(session).length < most) return;
    this.#parts.reached('connectionsOfSession');
    throw new Refusal('rateLimited');
  }

  #limitConnections(): void {
    const { limits, clock, guard, reached, failed } = this.#parts;
    const packets = new Buckets<number>(limits?.packets, clock);
    let count = 0;
    const { engine } = this.#server;
    const admit = async (request: IncomingMessage, response: unknown, next: () => void): Promise<void> => {
      // What is refused anyhow takes nothing from those who share the address.
      const isCounted = isFirst(request) && guard.mayAct(request);
      const wait = isCounted ? await this.#newcomers.waitFor(request) : 0;
      if (wait === 0) next();
      else refuseConnection(request, response, wait);
    };
    engine.use(toldOf(failed, admit));
    const limit = (conn: EngineSocket): void => {
      this.#newcomers.connected(conn, new Fuse(conn, failed));
      count += 1;
      const key = count;
      const spend = (tokens: number): boolean => packets.take(key, tokens).taken === tokens;
      const punish = (): void => {
        reached('packets');
        this.#newcomers.punish(conn).catch(failed);
      };
      cutWhenFast(conn, spend, punish, failed);
    };
    engine.on('connection', (conn: EngineSocket) => new Fuse(conn, failed).over(limit)(conn));
  }

  #connected(act: Act, socket: ChatSocket): void {
    const { who } = socket.data;
    if (!who || this.#state !== 'open' || !this.#handshakes.finish(socket.conn, who)) {
      socket.conn.close();
      return;
    }
    const { log } = act;
    const { logger, times, failed } = this.#parts;
    const fuse = new Fuse(socket.conn, failed);
    const connection = new Connection({
      who,
      graceMs: times.graceMs,
      line: lineOf(socket),
      log,
      connections: this.#connections,
    });
    const gone = new Promise<void>((resolve) => socket.on('disconnect', () => resolve()));
    const closed = (): void => {
      this.#open.delete(connection);
      this.#taken.delete(socket.conn);
      // While it stops, its lease speaks for its members: they have that long to come back to another process (P5).
      connection.closed(this.#state !== 'draining');
    };
    // Before anything else: what counts for it from here on is counted back, whatever fails.
    socket.on('disconnect', fuse.over(closed));
    const ready = who.home ? enterRoom(act, connection, who.home.room, who.home.member) : Promise.resolve();
    ready.catch(fuse.over(() => connection.close()));
    const pace = this.#paces.of(who.session);
    const inbox = new Inbox({ act, caller: connection, pace, logger, all: this.#load, ready });
    this.#open.set(connection, { inbox, gone });
    // Whatever could not be answered is asked again when they come back.
    const receive = (name: unknown, ...args: unknown[]): void =>
      void inbox.receive(name, args).catch((error) => fuse.blow(error));
    socket.onAny(fuse.over(receive));
  }

  #later(ms: number, run: () => void): void {
    this.#parts.clock.after(this.#parts.random() * ms, run);
  }
}

function refusedHandshake({ answer }: Refusal): Error {
  const data: HandshakeRefused = { code: answer.code, message: answer.message };
  return Object.assign(new Error(answer.message), { data });
}

function lineOf(socket: ChatSocket): Line {
  return {
    id: socket.id,
    subscribe: (room) => void socket.join(channelOf(room)),
    unsubscribe: (room) => void socket.leave(channelOf(room)),
    watch: (room) => void socket.join(watchersOf(room)),
    unwatch: (room) => void socket.leave(watchersOf(room)),
    signal: (signal) => void socket.emit(SIGNAL_EVENT, signal),
    close: () => socket.conn.close(),
  };
}
