import type { Target } from '../protocol/fields.ts';
import type { LookUps } from './connection/look-ups.ts';
import type { Outbox } from './connection/outbox.ts';
import type { EditDesk } from './edit-desk.ts';
import type { ReplyDesk } from './reply-desk.ts';
import type { MessageActions } from './views/message-acts.ts';

export interface MessageDeskParts {
  // Of the member that this tab is; undefined until it is known which.
  readonly outbox: () => Pick<Outbox, 'add' | 'delete'> | undefined;
  readonly edits: () => Pick<EditDesk, 'begin' | 'cancel'> | undefined;
  readonly replies: () => ReplyDesk | undefined;
  readonly lookUps: () => LookUps;
}

/** What is done with messages that are there: each wish goes the way of messages, and survives what they survive. */
export class MessageDesk {
  readonly actions: MessageActions;
  #isPinsShown = false;
  readonly #parts: Pick<MessageDeskParts, 'replies' | 'lookUps'>;

  constructor({ outbox, edits, replies, lookUps }: MessageDeskParts) {
    this.#parts = { replies, lookUps };
    const reply = (target: Target): void => {
      edits()?.cancel();
      replies()?.answer(target);
    };
    this.actions = {
      react: (target, emoji, isWanted) => void outbox()?.add({ kind: isWanted ? 'react' : 'unreact', target, emoji }),
      pin: (target, isWanted) => void outbox()?.add({ kind: isWanted ? 'pin' : 'unpin', target }),
      deleteMessage: (target) => void outbox()?.delete(target),
      editMessage: (own) => edits()?.begin(own),
      reply,
      cancelReply: () => replies()?.answer(undefined),
      lookUp: (seqs) => void lookUps().messages(seqs),
      listPins: () => {
        this.#isPinsShown = true;
        void lookUps().pins();
      },
      markUnread: (seq) => lookUps().unread(seq),
      earlier: (seq) => lookUps().earlier(seq),
    };
  }

  /** What is shown of other messages has to be asked for. */
  joined(): void {
    const target = this.#parts.replies()?.target;
    if (typeof target === 'number') void this.#parts.lookUps().messages([target]);
    if (this.#isPinsShown) void this.#parts.lookUps().pins();
  }
}
