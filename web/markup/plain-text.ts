// What of a text is left without its marks.
import type { Block, Inline, Markup } from './tree.ts';

/** What stands for what is not told as it is. */
interface Manner {
  readonly spoiler: (text: string) => string;
  readonly codeBlock: (text: string) => string;
}

/** Every letter that is drawn, once and in order. */
const SEEN: Manner = { spoiler: (text) => text, codeBlock: (text) => text };
/** Nothing is given away where there is nothing to press. */
const VEILED: Manner = { ...SEEN, spoiler: () => '(spoiler)' };
/** Nobody can listen to code. */
const TOLD: Manner = { ...VEILED, codeBlock: () => '(code)' };

export function plainText(markup: Markup): string {
  return markup.kind === 'action' ? plainWords(markup.words) : blocksIn(markup.blocks, SEEN);
}

/** For whoever hears it, or reads it in a line elsewhere. */
export function toldText(markup: Markup): string {
  return markup.kind === 'action' ? wordsIn(markup.words, TOLD) : blocksIn(markup.blocks, TOLD);
}

/** For one line of it elsewhere, where code is text and nothing can be pressed. */
export function lineText(markup: Markup): string {
  return markup.kind === 'action' ? wordsIn(markup.words, VEILED) : blocksIn(markup.blocks, VEILED);
}

/** For what there are no elements left for. */
export function veiledText(blocks: readonly Block[]): string {
  return blocksIn(blocks, VEILED);
}

export function veiledWords(words: readonly Inline[]): string {
  return wordsIn(words, VEILED);
}

export function plainWords(words: readonly Inline[]): string {
  return wordsIn(words, SEEN);
}

function blocksIn(blocks: readonly Block[], manner: Manner): string {
  return blocks.map((block) => blockIn(block, manner)).join('\n');
}

function blockIn(block: Block, manner: Manner): string {
  switch (block.kind) {
    case 'paragraph':
      return wordsIn(block.words, manner);
    case 'codeBlock':
      return manner.codeBlock(block.text);
    case 'quote':
      return blocksIn(block.blocks, manner);
    case 'list':
      return block.items.map(({ blocks }) => blocksIn(blocks, manner)).join('\n');
  }
}

function wordsIn(words: readonly Inline[], manner: Manner): string {
  return words.map((word) => wordIn(word, manner)).join('');
}

function wordIn(word: Inline, manner: Manner): string {
  switch (word.kind) {
    case 'text':
    case 'code':
      return word.text;
    case 'mention':
      return `@${word.name}`;
    case 'spoiler':
      return manner.spoiler(wordsIn(word.words, manner));
    case 'bold':
    case 'italic':
    case 'strike':
    case 'link':
      return wordsIn(word.words, manner);
  }
}
