// What a connection that comes back is told. A herd that comes back after a restart costs about one read a room.
import type { EntryId, RoomId, Seq } from '../../protocol/ids.ts';
import { PAGE_ENTRIES, REPLY_MAX_ENTRIES } from '../../protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { Page, Since, Store } from '../store/store.ts';

/** A herd comes back within seconds; what is older is rarely asked for again. */
const KEEP_MS = 10_000;
/** At most this many rooms' last entries are kept, of 256 kB each at most. */
const KEEP_ROOMS = 64;

interface Kept<Answer> {
  readonly readAt: number;
  readonly after: Seq;
  readonly id: EntryId | '';
  readonly answer: Promise<Answer>;
}

export interface CatchUpParts {
  readonly store: Pick<Store, 'read' | 'page'>;
  readonly clock: Clock;
}

/**
 * Reads that are shared. Whoever asks says up to which seq everybody in the room has been told (`told`) at a moment when
 * the asker was subscribed: an answer whose head is there or beyond misses nothing that does not come live.
 */
export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #since = new Map<RoomId, Kept<Since>>();
  readonly #newest = new Map<RoomId, Kept<Page>>();

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
  }

  /** The log after `after`, as Store.read gives it. */
  async since(room: RoomId, after: Seq, id: EntryId | '', told: Seq): Promise<Since> {
    const kept = this.#fresh(this.#since, room);
    if (kept && kept.after <= after) {
      const tail = tailOf(await kept.answer, kept, after, id, told);
      if (tail) return tail;
    }
    return this.#keep(this.#since, room, {
      after,
      id,
      answer: this.#parts.store.read(room, after, REPLY_MAX_ENTRIES, id),
    });
  }

  /** The newest messages, as Store.page gives them. */
  async newest(room: RoomId, told: Seq): Promise<Page> {
    const kept = this.#fresh(this.#newest, room);
    if (kept) {
      const page = await kept.answer;
      if (page.head.seq >= told) return page;
    }
    return this.#keep(this.#newest, room, {
      after: 0,
      id: '',
      answer: this.#parts.store.page(room, undefined, PAGE_ENTRIES),
    });
  }

  /** What was read of the room is another history. */
  forget(room: RoomId): void {
    this.#since.delete(room);
    this.#newest.delete(room);
  }

  #fresh<Answer>(all: Map<RoomId, Kept<Answer>>, room: RoomId): Kept<Answer> | undefined {
    const kept = all.get(room);
    if (!kept || Math.abs(this.#parts.clock.now() - kept.readAt) <= KEEP_MS) return kept;
    all.delete(room);
    return undefined;
  }

  #keep<Answer>(all: Map<RoomId, Kept<Answer>>, room: RoomId, read: Omit<Kept<Answer>, 'readAt'>): Promise<Answer> {
    const kept = { ...read, readAt: this.#parts.clock.now() };
    all.delete(room);
    all.set(room, kept);
    // A failed read is nobody else's.
    kept.answer.catch(() => all.get(room) === kept && all.delete(room));
    const oldest = all.keys().next();
    if (all.size > KEEP_ROOMS && !oldest.done) all.delete(oldest.value);
    return kept.answer;
  }
}

/** The part of a longer answer that begins behind `after`; undefined where only the store can say. */
function tailOf(answer: Since, kept: { after: Seq; id: string }, after: Seq, id: string, told: Seq): Since | undefined {
  const isWhole = !answer.reset && (answer.entries.at(-1)?.seq ?? kept.after) === answer.head.seq;
  if (!isWhole || answer.head.seq < told || answer.head.seq < after) return undefined;
  const own = after === kept.after ? kept.id : answer.entries.find((entry) => entry.seq === after)?.id;
  if (own !== id) return undefined;
  return { ...answer, entries: answer.entries.filter((entry) => entry.seq > after) };
}
