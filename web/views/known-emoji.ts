import type { emojiCalled } from '../markup/emoji-names.ts';
import type { EmojiLookup } from '../markup/tree.ts';

interface EmojiNames {
  readonly emojiNamed: EmojiLookup;
  readonly emojiCalled: typeof emojiCalled;
}

let loaded: EmojiNames | undefined;

/** Undefined until the names are loaded. */
export function knownEmoji(): EmojiLookup | undefined {
  return loaded?.emojiNamed;
}

/** By some letters of their names; undefined until these are loaded. */
export function knownEmojiNames(): typeof emojiCalled | undefined {
  return loaded?.emojiCalled;
}

/** Calls `then` when the names are there; where they cannot be loaded, names stay as they were written. */
export function loadEmoji(then: () => void): void {
  import('../markup/emoji-names.ts').then(
    (names) => {
      loaded = names;
      then();
    },
    () => undefined,
  );
}
