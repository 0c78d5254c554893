import type { Address, MemberId, Seq } from '../protocol/ids.ts';
import type { ReadSignal } from '../protocol/signals.ts';
import { type Ask, answerOf } from './connection/ask.ts';
import type { Clock } from './connection/clock.ts';
import { whyNot } from './connection/history-outcome.ts';
import { ReadMarker } from './connection/read-marker.ts';
import type { RoomLink } from './connection/room-link.ts';
import type { Goal, RoomState, Span } from './state/room-state.ts';
import { firstUnreadAfter, isOthers, newestOwnSeq, reaches, type Unread, unreadOf } from './state/unread.ts';

export interface ReadingDeskParts {
  readonly link: () => Pick<RoomLink, 'state' | 'showAround' | 'mark'>;
  readonly ask: Ask;
  readonly clock: Clock;
  /** The address of the page: it may name a message to open the room around. */
  readonly address: URL;
  readonly changed: () => void;
}

/** What a room's page shows of how far somebody has read there. */
export interface Reading {
  /** What was unread when one came in. */
  readonly unread: Unread | undefined;
  /** Why one was not led where one wanted: another object each time. */
  readonly notLed: { readonly why: string } | undefined;
}

export const NOTHING_READ: Reading = { unread: undefined, notLed: undefined };

/** Where a member reads in a room and how far it has read, beside the lines themselves. */
export class ReadingDesk {
  readonly #parts: ReadingDeskParts;
  readonly #reads: ReadMarker;
  #at: Seq | undefined;
  /** Up to where the session has read, as far as was told. */
  #place: Seq | undefined;
  #reading = NOTHING_READ;

  constructor(parts: ReadingDeskParts) {
    this.#parts = parts;
    this.#reads = new ReadMarker(parts);
    this.#at = seqIn(parts.address);
  }

  get reading(): Reading {
    // It goes with the divider, which may go for other reasons: somebody has written.
    const hasDivider = this.#reading.unread?.from === this.#state.firstUnread;
    return hasDivider ? this.#reading : { ...this.#reading, unread: undefined };
  }

  /** The room was joined: the first time, the address says where to open it. */
  joined(member: MemberId): void {
    const { firstUnread, last, room } = this.#state;
    this.#reads.joined(room, member, last.seq);
    this.#place ??= firstUnread === undefined ? last.seq : firstUnread - 1;
    if (firstUnread !== this.#reading.unread?.from) this.#placed();
    const at = this.#at;
    this.#at = undefined;
    if (at !== undefined) this.showAround(at);
  }

  disconnected(): void {
    this.#reads.disconnected();
  }

  /** Which lines can be seen now by somebody who looks. */
  looked(span: Span | undefined): void {
    this.#reads.looked(span);
  }

  /** Somebody has gone to another room: the divider is placed anew when they come back. */
  wentAway(): void {
    this.#unreadFrom(undefined);
  }

  /** Somebody looks at the room again: what came meanwhile is unread. Where nothing did, the divider stays where it was. */
  seen(): void {
    const state = this.#state;
    if (state.me === undefined || this.#place === undefined) return;
    const from = firstUnreadAfter(state, Math.max(this.#place, newestOwnSeq(state)));
    if (from === undefined || from === state.firstUnread) return;
    this.#unreadFrom(from);
    this.#placed();
  }

  /** T4: up to where the session has read the room by now. */
  heard({ room, seq }: ReadSignal): void {
    const state = this.#state;
    if (room !== state.room || state.me === undefined) return;
    const before = Math.max(this.#place ?? 0, newestOwnSeq(state));
    this.#place = seq;
    const isBack = seq < before && isUnreadBetween(state, seq, before);
    if (!isBack && seq <= this.#reads.asked) return;
    if (isBack) this.#reads.unreadAfter(seq);
    else this.#reads.readElsewhere(seq);
    // A divider stays where it is while what follows it is unread, and none comes by reading on.
    const hasDivider = isBack || (state.firstUnread !== undefined && state.firstUnread <= seq);
    if (!hasDivider) return;
    this.#unreadFrom(firstUnreadAfter(state, seq));
    this.#placed();
  }

  /** Whoever has said something has read what was there. */
  sent(): void {
    this.#unreadFrom(undefined);
  }

  /** All of it is read, seen or not. */
  markRead(): void {
    this.#reads.readAll(this.#state.last.seq);
    this.#unreadFrom(undefined);
  }

  /** Leads to a message, loading what is around it where it is not in memory. */
  showAround(seq: Seq): void {
    void this.#lead({ around: seq });
  }

  /** Leads to the first message since a time, in ms since 1970. */
  showDate(date: number): void {
    void this.#lead({ date });
  }

  /** Somebody has been led there: it is no goal any more, however often the room is shown. */
  landed(goal: Goal): void {
    if (goal === this.#state.goal) this.#parts.link().mark({ goal: undefined });
  }

  #unreadFrom(firstUnread: Seq | undefined): void {
    if (firstUnread !== this.#state.firstUnread) this.#parts.link().mark({ firstUnread });
  }

  get #state(): RoomState {
    return this.#parts.link().state;
  }

  /** The divider has been placed: the server knows of it what is not in memory. */
  #placed(): void {
    const { firstUnread, room } = this.#state;
    const unread = firstUnread === undefined ? undefined : unreadOf(this.#state, firstUnread);
    this.#become({ unread });
    if (unread !== undefined && unread.count === undefined) void this.#count(room, unread);
  }

  async #count(room: Address, unread: Unread): Promise<void> {
    const { ask } = this.#parts;
    const [first, rooms] = await Promise.all([
      answerOf(ask('messages', { room, seqs: [unread.from] })),
      answerOf(ask('rooms', {})),
    ]);
    if (this.#reading.unread !== unread) return;
    const since = first?.ok === true ? first.entries[0] : undefined;
    const count = rooms?.ok === true ? rooms.rooms.find((one) => one.room === room)?.unread : undefined;
    this.#become({
      unread: { ...unread, count: count || undefined, since: since && 'at' in since ? since.at : undefined },
    });
  }

  async #lead(where: Parameters<RoomLink['showAround']>[0]): Promise<void> {
    const why = whyNot(await this.#parts.link().showAround(where));
    if (why !== undefined) this.#become({ notLed: { why } });
  }

  #become(change: Partial<Reading>): void {
    this.#reading = { ...this.#reading, ...change };
    this.#parts.changed();
  }
}

/** What a page asks of a desk: of one that is made after these. */
export function readingActions(desk: () => ReadingDesk) {
  return {
    showAround: (seq: Seq) => desk().showAround(seq),
    showDate: (date: number) => desk().showDate(date),
    landed: (goal: Goal) => desk().landed(goal),
    markRead: () => desk().markRead(),
    inView: (span: Span | undefined) => desk().looked(span),
  };
}

/** Whether something of others stands there, or may: only then has anybody gone back. */
function isUnreadBetween(state: RoomState, after: Seq, upTo: Seq): boolean {
  if (!reaches(state, after + 1)) return true;
  return state.lines.some((line) => line.seq > after && line.seq <= upTo && isOthers(line, state));
}

/** Which message an address names. */
export function seqIn(address: URL): Seq | undefined {
  const at = address.searchParams.get('at') ?? '';
  // Fifteen digits are exact, and more messages than any room will have.
  return /^[1-9]\d{0,14}$/u.test(at) ? Number(at) : undefined;
}
