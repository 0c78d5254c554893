// Somebody who was never there before: what they find is what there is.
import type { Author, Entry } from '../protocol/entries.ts';
import type { PresenceRecord } from '../simulation/check-presence.ts';
import { Person } from './person.ts';
import type { Site } from './site.ts';
import { until } from './waiting.ts';

const COME_IN_WITHIN_MS = 60_000;

let readers = 0;

export class FreshReader {
  readonly #person: Person;
  readonly #room: string;
  /** The log as far as it was read for who is here: who came and went does not change any more. */
  readonly #notices: Entry[] = [];

  private constructor(person: Person, room: string) {
    this.#person = person;
    this.#room = room;
  }

  static async comeIn(site: Site, origin: string, room: string): Promise<FreshReader> {
    readers += 1;
    const person = new Person({ name: `Reader ${readers}`, room, origin, random: site.dice.fork().random });
    site.atLeaving(() => person.close());
    person.open();
    if ((await until(() => person.isIn, COME_IN_WITHIN_MS)) === undefined)
      throw new Error(`Nobody new can come in: ${person.ended ?? 'the server does not answer'}`);
    return new FreshReader(person, room);
  }

  get me(): Author {
    if (!this.#person.me) throw new Error('Nobody says who the reader is.');
    return this.#person.me;
  }

  /** From its first entry to its head, each in its present state. */
  readLog(): Promise<readonly Entry[]> {
    return this.#readOn([]);
  }

  async readPresence(): Promise<PresenceRecord> {
    const reply = await this.#person.ask('join', { room: this.#room });
    if (!reply?.ok) throw new Error(`Nobody says who is here: ${reply?.code ?? 'no answer'}`);
    // After the list: what was told before it is in the log by now.
    const log = await this.#readOn(this.#notices);
    return { log, listed: reply.notices ? reply.here : undefined, count: reply.count };
  }

  async #readOn(log: Entry[]): Promise<readonly Entry[]> {
    for (;;) {
      const reply = await this.#person.ask('catchUp', { room: this.#room, after: log.at(-1)?.seq ?? 0 });
      if (!reply?.ok) throw new Error(`The log cannot be read: ${reply?.code ?? 'no answer'}`);
      log.push(...reply.entries);
      if (reply.entries.length === 0 || (log.at(-1)?.seq ?? 0) >= reply.head) return log;
    }
  }

  /** At once, and not after the grace of whoever only loses the connection. */
  async leave(): Promise<void> {
    await this.#person.ask('leave', { room: this.#room });
    this.#person.close();
  }
}
