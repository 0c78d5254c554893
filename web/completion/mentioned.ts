import type { MemberId } from '../../protocol/ids.ts';
import { MAX_MENTIONS } from '../../protocol/limits.ts';
import type { Along } from '../connection/outbox-item.ts';
import { parse } from '../markup/parse.ts';
import type { Block, Inline, Markup } from '../markup/tree.ts';

interface Meant {
  readonly id: MemberId;
  readonly name: string;
}

/** Whom of `people` the text means by "@" and their name (L14), as it will be read: not in code, and "@Anna" is not Ann. */
export function mentionedIn<Somebody extends Meant>(text: string, people: readonly Somebody[]): readonly Somebody[] {
  if (!text.includes('@')) return [];
  const called = people.filter(({ name }) => text.includes(`@${name}`));
  const ids = new Set(idsIn(parse(text, { named: called })));
  return called.filter(({ id }) => ids.has(id)).slice(0, MAX_MENTIONS);
}

/** What goes with a text into the log. */
export function alongOf(text: string, people: readonly Meant[]): Pick<Along, 'mentions'> {
  const mentions = mentionedIn(text, people).map(({ id }) => id);
  return mentions.length === 0 ? {} : { mentions };
}

function idsIn(markup: Markup): readonly string[] {
  return markup.kind === 'action' ? inWords(markup.words) : inBlocks(markup.blocks);
}

function inBlocks(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return inWords(block.words);
      case 'quote':
        return inBlocks(block.blocks);
      case 'list':
        return block.items.flatMap((item) => inBlocks(item.blocks));
      case 'codeBlock':
        return [];
    }
  });
}

function inWords(words: readonly Inline[]): readonly string[] {
  return words.flatMap((word) => {
    if (word.kind === 'mention') return [word.id];
    return 'words' in word ? inWords(word.words) : [];
  });
}
