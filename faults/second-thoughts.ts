// What people do to messages that are there: now and then one edits or deletes what one has said, or reacts to what anybody has.
import type { ClientId } from '../protocol/ids.ts';
import type { Dice } from '../simulation/dice.ts';
import type { Target } from './outbox.ts';
import type { Person } from './person.ts';

/** Of what was said last: what is newer than a reader's last page is what may be missed. */
const RECENT = 20;
const EMOJI = ['👍', '🎉', '❤️'] as const;
const EDITS = 0.4;
const DELETIONS = 0.1;
const TAKEN_BACK = 0.2;

/** Each thought of one person. None would change nothing (L6): what one's own thoughts have made of a message one knows. */
export class SecondThoughts {
  readonly #person: Person;
  readonly #dice: Dice;
  readonly #deleted = new Set<ClientId>();
  /** By `client id emoji`, those that were not taken back. */
  readonly #reactions = new Map<string, { readonly message: Target; readonly emoji: string }>();

  constructor(person: Person, dice: Dice) {
    this.#person = person;
    this.#dice = dice;
  }

  have(): void {
    const luck = this.#dice.random();
    if (luck < EDITS) this.#edit();
    else if (luck < EDITS + DELETIONS) this.#delete();
    else if (luck < EDITS + DELETIONS + TAKEN_BACK) this.#takeBack();
    else this.#react();
  }

  #edit(): void {
    const mine = this.#mine();
    if (mine) this.#person.change('edit', mine, `${this.#person.name}: rather ${this.#person.sent.length}`);
  }

  #delete(): void {
    const mine = this.#mine();
    if (!mine) return;
    this.#deleted.add(mine.clientId);
    this.#person.change('delete', mine, '');
  }

  #react(): void {
    const seen = this.#person.reading.seen.slice(-RECENT).filter((entry) => entry.kind === 'message');
    const message = this.#dice.pick(seen);
    const emoji = this.#dice.pick(EMOJI);
    if (!message || !emoji) return;
    const key = `${message.clientId} ${emoji}`;
    if (this.#reactions.has(key)) return;
    this.#reactions.set(key, { message, emoji });
    this.#person.change('react', message, emoji);
  }

  /** The last one that one has made. */
  #takeBack(): void {
    const [key, last] = [...this.#reactions].at(-1) ?? [];
    if (key === undefined || !last) return this.#react();
    this.#reactions.delete(key);
    this.#person.change('unreact', last.message, last.emoji);
  }

  /** One that is there, or that still waits to be. */
  #mine() {
    const mine = this.#person.sent
      .slice(-RECENT)
      .filter(({ change, clientId, refused }) => !change && !refused && !this.#deleted.has(clientId));
    return this.#dice.pick(mine);
  }
}
