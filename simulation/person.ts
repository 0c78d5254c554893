// Somebody with a name in a room: writes, changes their mind, reads far back, loses the network, closes and comes again.
import type { MessageEntry } from '../protocol/entries.ts';
import type { Address, ClientId, MemberId, RoomId } from '../protocol/ids.ts';
import { nameToTake } from '../server/rooms/name-to-take.ts';
import type { Store } from '../server/store/store.ts';
import type { Along } from '../web/connection/outbox-item.ts';
import type { Line } from '../web/state/room-state.ts';
import type { Browser } from './browser.ts';
import type { ChatNode } from './chat-node.ts';
import type { Dice } from './dice.ts';
import { POISON } from './faulty-store.ts';
import type { Ledger } from './ledger.ts';
import { Page } from './page.ts';
import { checkRows } from './row-check.ts';
import type { Weather } from './weather.ts';
import type { Wish, Wishes } from './wishes.ts';
import type { World } from './world.ts';

/** 12 kB: of so many a reply has room for 22. */
const LONG = ` ${'語'.repeat(3_900)}`;
const EMOJI = ['👍', '🎉', '🫖'];

export interface PersonParts {
  readonly world: World;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly wishes: Wishes;
  readonly weather: Weather;
  readonly browser: Browser;
  readonly memory: Store;
  readonly room: Address;
  readonly name: string;
  readonly nodes: () => readonly ChatNode[];
  /** The share of texts that are so long that a reply has room for few. */
  readonly longTexts: number;
  /** The share of what they do that leads them elsewhere in the room. */
  readonly leaps: number;
}

export class Person {
  readonly browser: Browser;
  readonly name: string;
  pages: Page[] = [];
  member: MemberId | undefined;
  roomId: RoomId | undefined;
  readonly room: Address;
  /** What they go by now. */
  calledBy: string;
  readonly #parts: PersonParts;
  #opened = 0;
  #isComingIn = false;

  constructor(parts: PersonParts) {
    this.#parts = parts;
    this.browser = parts.browser;
    this.room = parts.room;
    this.name = parts.name;
    this.calledBy = parts.name;
  }

