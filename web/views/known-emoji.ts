import type { EmojiLookup } from '../markup/tree.ts';

let known: EmojiLookup | undefined;

/** Undefined until the names are loaded. */
export function knownEmoji(): EmojiLookup | undefined {
  return known;
}

/** Calls `then` when the names are there; where they cannot be loaded, names stay as they were written. */
export function loadEmoji(then: () => void): void {
  import('../markup/emoji-names.ts').then(
    ({ emojiNamed }) => {
      known = emojiNamed;
      then();
    },
    () => undefined,
  );
}
