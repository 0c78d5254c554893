import type { ComponentChildren, VNode } from 'preact';
import { hiddenHost } from '../markup/links.ts';
import { plainWords, veiledText, veiledWords } from '../markup/plain-text.ts';
import type { Block, Inline, Item } from '../markup/tree.ts';
import { CODE_BLOCK_ELEMENTS, CodeBlock } from './code-block.tsx';
import { Spoiler, SPOILER_ELEMENTS } from './spoiler.tsx';

/** Of one message: with 300 rows of them a page still scrolls. What is beyond is text without its marks. */
export const MOST_ELEMENTS = 300;
/** The paragraph for what is left over, and the marks behind it: that it is edited, or on its way, with a clock. */
const KEPT_ELEMENTS = 6;

/** A number of three digits wants more room. */
const LONG = 100;

type List = Extract<Block, { kind: 'list' }>;

/** Makes elements of a tree, one message long. */
export class Drawing {
  #left = MOST_ELEMENTS - KEPT_ELEMENTS;
  readonly #me: string | undefined;

  /** `me`: the id of whoever looks. */
  constructor(me?: string) {
    this.#me = me;
  }

  /** `marks` stand in the last line, where that is one of a paragraph. */
  said(blocks: readonly Block[], marks: ComponentChildren): ComponentChildren {
    const drawn: VNode[] = [];
    for (const [at, block] of blocks.entries()) {
      const isLast = at === blocks.length - 1;
      const node = this.#block(block, isLast && block.kind === 'paragraph' ? marks : null);
      if (node === undefined) return [...drawn, paragraph([veiledText(blocks.slice(at)), marks])];
      drawn.push(node);
    }
    return blocks.at(-1)?.kind === 'paragraph' ? drawn : [...drawn, marks === null ? null : paragraph(marks)];
  }

  words(words: readonly Inline[]): ComponentChildren {
    return words.map((word, at) => this.#word(word, at));
  }

  #take(count: number): boolean {
    const isThere = this.#left >= count;
    if (isThere) this.#left -= count;
    return isThere;
  }

  #block(block: Block, marks: ComponentChildren): VNode | undefined {
    switch (block.kind) {
      case 'paragraph':
        return this.#take(1) ? paragraph([this.words(block.words), marks]) : undefined;
      case 'codeBlock': {
        const { language, text } = block;
        return this.#take(CODE_BLOCK_ELEMENTS) ? <CodeBlock language={language} text={text} /> : undefined;
      }
      case 'quote':
        return this.#take(1) ? <blockquote dir="auto">{this.#within(block.blocks)}</blockquote> : undefined;
      case 'list':
        return this.#take(2) ? this.#list(block) : undefined;
    }
  }

  /** In an element that says already where a line begins. */
  #within(blocks: readonly Block[]): ComponentChildren {
    const drawn: ComponentChildren[] = [];
    for (const [at, block] of blocks.entries()) {
      // The first of an item or a quote stands beside its mark.
      const node = at === 0 && block.kind === 'paragraph' ? this.words(block.words) : this.#block(block, null);
      if (node === undefined) return [...drawn, `\n${veiledText(blocks.slice(at))}`];
      drawn.push(node);
    }
    return drawn;
  }

  #list({ isOrdered, items }: List): VNode {
    const drawn: VNode[] = [];
    for (const [at, item] of items.entries()) {
      // For the first there is room: the list has asked.
      const isLast = at === items.length - 1 || !this.#take(1);
      const rest = isLast ? restOf(items.slice(at + 1), isOrdered) : '';
      drawn.push(
        <li key={at} value={isOrdered ? item.number : undefined}>
          {this.#within(item.blocks)}
          {rest}
        </li>,
      );
      if (isLast) break;
    }
    if (!isOrdered) return <ul dir="auto">{drawn}</ul>;
    return (
      <ol dir="auto" class={(items.at(-1)?.number ?? 0) >= LONG ? 'long' : undefined}>
        {drawn}
      </ol>
    );
  }

  #word(word: Inline, at: number): ComponentChildren {
    switch (word.kind) {
      case 'text':
        return word.text;
      case 'code':
        return this.#take(1) ? <code>{word.text}</code> : word.text;
      case 'mention':
        return this.#take(1) ? (
          <bdi class={word.id === this.#me ? 'mention of-me' : 'mention'}>@{word.name}</bdi>
        ) : (
          `@${word.name}`
        );
      case 'link':
        return this.#take(2) ? this.#link(word) : veiledWords([word]);
      case 'spoiler': {
        if (!this.#take(SPOILER_ELEMENTS)) return veiledWords([word]);
        const text = plainWords(word.words);
        return (
          <Spoiler key={`${at} ${text}`} text={text}>
            {this.words(word.words)}
          </Spoiler>
        );
      }
      case 'bold':
        return this.#take(1) ? <strong>{this.words(word.words)}</strong> : this.words(word.words);
      case 'italic':
        return this.#take(1) ? <em>{this.words(word.words)}</em> : this.words(word.words);
      case 'strike':
        return this.#take(1) ? <s>{this.words(word.words)}</s> : this.words(word.words);
    }
  }

  #link({ url, words }: Extract<Inline, { kind: 'link' }>): ComponentChildren {
    const host = hiddenHost(url, plainWords(words));
    // Where a mail program opens, an empty tab would be left.
    const target = url.startsWith('mailto:') ? undefined : '_blank';
    return [
      <a href={url} target={target} rel="noopener nofollow ugc">
        {this.words(words)}
      </a>,
      host === undefined ? null : <bdi class="host"> ({host})</bdi>,
    ];
  }
}

function paragraph(children: ComponentChildren): VNode {
  return <p dir="auto">{children}</p>;
}

/** The items for which no elements are left. */
function restOf(items: readonly Item[], isOrdered: boolean): string {
  return items.map(({ number, blocks }) => `\n${isOrdered ? `${number}.` : '-'} ${veiledText(blocks)}`).join('');
}
