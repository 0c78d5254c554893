// What a text becomes before it is drawn. A tree of these is all that views get: nowhere is there a string of HTML.

/** action: "/me waves", told of whoever wrote it. */
export type Markup =
  | { readonly kind: 'said'; readonly blocks: readonly Block[] }
  | { readonly kind: 'action'; readonly words: readonly Inline[] };

export type Block =
  | { readonly kind: 'paragraph'; readonly words: readonly Inline[] }
  | { readonly kind: 'codeBlock'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly Item[] };

/** `number`: as it was written, for people say "see 3". */
export interface Item {
  readonly number: number;
  readonly blocks: readonly Block[];
}

/** A line break is a "\n" in a text. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'spoiler'; readonly words: readonly Inline[] }
  /** `url` is a whole address of http, https or mailto; `isBare`: it stands there as it was written. */
  | { readonly kind: 'link'; readonly url: string; readonly isBare: boolean; readonly words: readonly Inline[] }
  | { readonly kind: 'mention'; readonly id: string; readonly name: string };

/** Somebody who can be meant by `@` and their name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The emoji that is called so between two colons; undefined where there is none, or none is known yet. */
export type EmojiLookup = (name: string) => string | undefined;