  /** The form of the login page, sent and answered: no connection of any page is closed by it. */
  async comeIn(): Promise<void> {
    if (this.#isComingIn) return;
    this.#isComingIn = true;
    const { memory, browser, room, dice } = this.#parts;
    const current = browser.token === undefined ? undefined : await memory.session(browser.token);
    const token = `${browser.name}-${dice.below(2 ** 31)}`;
    const session = await memory.openSession(token, { replaces: current?.device });
    browser.token = token;
    const { id } = await memory.openRoom(room, room);
    for (let tries = 1; ; tries += 1) {
      const claimed = await memory.claim({ room: id, session: session.id, ...nameToTake(this.calledBy) });
      if (claimed.ok) {
        this.member = claimed.member.id;
        break;
      }
      this.calledBy = `${this.name} ${tries}${dice.below(100)}`;
    }
    this.roomId = id;
    this.#isComingIn = false;
  }

  openPage(): void {
    if (!this.member) return;
    this.#opened += 1;
    const page = new Page({ ...this.#parts, as: this.member, name: `${this.name}/${this.#opened}` });
    this.pages.push(page);
    page.open();
  }

  closePage(page: Page): void {
    // The name that they see is the one that they will type.
    if (page.owner?.member === this.member) this.calledBy = page.owner?.name ?? this.calledBy;
    if (this.roomId) checkRows(this.#parts.ledger, this.roomId, page.name, page.link.state);
    page.close();
    this.pages = this.pages.filter((other) => other !== page);
  }

  /** The login page is shown where a room's page was. */
  async comeInAgain(): Promise<void> {
    for (const page of this.pages) this.closePage(page);
    await this.comeIn();
    this.openPage();
  }

  /** Whether the server has sent one of their pages to the login, or takes it for another of their names. */
  get isSentAway(): boolean {
    return this.pages.some(
      ({ ended, link }) => ended !== undefined || (link.state.me !== undefined && link.state.me.id !== this.member),
    );
  }

  /** One thing of all the things people do in a room. */
  act(): void {
    const { dice } = this.#parts;
    const page = dice.pick(this.pages);
    // Whoever sees another name than their own there does not write under it.
    if (!page?.outbox || page.host.isFrozen || page.owner?.member !== this.member) return;
    if (this.#parts.leaps > 0 && dice.chance(this.#parts.leaps)) return this.#leap(page);
    const luck = dice.below(100);
    if (luck < 34) this.#write(page);
    else if (luck < 49) this.#edit(page);
    else if (luck < 57) this.#delete(page);
    else if (luck < 69) this.#react(page);
    else if (luck < 74) this.#pin(page);
    else if (luck < 90) void page.link.loadOlder();
    else if (luck < 92) this.#rename(page);
    else if (luck < 94) this.#arrange(page);
    else if (luck < 97) this.#reconsider(page);
    else page.link.wake();
  }

  /** C12: to any message, to one that is not there, on from there, or back to the end. */
  #leap(page: Page): void {
    const { dice } = this.#parts;
    const luck = dice.below(100);
    if (luck < 60) void page.link.showAround({ around: dice.between(1, page.link.state.last.seq + 3) });
    else if (luck < 90) void page.link.loadNewer();
    else void page.link.loadNewest();
  }

  #write(page: Page): void {
    const { dice } = this.#parts;
    const luck = dice.below(100);
    if (luck < 2) this.say(page, '');
    else if (luck < 4) this.say(page, `${this.#text()} ${POISON}`);
    else if (luck < 30) this.say(page, this.#text(), { ...this.#answering(page), ...this.#mentioning(page) });
    else for (let left = dice.chance(0.2) ? dice.between(2, 8) : 1; left > 0; left -= 1) this.say(page, this.#text());
  }

  write(page: Page): void {
    this.say(page, this.#text());
  }

  say(page: Page, text: string, along: Along = {}): void {
    const { outbox } = page;
    if (!outbox) return;
    const kept = outbox.send(text, undefined, along);
    const clientId = page.lastClientId;
    if (clientId === undefined) return;
    // Which of two pages was first is not known.
    const by = this.pages.length > 1 ? page.name : this.name;
    const wish = this.#parts.wishes.say(`${by} in ${this.#parts.room}`, text, clientId);
    whenKept(kept, wish);
  }

  /** One's own that is not sent yet, or whatever is shown, deleted or not. */
  #answering(page: Page): Along {
    const { dice } = this.#parts;
    const own = dice.chance(0.4) ? this.#ownMessage(page) : undefined;
    const replyTo = own ? (own.seq ?? own.clientId) : dice.pick(page.link.state.lines.filter(isMessage))?.seq;
    return replyTo === undefined ? {} : { replyTo };
  }

  /** Some of those who are here, and somebody who is not. */
  #mentioning(page: Page): Pick<Along, 'mentions'> {
    const { dice } = this.#parts;
    const here = page.link.state.here.filter(() => dice.chance(0.4)).map(({ id }) => id);
    const all = dice.chance(0.2) ? [...here, 'nobody' as MemberId] : here;
    return all.length === 0 ? {} : { mentions: all };
  }

  #edit(page: Page): void {
    const target = this.#ownMessage(page);
    if (target) this.change(page, target, this.#text(), this.#mentioning(page));
  }

  #delete(page: Page): void {
    const target = this.#ownMessage(page);
    if (target) this.change(page, target, undefined);
  }

  /** An edit, or a deletion where there is no text. */
  change(
    page: Page,
    { clientId, seq }: OwnMessage,
    text: string | undefined,
    along: Pick<Along, 'mentions'> = {},
  ): void {
    const { outbox } = page;
    if (!outbox) return;
    const isPending = outbox.state.items.some((item) => item.clientId === clientId);
    if (isPending && text === undefined) this.browser.withdrawn.add(clientId);
    const target = isPending ? clientId : (seq ?? clientId);
    const kept = text === undefined ? outbox.delete(target) : outbox.edit(target, text, along);
    const wish = this.#parts.wishes.change(clientId, text, page.lastClientId ?? clientId, this.pages.length > 1);
    whenKept(kept, wish);
  }

  #react(page: Page): void {
    const { dice } = this.#parts;
    const lines = page.link.state.lines.filter(isMessage);
    const line = dice.pick(dice.chance(0.5) ? lines.slice(-8) : lines);
    const emoji = dice.pick(EMOJI);
    if (line && emoji) void page.outbox?.add({ kind: dice.chance(0.6) ? 'react' : 'unreact', target: line.seq, emoji });
  }

  #pin(page: Page): void {
    const { dice } = this.#parts;
    const line = dice.pick(page.link.state.lines.filter(isMessage).slice(-12));
    if (!line) return;
    // Mostly the other of the two: else most would change nothing.
    const kind = (line.pinned === true) === dice.chance(0.8) ? 'unpin' : 'pin';
    void page.outbox?.add({ kind, target: line.seq });
  }

  /** Sometimes what it is already. */
  #arrange(page: Page): void {
    const { dice, room } = this.#parts;
    const words = dice.pick(['green', 'black', 'white']) ?? '';
    if (dice.chance(0.5))
      void page.outbox?.add({ kind: 'title', title: dice.chance(0.2) ? 'a/b' : `${room} ${words}` });
    else void page.outbox?.add({ kind: 'topic', topic: dice.chance(0.3) ? '' : words });
  }

