import type { Outbox } from './connection/outbox.ts';
import type { EditDesk } from './edit-desk.ts';
import type { MessageActions } from './views/message-acts.ts';

export interface MessageDeskParts {
  /** Of the member that this tab is; undefined until it is known which. */
  readonly outbox: () => Pick<Outbox, 'add' | 'delete'> | undefined;
  readonly edits: () => Pick<EditDesk, 'begin'> | undefined;
}

/** What is done with messages that are there: each wish goes the way of messages, and survives what they survive. */
export class MessageDesk {
  readonly actions: MessageActions;

  constructor({ outbox, edits }: MessageDeskParts) {
    this.actions = {
      react: (target, emoji, isWanted) => void outbox()?.add({ kind: isWanted ? 'react' : 'unreact', target, emoji }),
      pin: (target, isWanted) => void outbox()?.add({ kind: isWanted ? 'pin' : 'unpin', target }),
      deleteMessage: (target) => void outbox()?.delete(target),
      editMessage: (own) => edits()?.begin(own),
    };
  }
}
