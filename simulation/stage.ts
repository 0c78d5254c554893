// A town in fine weather, for cases in which one thing happens after another.
import type { MessageEntry } from '../protocol/entries.ts';
import type { Address, ClientId } from '../protocol/ids.ts';
import type { ChatNode } from './chat-node.ts';
import { REPLY_MAX_ENTRIES } from '../protocol/limits.ts';
import type { Crowd } from '../server/store/transaction.ts';
import { pendingRows } from '../web/state/pending-rows.ts';
import type { Page } from './page.ts';
import type { Person } from './person.ts';
import { checkTown } from './storm.ts';
import { Town } from './town.ts';

/** Everything on its way has arrived, and every pause is over. */
const REST_MS = 30_000;
const HEADS_COMPARED_MS = 13_000;

export class Stage {
  readonly town: Town;
  /** Where the next connection goes; any node where it is undefined. */
  node: ChatNode | undefined;

  constructor(nodes: number, crowd?: Crowd) {
    this.town = new Town({ seed: 1, nodes, longTexts: 0, nodeFor: () => this.node, ...(crowd && { crowd }) });
  }

  /** In the room, on a page, connected to this node. */
  async enter(name: string, place = 0): Promise<{ person: Person; page: Page }> {
    const person = this.town.addPerson(this.town.newBrowser(name), 'tea', name);
    await this.town.comeIn(person);
    return { person, page: await this.open(person, place) };
  }

  async open(person: Person, place = 0): Promise<Page> {
    this.node = this.town.nodes[place];
    person.openPage();
    const page = person.pages.at(-1);
    if (!page) throw new Error(`${person.name} has no page.`);
    await this.pass(1_500);
    this.demand(page.link.status === 'joined', `${page.name} is ${page.link.status}`);
    return page;
  }

  /** Said long ago, by whoever is there; every node has noticed. */
  async remember(count: number, ending = ''): Promise<void> {
    await this.town.remember(count, ending);
    await this.pass(HEADS_COMPARED_MS);
  }

  async pass(ms: number): Promise<void> {
    await this.town.world.runFor(ms);
  }

  /** The client id of what was said. */
  say({ person, page }: { person: Person; page: Page }, text: string): ClientId {
    person.say(page, text);
    if (!page.lastClientId) throw new Error('Nothing was said.');
    return page.lastClientId;
  }

  demand(isSo: boolean, otherwise: string): void {
    if (!isSo) this.town.ledger.broke('case', otherwise);
  }

  /** What the log says of the comings and goings of those of a name. */
  demandNotices(name: string, expected: string): void {
    const told = this.#noticesOf(name).join();
    this.demand(told === expected, `of ${name} was told: ${told}`);
  }

  isNoticed(name: string): boolean {
    return this.#noticesOf(name).length > 0;
  }

  #noticesOf(name: string): readonly string[] {
    const entries = [...this.town.ledger.stored.values()].map(({ entry }) => entry);
    return entries.flatMap((entry) => (entry.kind === 'notice' && entry.by.name === name ? [entry.type] : []));
  }

  /** The first message of the room. */
  async oldest(): Promise<MessageEntry> {
    const [room] = this.town.rooms;
    const { entries } = room ? await this.town.memory.read(room, 0, REPLY_MAX_ENTRIES) : { entries: [] };
    const found = entries.find((entry) => entry.kind === 'message');
    if (found?.kind !== 'message') throw new Error('Nothing has been said yet.');
    return found;
  }

  async leaveNetwork(page: Page): Promise<void> {
    page.isOffline = true;
    page.cut(true);
    await this.pass(100);
  }

  /** Has it back, has joined, and has had time for a second question. */
  async returnTo(page: Page): Promise<void> {
    page.online();
    await this.pass(4_000);
    this.demand(page.link.status === 'joined', `${page.name} is ${page.link.status}`);
  }

  isAtHead(page: Page, head: number): void {
    this.demand(page.link.state.last.seq === head, `${page.name} is at ${page.link.state.last.seq} of ${head}`);
  }

  /** How often a message is drawn on a page: as a line, or below the lines. */
  drawn({ link, outbox }: Page, clientId: ClientId): number {
    const lines = link.state.lines.filter((line) => line.kind === 'message' && line.clientId === clientId);
    const pending = pendingRows(link.state, outbox?.state.pending ?? []).filter((row) => row.clientId === clientId);
    return lines.length + pending.length;
  }

  /** The text that a page shows of a message; undefined where it shows none. */
  text({ link }: Page, clientId: ClientId): string | undefined {
    const line = link.state.lines.find((one) => one.kind === 'message' && one.clientId === clientId);
    return line?.kind === 'message' ? (line.deleted ? 'deleted' : line.text) : undefined;
  }

  /** All the rest of what must hold. */
  async end(): Promise<readonly string[]> {
    this.node = undefined;
    await this.pass(REST_MS);
    await checkTown(this.town);
    return this.town.ledger.problems;
  }

  get room(): Address {
    return 'tea' as Address;
  }
}

/** Something that is held back until it is let go. */
export function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
