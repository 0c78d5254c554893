// For tests: a tree in one line.
import type { Block, Inline, Markup } from './tree.ts';

const MARKS = { bold: 'b', italic: 'i', strike: 's', spoiler: 'spoiler' } as const;

/** `p(one b(two))`: blocks and words by short names, a link with its address, a line break as it is. */
export function outline(markup: Markup): string {
  return markup.kind === 'action' ? `me(${wordsIn(markup.words)})` : blocksIn(markup.blocks);
}

function blocksIn(blocks: readonly Block[]): string {
  return blocks.map(blockIn).join(' ');
}

function blockIn(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `p(${wordsIn(block.words)})`;
    case 'codeBlock':
      return `pre${block.language === '' ? '' : `:${block.language}`}(${block.text})`;
    case 'quote':
      return `quote(${blocksIn(block.blocks)})`;
    case 'list':
      return block.items
        .map(({ number, blocks }) => `${block.isOrdered ? `${number}.` : '-'}(${blocksIn(blocks)})`)
        .join(' ');
  }
}

function wordsIn(words: readonly Inline[]): string {
  return words.map(wordIn).join('');
}

function wordIn(word: Inline): string {
  switch (word.kind) {
    case 'text':
      return word.text;
    case 'code':
      return `code(${word.text})`;
    case 'mention':
      return `@${word.id}(${word.name})`;
    case 'link':
      return `${word.isBare ? 'url' : 'a'}:${word.url}(${wordsIn(word.words)})`;
    case 'bold':
    case 'italic':
    case 'strike':
    case 'spoiler':
      return `${MARKS[word.kind]}(${wordsIn(word.words)})`;
  }
}
