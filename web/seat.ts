import type { ClientId, MemberId } from '../protocol/ids.ts';
import type { Ask } from './connection/ask.ts';
import type { Clock, Random } from './connection/clock.ts';
import { Draft } from './connection/draft.ts';
import { Handover, type HandoverStorage, type Said } from './connection/handover.ts';
import { Outbox, type OutboxState } from './connection/outbox.ts';
import type { OutboxItem, Owner, Refusal } from './connection/outbox-item.ts';
import { OutboxNews } from './connection/outbox-news.ts';
import type { OutboxStorage } from './connection/outbox-storage.ts';
import { isSentFor, type Locks, SendingLock } from './connection/sending-lock.ts';
import type { RoomState } from './state/room-state.ts';

export interface SeatParts {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly random: Random;
  readonly newClientId: () => ClientId;
  readonly storage: OutboxStorage;
  readonly texts: HandoverStorage;
  readonly locks: Locks | undefined;
  readonly events: SeatEvents;
}

export interface SeatEvents {
  changed(state: OutboxState): void;
  silent(): void;
  notJoined(): void;
  /** A change that keeps nobody's words was refused for good, and is gone. */
  refused?(item: OutboxItem, refusal: Refusal): void;
  /** S6: whether this tab is the one that sends for this member. */
  sends?(isSender: boolean): void;
}

/** What one member has in this tab: what it wants to say, what it is typing, and whether this tab sends for it. */
export class Seat {
  readonly outbox: Outbox;
  readonly draft: Draft;
  readonly #handover: Handover;
  readonly #lock: SendingLock;
  readonly #news: OutboxNews;
  readonly #locks: Locks | undefined;

  constructor(owner: Owner, { texts, locks, events, ...parts }: SeatParts) {
    this.draft = new Draft(texts, parts.clock, owner);
    this.#handover = new Handover(texts, owner);
    this.#news = new OutboxNews(owner, {
      stored: () => void this.outbox.reload(),
      settled: (settled) => this.outbox.settled(settled),
      lock: (word) => this.#lock.heard(word),
    });
    this.outbox = new Outbox({
      ...parts,
      owner,
      turnConfirmed: () => this.#lock.confirmed(),
      events: {
        ...events,
        stored: () => this.#news.stored(),
        settled: (settled) => this.#news.settled(settled),
        refused: (item, refusal) => events.refused?.(item, refusal),
      },
    });
    this.#lock = new SendingLock({
      locks,
      owner,
      clock: parts.clock,
      setSender: (isSender) => {
        events.sends?.(isSender);
        return this.outbox.setSender(isSender);
      },
      say: (word) => this.#news.lock(word),
    });
    this.#locks = locks;
  }

  /** Reads what is kept, and waits for its turn to send it. `isSeen`: somebody looks at the page. */
  open(isSeen: boolean): void {
    void this.outbox.reload();
    this.takeOver(this.#handover);
    this.#lock.open(isSeen);
  }

  /** `typed`: what is in the composer by now. The draft is on disk until the message is. */
  send(said: Said, typed: () => string): void {
    const isKept = this.#handover.give(said);
    if (isKept) this.#keepDraft(typed());
    void this.outbox.send(said.text, said, said.along).then(() => {
      this.#handover.taken(said.clientId);
      if (!isKept) this.#keepDraft(typed());
    });
  }

  /** What a page that has gone left on its way to the outbox. */
  takeOver(from: Handover): void {
    for (const said of from.left())
      void this.outbox.send(said.text, said, said.along).then(() => from.taken(said.clientId));
  }

  /** The room was joined as this member; `former` is who this tab was before, in a session that has ended. */
  joined(former: MemberId | undefined): void {
    void this.outbox.adoptAbandoned((owner) => isSentFor(this.#locks, owner), former);
    this.outbox.online();
  }

  /** Nothing goes from this page any more: whoever comes in again in another tab is to take over what waits here. */
  ended(): void {
    this.outbox.offline();
    this.#lock.close();
  }

  /** The room is known up to there, and who this is in it. */
  reached({ last, me }: RoomState): void {
    this.outbox.reached(last.seq);
    const { member, name } = this.outbox.owner;
    if (me?.id === member && me.name !== name) void this.outbox.renamed(me.name);
  }

  /** The page is hidden, and may never be seen again. */
  hidden(): void {
    this.draft.save();
    this.#lock.hidden();
  }

  /** Somebody looks at the page again. */
  seen(): void {
    this.#lock.seen();
  }

  #keepDraft(text: string): void {
    this.draft.write(text);
    this.draft.save();
  }

  close(): void {
    this.draft.save();
    this.outbox.close();
    this.#lock.close();
    this.#news.close();
  }
}
