import { io, type Socket } from 'socket.io-client';
import type { Entry } from '../../protocol/entries.ts';
import { type Code, REFUSALS, whatThen } from '../../protocol/refusals.ts';
import type { ReplyTo, RequestName, RequestOf } from '../../protocol/requests.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { Signal } from '../../protocol/signals.ts';
import { LIVE_EVENTS, NAMESPACE, SIGNAL_EVENT } from '../../protocol/wire.ts';
import type { LinkState } from '../state/room-state.ts';
import type { Ask } from './ask.ts';
import { backoff } from './backoff.ts';
import type { Cancel, Clock, Random } from './clock.ts';

/** Longer than any store takes that works; shorter than a person waits. */
const ANSWER_WITHIN_MS = 10_000;
/** The way to a server that is there takes seconds even on a bad network; a frozen one never answers. */
const CONNECT_WITHIN_MS = 10_000;
/** A connection that holds so long was none of those that are cut as soon as they are made. */
const STEADY_AFTER_MS = 10_000;

export interface ChatSocketParts {
  /** The server's origin; empty for that of the page. */
  readonly origin: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: ChatSocketEvents;
}

export interface ChatSocketEvents {
  changed(state: LinkState): void;
  connected(): void;
  disconnected(): void;
  /** A live entry, of this connection. */
  entry(entry: Entry): void;
  signal(signal: Signal): void;
}

type Trouble =
  | { readonly kind: 'network' }
  | { readonly kind: 'refused'; readonly code: Code; readonly message: string };

/**
 * The connection to the server, kept up: each one is a new Socket.IO socket, so that nothing of an earlier one can arrive,
 * and nothing is buffered for a later one: the outbox repeats what is to be repeated.
 */
export class ChatSocket {
  readonly #parts: ChatSocketParts;
  #socket: Socket | undefined;
  #state: LinkState;
  /** When the last connection was lost; the bar waits from then on. */
  #since: number;
  #isOffline = false;
  #attempt = 0;
  #timer: Cancel | undefined;
  readonly #unanswered = new Set<() => void>();
  /**
   * What a connection begins with. Socket.IO tries the other where the first is refused; where a proxy swallows it, nothing is
   * ever refused. What begins with polling goes over to WebSocket by itself where there is a way.
   */
  #first: 'websocket' | 'polling' = 'websocket';

  constructor(parts: ChatSocketParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
    this.#state = { kind: 'connecting', since: this.#since };
  }

  get state(): LinkState {
    return this.#state;
  }

  readonly ask: Ask = <Name extends RequestName>(name: Name, request: RequestOf<Name>) => {
    const socket = this.#socket;
    return new Promise<ReplyTo<Name> | undefined>((resolve) => {
      if (!socket?.connected) return resolve(undefined);
      const giveUp = () => {
        this.#unanswered.delete(giveUp);
        resolve(undefined);
      };
      const timeout = this.#parts.clock.after(ANSWER_WITHIN_MS, giveUp);
      this.#unanswered.add(giveUp);
      socket.emit(name, request, (reply: ReplyTo<Name>) => {
        timeout();
        this.#unanswered.delete(giveUp);
        resolve(reply);
      });
    });
  };

  open(): void {
    this.#connect();
  }

  close(): void {
    this.#drop();
  }

  /** Does not wait for the next try. */
  tryNow(): void {
    if (this.#state.kind === 'waiting' || this.#state.kind === 'offline') this.#connect();
  }

  /** S7: the connection is there and does not answer. Asking for another while one is being made changes nothing. */
  renew(): void {
    if (this.#state.kind !== 'online') return;
    this.#lost();
    this.#connect();
  }

  /** What the browser says of the network. It may be wrong (a server on this machine needs none): trying goes on. */
  networkChanged(isOnline: boolean): void {
    this.#isOffline = !isOnline;
    const { kind } = this.#state;
    if (kind !== 'waiting' && kind !== 'offline') return;
    if (isOnline) this.#connect();
    else this.#become({ kind: 'offline', since: this.#since });
  }

  #connect(): void {
    this.#drop();
    this.#become({ kind: 'connecting', since: this.#since });
    const socket = io(`${this.#parts.origin}${NAMESPACE}`, {
      transports: this.#first === 'websocket' ? ['websocket', 'polling'] : ['polling', 'websocket'],
      tryAllTransports: true,
      auth: { protocol: PROTOCOL_VERSION },
      forceNew: true,
      // Socket.IO's own waits are not of full jitter: all browsers of a server would come back in waves.
      reconnection: false,
    });
    this.#socket = socket;
    socket.on('connect', () => this.#connected());
    socket.on('connect_error', (problem) => this.#retry(troubleOf(problem)));
    socket.on('disconnect', () => this.#retry({ kind: 'network' }));
    for (const event of LIVE_EVENTS) socket.on(event, (entry: Entry) => this.#parts.events.entry(entry));
    socket.on(SIGNAL_EVENT, (signal: Signal) => this.#parts.events.signal(signal));
    socket.io.engine.once('upgrade', () => {
      this.#first = 'websocket';
    });
    this.#timer = this.#parts.clock.after(CONNECT_WITHIN_MS, () => {
      this.#first = this.#first === 'websocket' ? 'polling' : 'websocket';
      this.#retry({ kind: 'network' });
    });
  }

  #connected(): void {
    this.#timer?.();
    this.#timer = this.#parts.clock.after(STEADY_AFTER_MS, () => {
      this.#attempt = 0;
    });
    this.#become({ kind: 'online' });
    this.#parts.events.connected();
  }

  /** There is no connection, or no longer one: after a pause there will be another try, unless the server refused for good. */
  #retry(trouble: Trouble): void {
    this.#lost();
    if (trouble.kind === 'refused' && whatThen(trouble.code) !== 'again') {
      return this.#become({ kind: 'ended', code: trouble.code, message: trouble.message });
    }
    const pause = backoff(this.#attempt, this.#parts.random);
    this.#attempt += 1;
    this.#timer = this.#parts.clock.after(pause, () => this.#connect());
    const since = this.#since;
    if (this.#isOffline) this.#become({ kind: 'offline', since });
    else this.#become({ kind: 'waiting', since, until: this.#parts.clock.now() + pause });
  }

  #lost(): void {
    this.#drop();
    if (this.#state.kind !== 'online') return;
    this.#since = this.#parts.clock.now();
    this.#state = { kind: 'connecting', since: this.#since };
    this.#parts.events.disconnected();
  }

  #drop(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#socket?.off();
    this.#socket?.disconnect();
    this.#socket = undefined;
    for (const giveUp of this.#unanswered) giveUp();
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.#parts.events.changed(state);
  }
}

/** A refused handshake carries a code (HandshakeRefused); a network that fails has none. */
function troubleOf(problem: Error): Trouble {
  const data: unknown = 'data' in problem ? problem.data : undefined;
  if (typeof data !== 'object' || data === null || !('code' in data)) return { kind: 'network' };
  const code = String(data.code);
  // What this page does not know was made after it.
  return { kind: 'refused', code: isCode(code) ? code : 'outdated', message: problem.message };
}

function isCode(code: string): code is Code {
  return Object.hasOwn(REFUSALS, code);
}
