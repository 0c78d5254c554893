// What a message is beside its words, as one looks for it. One reading for all engines.
import { foldName, type Having } from '../../protocol/search-query.ts';

export interface Marked {
  readonly body: string;
  readonly senderName: string;
  /** As mentions.ts writes it. */
  readonly mentions: string;
  readonly isPinned: boolean;
  readonly isReactedTo: boolean;
}

/** As a text is turned into links, roughly: whoever looks for one wants to see it. */
const LINK = /(?<![\p{L}\p{N}])(?:https?:\/\/|mailto:)[^\s<>"]/iu;

export function hasMark(marked: Marked, having: Having): boolean {
  switch (having) {
    case 'link':
      return LINK.test(marked.body);
    case 'mention':
      return marked.mentions !== '';
    case 'reaction':
      return marked.isReactedTo;
    case 'pin':
      return marked.isPinned;
  }
}

export function isFrom({ senderName }: Marked, folded: string): boolean {
  return foldName(senderName) === folded;
}
