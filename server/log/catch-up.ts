// What a connection that comes back is told. A herd that comes back after a restart costs about one read a room.
import type { Entry } from '../../protocol/entries.ts';
import type { EntryId, MemberId, RoomId, Seq } from '../../protocol/ids.ts';
import { NOTICES_STOP_ABOVE, PAGE_ENTRIES, PEOPLE_PAGE, REPLY_MAX_ENTRIES } from '../../protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { Head, Member, Page, People, Room, RoomNow, Since, Store } from '../store/store.ts';
import type { Failed } from '../surprises.ts';
import { grownPage, grownSince, newsFor } from './growing.ts';
import { JointReads } from './joint-reads.ts';

export interface CatchUpParts {
  readonly store: Pick<Store, 'read' | 'page' | 'heads' | 'here' | 'people' | 'room'>;
  readonly clock: Clock;
  readonly failed: Failed;
}

interface Question {
  readonly after: Seq;
  readonly id: EntryId | '';
}

/** What a room is and who is in it, as of an entry or later. */
export interface Here {
  readonly head: Head;
  /** Undefined where it is not there. */
  readonly room: Room | undefined;
  readonly count: number;
  readonly notices: boolean;
  /** Empty where notices are off (P9). */
  readonly members: readonly Member[];
}

/**
 * Reads that are shared. Whoever asks says up to which seq everybody in the room has been told (`told`) at a moment when
 * the asker was subscribed: an answer whose head is there or beyond misses nothing that does not come live.
 */
export class CatchUp {
  readonly #store: CatchUpParts['store'];
  readonly #since: JointReads<RoomId, Question & { readonly since: Since }>;
  readonly #newest: JointReads<RoomId, Page>;
  readonly #here: JointReads<RoomId, Here>;
  readonly #people: JointReads<string, People & { readonly count: number }>;

  constructor({ store, clock, failed }: CatchUpParts) {
    this.#store = store;
    this.#since = new JointReads(clock, failed);
    this.#newest = new JointReads(clock, failed);
    this.#here = new JointReads(clock, failed);
    this.#people = new JointReads(clock, failed);
  }

  /** The log after `after`, as Store.read gives it. */
  since(room: RoomId, after: Seq, id: EntryId | '', told: Seq): Promise<Since> {
    return this.#since.ask(room, {
      fits: (kept) => tailOf(kept.since, kept, { after, id }, told),
      read: async () => ({ after, id, since: await this.#store.read(room, after, REPLY_MAX_ENTRIES, id) }),
      own: ({ since }) => since,
    });
  }

  /** The newest messages, as Store.page gives them. */
  newest(room: RoomId, told: Seq): Promise<Page> {
    return this.#newest.ask(room, {
      fits: (page) => (page.head.seq >= told ? page : undefined),
      read: () => this.#store.page(room, undefined, PAGE_ENTRIES),
      own: (page) => page,
    });
  }

  /** Who is here, as of `head` or later: what the log says beyond it then only repeats it. */
  here(room: RoomId, head: Seq): Promise<Here> {
    return this.#here.ask(room, {
      fits: (here) => (here.head.seq >= head ? here : undefined),
      read: () => this.#readHere(room),
      own: (here) => here,
    });
  }

  /** A page of those who are here, by name: as of some seconds ago. */
  people(room: RoomId, after: MemberId | undefined): Promise<People & { readonly count: number }> {
    return this.#people.ask(`${room} ${after ?? ''}`, {
      fits: (people) => people,
      read: async () => {
        const { here = 0 } = (await this.#now(room)) ?? {};
        return { ...(await this.#store.people(room, after, PEOPLE_PAGE)), count: here };
      },
      own: (people) => people,
    });
  }

  /** This has been delivered to the room's connections. */
  delivered(room: RoomId, entries: readonly Entry[]): void {
    this.#since.change(room, (kept) => {
      const since = grownSince(kept.since, kept.after, entries);
      return since && { ...kept, since };
    });
    this.#newest.change(room, (page) => grownPage(page, entries));
    this.#here.change(room, (here) => grownHere(here, entries));
  }

  /** P7: so many are here now, and nobody is told by an entry. */
  counted(room: RoomId, count: number): void {
    this.#here.change(room, (here) => ({ ...here, count }));
  }

  /** What was read of the room is another history. */
  forget(room: RoomId): void {
    this.#since.forget(room);
    this.#newest.forget(room);
    this.#here.forget(room);
  }

  async #readHere(room: RoomId): Promise<Here> {
    // The head first: who comes in between is in the list, and told of once more.
    const now = await this.#now(room);
    const { seq = 0, id = '', here = 0, notices = true } = now ?? {};
    const [members, is] = await Promise.all([
      notices ? this.#store.here(room, NOTICES_STOP_ABOVE) : [],
      now && this.#store.room(now.address),
    ]);
    return { head: { seq, id }, room: is, count: here, notices, members };
  }

  async #now(room: RoomId): Promise<RoomNow | undefined> {
    return (await this.#store.heads([room])).get(room);
  }
}

/** What is said changes nothing about the room and who is here. */
function grownHere(here: Here, entries: readonly Entry[]): Here | undefined {
  const news = newsFor(here.head, entries);
  if (!news || news.some(isOfRoom)) return undefined;
  const { seq, id } = news.at(-1) ?? here.head;
  return { ...here, head: { seq, id } };
}

const OF_ROOM: ReadonlySet<Entry['kind']> = new Set(['notice', 'rename', 'settings', 'title', 'topic']);

function isOfRoom({ kind }: Entry): boolean {
  return OF_ROOM.has(kind);
}

/** The part of another answer that begins behind `after`; undefined where only the store can say. */
function tailOf(answer: Since, kept: Question, { after, id }: Question, told: Seq): Since | undefined {
  if (answer.head.seq < told) return undefined;
  if (after === kept.after && id === kept.id) return answer;
  if (answer.reset || after < kept.after || answer.head.seq < after) return undefined;
  const own = after === kept.after ? kept.id : answer.entries.find((entry) => entry.seq === after)?.id;
  const entries = answer.entries.filter((entry) => entry.seq > after);
  // An answer that the store cut short says nothing of what is behind its end.
  return own === id && (entries.length > 0 || answer.head.seq === after) ? { ...answer, entries } : undefined;
}
