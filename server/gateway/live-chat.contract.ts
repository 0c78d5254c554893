// What the tests of the wire have in common: a real server on a free port, and real clients that check each reply.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { z } from 'zod';
import { entry, type Entry } from '../../protocol/entries.ts';
import type { ClientId, DeviceId, NodeId, SessionId } from '../../protocol/ids.ts';
import { type ReplyTo, type RequestName, type RequestOf, REQUESTS } from '../../protocol/requests.ts';
import { refusedReply } from '../../protocol/reply.ts';
import { signal, type Signal } from '../../protocol/signals.ts';
import { LIVE_EVENTS, NAMESPACE, SIGNAL_EVENT } from '../../protocol/wire.ts';
import { LocalBus } from '../bus/local-bus.ts';
import { type Clock, type Random, wallClock } from '../clock.ts';
import { Guard } from '../guard.ts';
import type { Limits, Reached } from '../limits/limits.ts';
import { Tolls } from '../limits/tolls.ts';
import { RoomLog } from '../log/room-log.ts';
import { comeIn } from '../rooms/come-in.ts';
import { DoorStore, inShort, newClientId } from '../rooms/node.contract.ts';
import { cookieName, hashToken, newToken } from '../session-token.ts';
import { SeldomLog } from '../seldom-log.ts';
import { randomIds } from '../store/random-ids.ts';
import { CROWD, type Crowd } from '../store/transaction.ts';
import { tellingSurprises } from '../surprises.ts';
import { Gateway } from './gateway.ts';

export const KEY = 'a key that nobody guesses';

export interface Browser {
  readonly session: SessionId;
  readonly device: DeviceId;
  readonly cookie: string;
}

/** Left out, no limit on rates is kept. */
export interface LiveChatOptions {
  readonly graceMs?: number;
  readonly limits?: Limits;
  readonly proxies?: readonly string[];
  /** As mostConnections says; left out, any number. */
  readonly mostConnections?: number;
  /** From how many on a room is a crowd. */
  readonly crowd?: Crowd;
  /** Of the gateway alone. Left out, the time of the wall, and nothing waits for chance. */
  readonly clock?: Clock;
  readonly random?: Random;
}

type ClientOptions = Partial<ManagerOptions & SocketOptions>;

export class LiveChat {
  readonly store: DoorStore;
  readonly logged: { fields: object; message: string }[] = [];
  /** Limits, in the order in which they were reached. */
  readonly reached: Reached[] = [];
  readonly http = createServer((_, response) => void response.writeHead(404).end());
  readonly gateway: Gateway;
  readonly log: RoomLog;
  readonly tolls: Tolls;
  readonly #clients: Client[] = [];

  private constructor(options: LiveChatOptions) {
    const { graceMs = 10_000, limits, proxies = [], crowd = CROWD } = options;
    const { mostConnections = Infinity, clock = wallClock, random = () => 0 } = options;
    this.store = new DoorStore({ clock: wallClock, newId: randomIds(), crowd });
    const reached = (limit: Reached) => void this.reached.push(limit);
    this.tolls = new Tolls(limits, reached);
    const log = (fields: object, message: string) => void this.logged.push({ fields, message });
    const logger = new SeldomLog({ error: log, warn: log, debug: log }, wallClock);
    this.gateway = new Gateway({
      httpServer: this.http,
      guard: new Guard({ port: () => this.port, origins: ['https://chat.example.org'], addresses: [], proxies }),
      limits,
      tolls: this.tolls,
      mostConnections,
      reached,
      times: { pingMs: 20_000, pingTimeoutMs: 15_000, connectMs: 10_000, graceMs },
      clock,
      random,
      logger,
      failed: tellingSurprises(logger),
    });
    this.log = new RoomLog({
      store: this.store,
      bus: new LocalBus(),
      clock: wallClock,
      random: Math.random,
      newNodeId: () => randomUUID() as NodeId,
      audience: this.gateway,
      failed: tellingSurprises(logger),
    });
  }

