// One page of a browser: the real room link and outbox, over a connection that fails.
import type { Entry } from '../protocol/entries.ts';
import type { Address, ClientId, MemberId, Seq } from '../protocol/ids.ts';
import type { Refused } from '../protocol/refusals.ts';
import type { Granted, ReplyTo, RequestName, RequestOf } from '../protocol/requests.ts';
import type { Person } from '../protocol/room.ts';
import type { RoomSignal, Signal } from '../protocol/signals.ts';
import type { Ask } from '../web/connection/ask.ts';
import { Outbox } from '../web/connection/outbox.ts';
import type { Owner } from '../web/connection/outbox-item.ts';
import { RoomLink } from '../web/connection/room-link.ts';
import { isSentFor, lockName, type Locks, SendingLock } from '../web/connection/sending-lock.ts';
import type { Line, RoomState } from '../web/state/room-state.ts';
import type { Browser } from './browser.ts';
import { type ChatNode, uuid } from './chat-node.ts';
import type { Dice } from './dice.ts';
import { Host } from './host.ts';
import type { Ledger } from './ledger.ts';
import { PageConnection } from './page-connection.ts';
import { SimStorage } from './sim-storage.ts';
import type { Weather } from './weather.ts';
import type { World } from './world.ts';

const RECONNECT_WITHIN_MS = 3_000;
/** A browser takes its time to say who holds a lock: it asks another process. */
const LOCKS_ANSWER_WITHIN_MS = 40;
const ASKED_BY_OUTBOX: ReadonlySet<RequestName> = new Set([
  'message',
  'edit',
  'delete',
  'react',
  'unreact',
  'pin',
  'unpin',
  'title',
  'topic',
]);

export interface PageParts {
  readonly world: World;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly weather: Weather;
  readonly browser: Browser;
  readonly room: Address;
  readonly as: MemberId;
  readonly name: string;
  readonly nodes: () => readonly ChatNode[];
}

export class Page {
  readonly host: Host;
  readonly link: RoomLink;
  readonly name: string;
  outbox: Outbox | undefined;
  /** The server does not know who this is any more. */
  ended: Refused | undefined;
  /** The room's head when this page last started over: notices before it were never shown to it. */
  toldFrom = 0;
  /** The head when it last leapt: what it has of notices before that depends on the way it came to read there. */
  leaptAt = 0;
  /** Of other rooms. */
  readonly news: RoomSignal[] = [];
  /** What it was last told of the place up to which its session has read. */
  readUpTo: Seq | undefined;
  /** The person is in a tunnel. */
  isOffline = false;
  readonly #parts: PageParts;
  readonly #storage: SimStorage;
  #connection: PageConnection | undefined;
  #isConnecting = false;
  #isGone = false;
  #lines: readonly Line[] = [];
  /** Somebody looks at it. */
  #isSeen = true;
  readonly #locks: Locks;
  #lock: SendingLock | undefined;
  /** What the outbox here waits for an answer to. */
  #sending: { readonly lock: string; readonly since: number } | undefined;
  /** When the outbox asked whether it is its turn, for what it asks for next. */
  #confirmedAt = Number.POSITIVE_INFINITY;
  lastClientId: ClientId | undefined;

  constructor(parts: PageParts) {
    const { world, dice, browser, room, as } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.host = new Host(world);
    this.#storage = new SimStorage({ ...parts, host: this.host, dice: dice.fork() });
    const answers = dice.fork();
    this.#locks = browser.locksOf(this, () => answers.below(LOCKS_ANSWER_WITHIN_MS));
    this.link = new RoomLink({
      room,
      as,
      ask: this.#ask,
      clock: this.host.clock,
      random: dice.fork().random,
      events: {
        changed: (state) => this.#changed(state),
        saw: (entry) => this.outbox?.saw(entry),
        joined: (me) => this.#joined(me),
        ended: (refusal) => {
          this.ended = refusal;
          this.#lock?.close();
        },
        silent: () => this.#reconnect(),
      },
    });
    browser.pages.add(this);
  }

