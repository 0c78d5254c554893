import type { Address } from '../../protocol/ids.ts';
import { whatThen } from '../../protocol/refusals.ts';
import type { Person } from '../../protocol/room.ts';
import { NO_LIST, type PeopleList } from '../state/people-list.ts';
import { type Ask, answerOf } from './ask.ts';
import type { Clock } from './clock.ts';

export interface PeoplePagesParts {
  readonly room: Address;
  readonly ask: Ask;
  readonly clock: Pick<Clock, 'now'>;
  readonly changed: () => void;
}

/** P9: the list of those who are here, where they are too many to be told of one by one: page by page, when asked for. */
export class PeoplePages {
  readonly #parts: PeoplePagesParts;
  #list = NO_LIST;
  /** The last one: an answer to an earlier one is of a list that was left behind. */
  #question = {};

  constructor(parts: PeoplePagesParts) {
    this.#parts = parts;
  }

  /** The same object until it changes. */
  get list(): PeopleList {
    return this.#list;
  }

  /** The list from its beginning, as it is now. */
  begin(): Promise<void> {
    return this.#ask([], this.#parts.clock.now());
  }

  /** The next page; the first, where there is none yet. */
  async more(): Promise<void> {
    const { people, asOf, isAsking } = this.#list;
    if (!isAsking) await this.#ask(people, asOf ?? this.#parts.clock.now());
  }

  async #ask(before: readonly Person[], asOf: number): Promise<void> {
    const { room, ask } = this.#parts;
    const question = {};
    this.#question = question;
    this.#become({ ...this.#list, isAsking: true, trouble: undefined });
    const last = before.at(-1);
    const reply = await answerOf(ask('here', { room, ...(last && { after: last.id }) }));
    if (question !== this.#question) return;
    if (!reply?.ok) return this.#become({ ...this.#list, isAsking: false, trouble: whyNot(reply) });
    // Whoever took another name meanwhile may be on two pages.
    const known = new Set(before.map(({ id }) => id));
    const people = [...before, ...reply.here.filter(({ id }) => !known.has(id))];
    this.#become({ people, hasMore: reply.more, isAsking: false, trouble: undefined, asOf });
  }

  #become(list: PeopleList): void {
    this.#list = list;
    this.#parts.changed();
  }
}

function whyNot(reply: { readonly code: string; readonly message: string } | undefined): string {
  if (reply === undefined) return 'There is no connection to the server at the moment.';
  return whatThen(reply.code) === 'again' ? 'The server cannot give it at the moment.' : reply.message;
}