  static async start(options: LiveChatOptions = {}): Promise<LiveChat> {
    const chat = new LiveChat(options);
    await chat.log.start();
    chat.gateway.open({ store: chat.store, log: chat.log, clock: wallClock, newClientId });
    chat.http.listen(0, '127.0.0.1');
    await once(chat.http, 'listening');
    return chat;
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A browser with a cookie, which has come in under these names. */
  async browser(...names: readonly { name: string; room: string }[]): Promise<Browser> {
    const token = newToken();
    const session = await this.store.openSession(hashToken(token));
    for (const name of names) {
      const entered = await comeIn(this.store, {
        ...name,
        visitor: { network: 'test', tolls: this.tolls },
        session: async () => session,
        openSession: async () => session,
      });
      if (!entered.ok) throw new Error(JSON.stringify(entered.problems));
    }
    return { session: session.id, device: session.device, cookie: `${cookieName(this.port, false)}=${token}` };
  }

  /** A tab of it, connected. */
  async tab(browser: Browser, options: ClientOptions = {}): Promise<Client> {
    const client = this.client({ extraHeaders: { cookie: browser.cookie, origin: this.url }, ...options });
    await client.connected();
    return client;
  }

  /** One more browser, whose only tab has joined. */
  async person(name: string, room: string): Promise<Client> {
    const client = await this.tab(await this.browser({ name, room }));
    await client.granted('join', { room });
    return client;
  }

  /** A script, connected. */
  async script(auth: Record<string, unknown>, options: ClientOptions = {}): Promise<Client> {
    const client = this.client({ auth, ...options });
    await client.connected();
    return client;
  }

  /** Not connected yet, perhaps never. */
  client(options: ClientOptions = {}, namespace: string = NAMESPACE): Client {
    const client = new Client(
      io(this.url + namespace, { forceNew: true, transports: ['websocket'], reconnection: false, ...options }),
    );
    this.#clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const { socket } of this.#clients) socket.disconnect();
    this.gateway.close();
    await this.log.stop();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}

/** A Socket.IO client that keeps what it hears. */
export class Client {
  readonly socket: Socket;
  readonly heard: Entry[] = [];
  readonly signals: Signal[] = [];
  #watching: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    for (const event of LIVE_EVENTS) {
      socket.on(event, (heard: unknown, ...more: unknown[]) => {
        if (more.length > 0) throw new Error('An event has one argument.');
        this.heard.push(entry.parse(heard));
        for (const watch of this.#watching.splice(0)) watch();
      });
    }
    socket.on(SIGNAL_EVENT, (heard: unknown) => this.signals.push(signal.parse(heard)));
  }

  /** Resolves to the next signal, or to the next of this kind. */
  signalled(kind?: Signal['kind']): Promise<Signal> {
    return new Promise((resolve) => {
      const hear = (heard: unknown): void => {
        const said = signal.parse(heard);
        if (kind !== undefined && said.kind !== kind) return;
        this.socket.off(SIGNAL_EVENT, hear);
        resolve(said);
      };
      this.socket.on(SIGNAL_EVENT, hear);
    });
  }

  async connected(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      if (this.socket.connected) resolve();
      this.socket.once('connect', () => resolve());
      this.socket.once('connect_error', reject);
    });
  }

  /** What the handshake was refused with; undefined when it was granted. */
  refusal(): Promise<unknown> {
    return new Promise((resolve) => {
      this.socket.once('connect', () => resolve(undefined));
      this.socket.once('connect_error', (error: Error & { data?: unknown }) => resolve(error.data ?? error.message));
    });
  }

  /** Why it was closed, in Socket.IO's words. */
  closed(): Promise<string> {
    return new Promise((resolve) => this.socket.once('disconnect', resolve));
  }

  /** Its reply, which has the form that the protocol says. */
  async ask<Name extends RequestName>(name: Name, request: RequestOf<Name>): Promise<ReplyTo<Name>> {
    const reply: unknown = await this.socket.emitWithAck(name, request);
    return z.union([REQUESTS[name].reply, refusedReply]).parse(reply) as ReplyTo<Name>;
  }

  async granted<Name extends RequestName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<Extract<ReplyTo<Name>, { ok: true }>> {
    const reply = await this.ask(name, request);
    if (!reply.ok) throw new Error(`${name} was refused: ${JSON.stringify(reply)}`);
    return reply as Extract<ReplyTo<Name>, { ok: true }>;
  }

  /** Resolves to the first entry that reads so (`Ada: hello`), heard already or still to come. */
  async hears(line: string): Promise<Entry> {
    for (;;) {
      const found = this.heard.find((one) => inShort(one) === line);
      if (found) return found;
      await new Promise<void>((resolve) => this.#watching.push(resolve));
    }
  }

  /** All that it heard, in short. */
  get story(): string[] {
    return this.heard.map(inShort);
  }
}

export function itemOf(text: string, clientId: ClientId = newClientId()): { clientId: ClientId; text: string } {
  return { clientId, text };
}