  get owner(): Owner | undefined {
    return this.outbox?.owner;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get connection(): PageConnection | undefined {
    return this.#connection;
  }

  open(): void {
    this.#connectIn(0);
  }

  /** Closed, reloaded, crashed: nothing of it is left but what is on the disk. */
  close(): void {
    this.#isGone = true;
    this.#connection?.close();
    this.host.kill();
    this.#parts.browser.pages.delete(this);
    this.#parts.browser.release(this);
  }

  /** The connection breaks off in the middle. */
  cut(isNoticed: boolean): void {
    if (isNoticed) this.#connection?.lost();
    else this.#connection?.cut();
  }

  /** Somebody looks at another page, or at none. */
  hide(): void {
    this.#isSeen = false;
    this.#lock?.hidden();
  }

  show(): void {
    this.#isSeen = true;
    this.#lock?.seen();
    this.link.wake();
  }

  /** There is a network again. */
  online(): void {
    this.isOffline = false;
    this.link.wake();
  }

  readonly #ask: Ask = async <Name extends RequestName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<ReplyTo<Name> | undefined> => {
    const connection = this.#connection;
    if (!connection) return undefined;
    const reply = await this.#alone(name, () => connection.ask(name, request));
    if (this.#connection !== connection) return undefined;
    const granted = reply as ReplyTo<Name> | undefined;
    if (granted?.ok && typeof request === 'object' && 'around' in request)
      this.leaptAt = (granted as Granted<'history'>).head;
    if (granted?.ok && (name === 'join' || name === 'catchUp')) this.#toldBy(granted as Granted<'join'>);
    return granted;
  };

  /**
   * S2, S6: of all pages that are one member, only the one with the lock asks for its outbox, and not while another one waits
   * for its answer: unless the lock was taken away meanwhile, and what was under way is nobody's any more.
   */
  async #alone<Reply>(name: RequestName, ask: () => Promise<Reply>): Promise<Reply> {
    const { browser, ledger, world } = this.#parts;
    const { outbox } = this;
    if (!outbox || !ASKED_BY_OUTBOX.has(name)) return ask();
    const lock = lockName(outbox.owner);
    const confirmedAt = this.#confirmedAt;
    this.#confirmedAt = Number.POSITIVE_INFINITY;
    if (browser.holder(lock) !== this) {
      const couldKnow = !browser.wasRobbed(this, confirmedAt);
      if (couldKnow) ledger.broke('S6', `${this.name} asked for ${name}, and had been told that another one sends`);
      return ask();
    }
    const busy = [...browser.pages].find((page) => page.#sending?.lock === lock);
    if (busy && !browser.wasRobbed(busy, busy.#sending?.since ?? 0))
      ledger.broke('S6', `${this.name} asked for ${name} while ${busy.name} waited for an answer`);
    this.#sending = { lock, since: world.now() };
    try {
      return await ask();
    } finally {
      this.#sending = undefined;
    }
  }

  #toldBy(reply: Granted<'join'> | Granted<'catchUp'>): void {
    if (reply.reset) this.toldFrom = reply.head;
  }

  #changed(state: RoomState): void {
    this.#watchRows(state);
    this.outbox?.reached(state.last.seq);
    const { me } = state;
    const owner = this.outbox?.owner;
    if (me && owner && owner.member === me.id && owner.name !== me.name) void this.outbox?.renamed(me.name);
  }

  /** C6: a row that is shown never goes back to what it was. */
  #watchRows({ lines }: RoomState): void {
    const before = this.#lines;
    this.#lines = lines;
    // Something was added at one end only, or nothing was.
    const shift = lines[0]?.seq === before[0]?.seq ? 0 : lines.length - before.length;
    if (this.#parts.ledger.era > 0 || lines === before || lines[shift]?.seq !== before[0]?.seq) return;
    before.forEach((was, i) => {
      const line = lines[i + shift];
      if (line === was || line?.kind !== 'message' || was.kind !== 'message' || line.seq !== was.seq) return;
      if ((line.rev ?? 0) >= (was.rev ?? 0)) return;
      this.#parts.ledger.broke(
        'C6',
        `${this.name} showed message ${line.seq} as of ${was.rev}, then as of ${line.rev ?? line.seq}`,
      );
    });
  }

