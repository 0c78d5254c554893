// Scripts that talk as fast as they are answered, for tests of a server that dies or stops.
import { randomBytes, randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Entry } from '../protocol/entries.ts';
import { NAMESPACE } from '../protocol/wire.ts';
import type { SentMessage } from '../simulation/check-history.ts';
import type { Dice } from '../simulation/dice.ts';

const ROOM = 'tea';

type Result = { clientId: string; seq: number } | { clientId: string; code: string };
type Reply = { ok: true; results: Result[] } | { ok: false; code: string };

/** A script as PROTOCOL.md wants it: a key, one request in flight, and what was not answered first, under the same ids. */
export class Sender {
  readonly sent: (SentMessage & { seq: number | undefined })[] = [];
  readonly name: string;
  readonly key = randomBytes(24).toString('base64url');
  readonly #dice: Dice;
  #socket: Socket | undefined;
  #isTalking = false;
  #tellAnswered = (): void => undefined;
  /** Resolves with the first answer. */
  readonly answered = new Promise<void>((resolve) => {
    this.#tellAnswered = resolve;
  });

  constructor(nth: number, dice: Dice) {
    this.name = `Sender ${nth}`;
    this.#dice = dice;
  }

  async connect(origin: string): Promise<Socket> {
    const auth = { name: this.name, room: ROOM, key: this.key };
    const socket = io(origin + NAMESPACE, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return socket;
  }

  /** Until the connection is lost, or `stop`. */
  async talk(): Promise<void> {
    this.#isTalking = true;
    while (this.#isTalking && (await this.#request(this.#unsettled() ?? this.#next()))) {
      // One after the other.
    }
  }

  /** Sends again what was never answered. */
  async finish(): Promise<void> {
    for (let items = this.#unsettled(); items; items = this.#unsettled()) {
      if (!(await this.#request(items))) throw new Error('the connection was lost, and nobody had killed the server');
    }
  }

  close(): void {
    this.#isTalking = false;
    this.#socket?.disconnect();
  }

  #unsettled(): SentMessage[] | undefined {
    const items = this.sent.filter(({ seq }) => seq === undefined);
    return items.length > 0 ? items : undefined;
  }

  #next(): SentMessage[] {
    const items = Array.from({ length: this.#dice.between(1, 5) }, (_, i) => {
      const text = `${this.name}: ${this.sent.length + i}`;
      return { sender: this.name, clientId: randomUUID(), text, seq: undefined };
    });
    this.sent.push(...items);
    return items;
  }

  /** False when the connection was lost before the answer. */
  async #request(items: readonly SentMessage[]): Promise<boolean> {
    const socket = this.#socket;
    if (!socket?.connected) return false;
    const request = { room: ROOM, items: items.map(({ clientId, text }) => ({ clientId, text })) };
    const lost = new Promise<undefined>((resolve) => socket.once('disconnect', () => resolve(undefined)));
    const reply: Reply | undefined = await Promise.race([socket.emitWithAck('message', request), lost]);
    socket.removeAllListeners('disconnect');
    if (!reply) return false;
    if (!reply.ok) throw new Error(`refused with ${reply.code}`);
    for (const result of reply.results) {
      if ('code' in result) throw new Error(`${result.clientId} was refused with ${result.code}`);
      const item = this.sent.find(({ clientId }) => clientId === result.clientId);
      if (item) item.seq = result.seq;
    }
    this.#tellAnswered();
    return true;
  }
}

/** From its first entry to its head. */
export async function wholeLog(socket: Socket): Promise<Entry[]> {
  const log: Entry[] = [];
  for (;;) {
    const page: { head: number; entries: Entry[] } = await socket.emitWithAck('catchUp', {
      room: ROOM,
      after: log.at(-1)?.seq ?? 0,
    });
    log.push(...page.entries);
    if (page.entries.length === 0 || log.at(-1)?.seq === page.head) return log;
  }
}
