import type { EmojiLookup, Named } from './tree.ts';

/** More people than anybody calls at once; each is looked for at each "@". */
const MOST_NAMED = 50;

/** What a text is read with, and how much work it was. */
export class Reading {
  /** Of two names the longer one is looked for first: "Ada" is not meant by "@Ada Lovelace" where both are here. */
  readonly named: readonly Named[];
  readonly emoji: EmojiLookup;
  /** Characters looked at, each time that one is. */
  steps = 0;

  constructor(named: readonly Named[], emoji: EmojiLookup) {
    this.named = named
      .slice(0, MOST_NAMED)
      .filter(({ name }) => name !== '')
      .sort((one, other) => other.name.length - one.name.length);
    this.emoji = emoji;
  }
}