  #joined(me: Person): void {
    this.ended = undefined;
    const outbox = this.outbox?.owner.member === me.id ? this.outbox : this.#openOutbox(me);
    this.#lock?.open(this.#isSeen);
    void outbox.adoptAbandoned((other) => isSentFor(this.#locks, other));
    outbox.online();
  }

  #openOutbox(me: Person): Outbox {
    const { browser, dice, ledger, room, world } = this.#parts;
    this.outbox?.close();
    this.#lock?.close();
    const owner: Owner = { room, member: me.id, name: me.name };
    const own = dice.fork();
    const outbox = new Outbox({
      owner,
      storage: this.#storage,
      ask: this.#ask,
      clock: this.host.clock,
      random: own.random,
      newClientId: () => (this.lastClientId = uuid(own)),
      turnConfirmed: () => {
        this.#confirmedAt = world.now();
        return lock.confirmed();
      },
      events: {
        changed: () => {},
        stored: () => browser.tellOthers(this, (other) => void other.outbox?.reload()),
        settled: (settled) => browser.tellOthers(this, (other) => other.outbox?.settled(settled)),
        silent: () => this.#reconnect(),
        notJoined: () => this.link.notJoined(),
        refused: (item) => {
          if (!ledger.refused.has(item.clientId)) ledger.broke('S4', `${item.clientId} was given up without a refusal`);
        },
      },
    });
    const lock = new SendingLock({
      locks: this.#locks,
      owner,
      clock: this.host.clock,
      setSender: (isSender) => outbox.setSender(isSender),
      say: (word) => browser.tellOthers(this, (other) => other.#lock?.heard(word)),
    });
    this.outbox = outbox;
    this.#lock = lock;
    void outbox.reload();
    lock.open(this.#isSeen);
    return outbox;
  }

  /** Nobody answers on this connection: another one. */
  #reconnect(): void {
    this.#connection?.lost();
  }

  #connectIn(ms: number): void {
    if (this.#isConnecting || this.#connection || this.#isGone) return;
    this.#isConnecting = true;
    this.host.clock.after(ms, () => {
      this.#isConnecting = false;
      void this.#connect();
    });
  }

  async #connect(): Promise<void> {
    const { dice, nodes, browser } = this.#parts;
    const node = this.isOffline ? undefined : dice.pick(nodes().filter((one) => one.host.isAlive && !one.isDraining));
    const again = () => this.#connectIn(dice.between(50, RECONNECT_WITHIN_MS));
    if (!node) return again();
    const connection = new PageConnection({
      page: this.host,
      node,
      dice: dice.fork(),
      ledger: this.#parts.ledger,
      receive: (news) => this.#received(connection, news),
      lost: () => this.#lost(connection),
    });
    this.#isConnecting = true;
    const opened = await connection.open(browser.token);
    this.#isConnecting = false;
    if (this.#isGone) return connection.close();
    if (opened === 'silent') return again();
    if (opened !== 'open') {
      this.ended = opened;
      return again();
    }
    this.#connection = connection;
    this.link.connected();
  }

  #received(connection: PageConnection, news: Entry | Signal): void {
    if (this.#connection !== connection) return;
    if ('id' in news) this.link.received(news);
    else if (news.kind === 'here' || news.kind === 'left') this.link.heard(news);
    else if (news.kind === 'read') this.readUpTo = news.seq;
    else if (news.kind === 'room') this.news.push(news);
  }

  #lost(connection: PageConnection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.outbox?.offline();
    this.link.disconnected();
    this.#connectIn(this.#parts.dice.below(RECONNECT_WITHIN_MS));
  }
}
