// Everything at once: nodes, a store, a bus, browsers with people before them.
import type { Address, EntryId, RoomId } from '../protocol/ids.ts';
import type { Write } from '../server/store/store.ts';
import { type MemorySnapshot, MemoryStore } from '../server/store/memory/memory-store.ts';
import { CROWD, type Crowd } from '../server/store/transaction.ts';
import { LEASE_MS } from '../server/log/lease.ts';
import { Browser } from './browser.ts';
import { ChatNode, uuid } from './chat-node.ts';
import { Dice } from './dice.ts';
import type { Disk } from './faulty-store.ts';
import { Ledger } from './ledger.ts';
import { checkReaped } from './needless-notices.ts';
import type { Page } from './page.ts';
import { Person } from './person.ts';
import { Exchange } from './sim-bus.ts';
import { CALM, type Weather } from './weather.ts';
import { Wishes } from './wishes.ts';
import { World } from './world.ts';

export interface TownPlan {
  readonly seed: number;
  readonly nodes: number;
  /** As Person's. */
  readonly longTexts: number;
  /** The share of what people do that leads them elsewhere in the room. */
  readonly leaps?: number;
  /** From how many on a room is a crowd (P7); left out, as in the product: none of ours ever is. */
  readonly crowd?: Crowd;
  /** To which node the next connection goes; left out, to any. */
  readonly nodeFor?: () => ChatNode | undefined;
}

export class Town {
  readonly world = new World();
  readonly dice: Dice;
  readonly ledger = new Ledger();
  readonly wishes = new Wishes();
  readonly weather: Weather = { ...CALM };
  readonly exchange = new Exchange();
  readonly memory: MemoryStore;
  readonly people: Person[] = [];
  readonly rooms = new Set<RoomId>();
  disk: Disk = 'well';
  /** How far the clock of the store is off, in ms. */
  clockError = 0;
  /**
   * The store went back within the time of a lease, so that leases of that time still ran. Where no entry was undone, no
   * node can notice; presence is then not judged. Whoever restores a real backup takes longer.
   */
  isLeaseUndone = false;
  readonly #plan: TownPlan;
  #nodes: ChatNode[] = [];
  #started = 0;
  #saved: { snapshot: MemorySnapshot; at: number; ids: ReadonlySet<EntryId> } | undefined;

  constructor(plan: TownPlan) {
    this.#plan = plan;
    this.dice = new Dice(plan.seed);
    let ids = 0;
    const clock = { now: () => this.world.now() + this.clockError };
    const { crowd } = plan;
    this.memory = new MemoryStore({ clock, newId: () => `id${(ids += 1)}`, ...(crowd && { crowd }) });
    for (let i = 0; i < plan.nodes; i += 1) this.startNode(i);
  }

  get crowd(): Crowd {
    return this.#plan.crowd ?? CROWD;
  }

  get nodes(): readonly ChatNode[] {
    return this.#nodes;
  }

  /** In the place of the one that was there. */
  startNode(place: number): void {
    this.#started += 1;
    const { world, dice, ledger, weather, exchange, memory } = this;
    const node = new ChatNode({
      world,
      dice: dice.fork(),
      ledger,
      weather,
      exchange,
      memory,
      disk: () => this.disk,
      reaped: (write) => checkReaped(this, write),
      name: `n${place}.${this.#started}`,
    });
    this.#nodes[place] = node;
    node.start();
  }

  addPerson(browser: Browser, room: string, name: string): Person {
    const { world, ledger, wishes, weather, memory } = this;
    const person = new Person({
      world,
      dice: this.dice.fork(),
      ledger,
      wishes,
      weather,
      browser,
      memory,
      room: room as Address,
      name,
      nodes: () => this.#reachable(),
      longTexts: this.#plan.longTexts,
      leaps: this.#plan.leaps ?? 0,
    });
    this.people.push(person);
    return person;
  }

  newBrowser(name: string): Browser {
    return new Browser(this.world, name);
  }

  async comeIn(person: Person): Promise<void> {
    await person.comeIn();
    if (person.roomId) this.rooms.add(person.roomId);
  }

  /** What was said before this run began: enough to page through. */
  async remember(count: number, ending = ''): Promise<void> {
    const members = this.people.flatMap(({ member, roomId }) => (member && roomId ? [{ member, roomId }] : []));
    for (let i = 0; i < count; i += 1) {
      const said = this.dice.pick(members);
      if (!said) return;
      const write: Write = {
        kind: 'message',
        room: said.roomId,
        by: said.member,
        clientId: uuid(this.dice),
        text: this.wishes.nextText('long ago') + ending,
      };
      this.ledger.sent(write.clientId, write.text);
      this.ledger.committed([write], await this.memory.append([write]));
    }
  }

  #reachable(): readonly ChatNode[] {
    const one = this.#plan.nodeFor?.();
    return one ? [one] : this.#nodes;
  }

  pages(): readonly Page[] {
    return this.people.flatMap((person) => person.pages);
  }

  storm(weather: Weather): void {
    Object.assign(this.weather, weather);
  }

  /** A backup is made. */
  save(): void {
    const ids = new Set([...this.ledger.stored.keys()].filter((id) => !this.ledger.undone.has(id)));
    this.#saved = { snapshot: this.memory.snapshot(), at: this.world.now(), ids };
  }

  get isSaved(): boolean {
    return this.#saved !== undefined;
  }

  /** The backup is put in the place of the store, under everybody's feet. */
  rewind(): void {
    const saved = this.#saved;
    if (!saved) return;
    if (this.world.now() - saved.at <= LEASE_MS) this.isLeaseUndone = true;
    this.memory.rewindTo(saved.snapshot);
    this.ledger.wentBack([...this.ledger.stored.keys()].filter((id) => !saved.ids.has(id)));
  }

  /** All that was broken works again, from now on and for good. */
  mend(): void {
    Object.assign(this.weather, CALM);
    this.disk = 'well';
    this.exchange.isSilent = false;
    this.#nodes.forEach((node, place) => {
      node.host.wake();
      node.bus.mend();
      node.store.mend();
      if (!node.host.isAlive) this.startNode(place);
    });
    for (const page of this.pages()) {
      page.host.wake();
      if (page.isOffline) page.online();
    }
  }
}
