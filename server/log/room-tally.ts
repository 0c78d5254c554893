import type { Entry } from '../../protocol/entries.ts';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { NEWS_EVERY_MS } from '../../protocol/limits.ts';
import type { Clock } from '../clock.ts';
import { Seldom } from './seldom.ts';

/** What was said in a room in some time. */
export interface Tally {
  readonly room: Address;
  readonly messages: number;
  /** How many of them each wrote. */
  readonly byAuthor: ReadonlyMap<MemberId, number>;
  /** Whom they mention, and who did that. */
  readonly mentions: ReadonlyMap<MemberId, ReadonlySet<MemberId>>;
}

interface Counting extends Tally {
  messages: number;
  readonly byAuthor: Map<MemberId, number>;
  readonly mentions: Map<MemberId, Set<MemberId>>;
}

export interface RoomTallyParts {
  readonly clock: Clock;
  /** To this node's connections that watch the room. */
  readonly tell: (tally: Tally) => void;
}

/** T5: counts what is said in a room that somebody watches, and tells of it at most once a second. */
export class RoomTally {
  readonly #tell: RoomTallyParts['tell'];
  readonly #seldom: Seldom;
  #next: Counting | undefined;

  constructor({ clock, tell }: RoomTallyParts) {
    this.#tell = tell;
    this.#seldom = new Seldom({ clock, everyMs: NEWS_EVERY_MS, run: () => this.#tellNext() });
  }

  /** What was delivered in the room, all of a flush. */
  said(entries: readonly Entry[]): void {
    for (const entry of entries) if (entry.kind === 'message') this.#count(entry);
    if (this.#next) this.#seldom.want();
  }

  stop(): void {
    this.#seldom.stop();
    this.#next = undefined;
  }

  #count({ room, by, mentions = [] }: Extract<Entry, { kind: 'message' }>): void {
    const next = (this.#next ??= nothingSaid(room));
    next.messages += 1;
    next.byAuthor.set(by.id, (next.byAuthor.get(by.id) ?? 0) + 1);
    for (const { id } of mentions) next.mentions.set(id, (next.mentions.get(id) ?? new Set<MemberId>()).add(by.id));
  }

  #tellNext(): void {
    const tally = this.#next;
    this.#next = undefined;
    if (tally) this.#tell(tally);
  }
}

function nothingSaid(room: Address): Counting {
  return { room, messages: 0, byAuthor: new Map(), mentions: new Map() };
}

/** What it says to whoever is these members: nothing of their own counts. */
export function newsFor(tally: Tally, own: readonly MemberId[]): { messages: number; mentioned: boolean } {
  const messages = own.reduce((left, id) => left - (tally.byAuthor.get(id) ?? 0), tally.messages);
  const isOther = (author: MemberId): boolean => !own.includes(author);
  return { messages, mentioned: own.some((id) => [...(tally.mentions.get(id) ?? [])].some(isOther)) };
}