  #rename(page: Page): void {
    const { dice } = this.#parts;
    const connection = page.connection;
    if (page.link.status !== 'joined' || !connection) return;
    const name = dice.chance(0.5) ? this.name : `${this.name} the ${dice.pick(['Great', 'Small'])}`;
    void connection.ask('rename', { room: this.#parts.room, name });
  }

  /** Something was refused: it is given up, tried again, or put right. */
  #reconsider(page: Page): void {
    const { dice, browser } = this.#parts;
    const item = page.outbox?.state.items.find((one) => one.refusal !== undefined);
    if (!page.outbox || item?.want.kind !== 'message') return;
    browser.withdrawn.add(item.clientId);
    if (dice.chance(0.4)) void page.outbox.discard(item.clientId);
    else if (dice.chance(0.3)) void page.outbox.retry(item.clientId);
    else {
      const text = this.#text();
      const kept = page.outbox.edit(item.clientId, text);
      if (page.lastClientId) whenKept(kept, this.#parts.wishes.say(`${this.name} again`, text, page.lastClientId));
    }
  }

  /** Rather one that is not sent yet. */
  #ownMessage(page: Page): OwnMessage | undefined {
    const { dice } = this.#parts;
    const { lines, me } = page.link.state;
    const own = lines.filter((line) => line.kind === 'message' && line.by.id === me?.id && !line.deleted);
    const recent = dice.chance(0.5) ? own.slice(-6) : own;
    const shown: OwnMessage[] = recent.flatMap((line) =>
      line.kind === 'message' ? [{ clientId: line.clientId, seq: line.seq }] : [],
    );
    const unsent = (page.outbox?.state.pending ?? []).filter((row) => row.state.kind !== 'failed');
    const pending: OwnMessage[] = unsent.map(({ clientId }) => ({ clientId, seq: undefined }));
    return dice.pick(pending.length > 0 && dice.chance(0.6) ? pending : shown);
  }

  #text(): string {
    const { wishes, dice, longTexts } = this.#parts;
    return wishes.nextText(this.name) + (dice.chance(longTexts) ? LONG : '');
  }
}

export interface OwnMessage {
  readonly clientId: ClientId;
  readonly seq: number | undefined;
}

function isMessage(line: Line): line is MessageEntry {
  return line.kind === 'message';
}

function whenKept(kept: Promise<unknown>, wish: Wish): void {
  void kept.then(() => {
    wish.isKept = true;
  });
}
