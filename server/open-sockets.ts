import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from './limits/limits.ts';
import { attempt, type Failed } from './surprises.ts';

type SocketLimits = Pick<Limits, 'sockets' | 'socketsOfAddress'>;

export interface OpenSocketsParts {
  readonly limits: SocketLimits;
  /** By which a socket is counted; undefined of a proxy of ours, which brings many clients. */
  readonly networkOf: (socket: Socket) => string | undefined;
  /** The request is of a connection of Socket.IO, which is counted as such: `connectionsOfAddress`. */
  readonly isCarrying: (request: IncomingMessage) => boolean;
  readonly reached: (limit: keyof SocketLimits) => void;
  readonly failed: Failed;
}

interface Held {
  readonly network: string | undefined;
  /** How many requests of it are being answered, and how many of those are of a connection. */
  asked: number;
  carried: number;
}

/** Of one network, those that carry no connection. Who has been quiet longest stands first. */
interface Group {
  readonly counted: Set<Socket>;
  readonly quiet: Set<Socket>;
}

/**
 * E7: one socket too many closes the one that has been quiet longest, which may be itself: no whole head of a request has
 * come over it that is not answered yet. Node's own `maxConnections` would turn away everybody who comes after those who
 * only hold sockets open.
 */
export class OpenSockets {
  readonly #parts: OpenSocketsParts;
  readonly #held = new Map<Socket, Held>();
  readonly #quiet = new Set<Socket>();
  readonly #networks = new Map<string, Group>();

  constructor(parts: OpenSocketsParts) {
    this.#parts = parts;
  }

  /** Engine.IO answers alone what comes for it: it hides that from whoever listened before it. */
  watch(server: Server): void {
    const { failed } = this.#parts;
    // A socket that could not be counted is served: nobody else is to lose theirs by it.
    server.on('connection', (socket: Socket) => attempt(() => this.#opened(socket), undefined, failed));
    server.on('request', (request, response) => attempt(() => this.#asked(request, response), undefined, failed));
    // For good: it becomes a connection, or is cut.
    server.on('upgrade', (request) => attempt(() => this.#ask(request, 1), undefined, failed));
  }

  #opened(socket: Socket): void {
    const held = { network: this.#parts.networkOf(socket), asked: 0, carried: 0 };
    this.#held.set(socket, held);
    socket.once('close', () => attempt(() => this.#forget(socket), undefined, this.#parts.failed));
    this.#place(socket, held);
    if (this.#held.size > this.#parts.limits.sockets) this.#close(this.#quiet, 'sockets');
  }

  #asked(request: IncomingMessage, response: ServerResponse): void {
    this.#ask(request, 1);
    response.once('close', () => attempt(() => this.#ask(request, -1), undefined, this.#parts.failed));
  }

  #ask(request: IncomingMessage, more: 1 | -1): void {
    const { socket } = request;
    const held = this.#held.get(socket);
    if (!held) return;
    held.asked += more;
    if (this.#parts.isCarrying(request)) held.carried += more;
    this.#place(socket, held);
  }

  #place(socket: Socket, { network, asked, carried }: Held): void {
    this.#lift(socket, network);
    if (asked === 0) this.#quiet.add(socket);
    if (network === undefined || carried > 0) return;
    const group = this.#networks.get(network) ?? { counted: new Set(), quiet: new Set() };
    this.#networks.set(network, group);
    group.counted.add(socket);
    if (asked === 0) group.quiet.add(socket);
    if (group.counted.size > this.#parts.limits.socketsOfAddress) this.#close(group.quiet, 'socketsOfAddress');
  }

  #close([oldest]: Iterable<Socket>, limit: keyof SocketLimits): void {
    this.#parts.reached(limit);
    if (!oldest) return;
    // Now, not when the system has closed it: more may come before that.
    this.#forget(oldest);
    oldest.destroy();
  }

  #forget(socket: Socket): void {
    this.#lift(socket, this.#held.get(socket)?.network);
    this.#held.delete(socket);
  }

  /** Out of all that `#place` puts it into. */
  #lift(socket: Socket, network: string | undefined): void {
    this.#quiet.delete(socket);
    const group = network === undefined ? undefined : this.#networks.get(network);
    if (network === undefined || !group) return;
    group.counted.delete(socket);
    group.quiet.delete(socket);
    if (group.counted.size === 0) this.#networks.delete(network);
  }
}
