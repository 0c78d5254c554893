import type { Entry } from '../protocol/entries.ts';
import type { ClientId } from '../protocol/ids.ts';
import { type Refused, refused } from '../protocol/refusals.ts';
import type { RequestName } from '../protocol/requests.ts';
import type { Signal } from '../protocol/signals.ts';
import { carried } from './carried.ts';
import type { ChatNode } from './chat-node.ts';
import type { Dice } from './dice.ts';
import type { AnyReply, Connection } from './gateway.ts';
import type { Host } from './host.ts';
import type { Ledger } from './ledger.ts';
import { Wire } from './wire.ts';

const ANSWER_WITHIN_MS = 10_000;

export interface PageConnectionParts {
  readonly page: Host;
  readonly node: ChatNode;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly receive: (news: Entry | Signal) => void;
  readonly lost: () => void;
}

/** A page's end of one connection. */
export class PageConnection {
  readonly node: ChatNode;
  readonly #parts: PageConnectionParts;
  readonly #wire: Wire;
  #server: Connection | undefined;
  #isOver = false;
  readonly #waiting = new Set<(reply: AnyReply | undefined) => void>();

  constructor(parts: PageConnectionParts) {
    this.#parts = parts;
    this.node = parts.node;
    this.#wire = new Wire({
      page: parts.page,
      node: parts.node.host,
      dice: parts.dice,
      closedAtPage: () => this.#over(),
      closedAtNode: () => this.#server && parts.node.closed(this.#server),
    });
  }

  /** The server's end; undefined until the handshake was taken. */
  get server(): Connection | undefined {
    return this.#server;
  }

  /** Resolves with the refusal of the handshake, or with silent when none is answered. */
  open(token: string | undefined): Promise<'open' | 'silent' | Refused> {
    const { node, page, receive } = this.#parts;
    return new Promise((resolve) => {
      const cancel = page.clock.after(ANSWER_WITHIN_MS, () => {
        this.close();
        resolve('silent');
      });
      const answer = (what: 'open' | Refused) => {
        this.#wire.toPage(() => {
          cancel();
          resolve(what);
        });
      };
      this.#wire.toNode(() => {
        const known = token === undefined ? Promise.resolve(undefined) : node.store.session(token);
        known.then(
          (session) => {
            if (!session) return answer(refused('signInAgain'));
            this.#server = node.connect(session.id, this.#wire, receive);
            if (this.#isOver) node.closed(this.#server);
            answer('open');
          },
          () => this.#wire.closeAtNode(),
        );
      });
    });
  }

  /** Undefined when it is lost first, or silent for 10 s. */
  ask(name: RequestName, request: unknown): Promise<AnyReply | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    note(this.#parts.ledger, name, request);
    const sent = carried(request);
    return new Promise((resolve) => {
      const settle = (reply: AnyReply | undefined) => {
        this.#waiting.delete(settle);
        cancel();
        resolve(reply);
      };
      const cancel = this.#parts.page.clock.after(ANSWER_WITHIN_MS, () => settle(undefined));
      this.#waiting.add(settle);
      this.#wire.toNode(() => {
        const server = this.#server;
        if (!server?.isOpen) return;
        void this.node.answer(server, name, sent).then((reply) => {
          const answer = carried(reply);
          if (server.isOpen) this.#wire.toPage(() => this.#waiting.has(settle) && settle(answer));
        });
      });
    });
  }

  /** Closed from here: by the page's end, or because it does not answer. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#wire.closeAtPage();
  }

  lost(): void {
    if (this.#isOver) return;
    this.#wire.closeAtPage();
    this.#over();
  }

  /** Half open: nobody is told. */
  cut(): void {
    this.#wire.cut();
  }

  #over(): void {
    this.#isOver = true;
    for (const settle of this.#waiting) settle(undefined);
    this.#parts.lost();
  }
}

/** What is said under a client id. */
function note(ledger: Ledger, name: RequestName, request: unknown): void {
  const { items, clientId, ...body } = request as {
    items?: readonly { clientId: ClientId; text: string }[];
    clientId?: ClientId;
  };
  for (const { clientId: id, text, ...along } of items ?? []) ledger.sent(id, text, JSON.stringify(along));
  if (clientId) ledger.sent(clientId, JSON.stringify([name, body]));
}
