// Line by line. What is within a quote or an item of a list is lines again, without what makes them so.
import { readInline } from './inline.ts';
import type { Reading } from './reading.ts';
import type { Block, Item } from './tree.ts';

/** Quotes and lists within each other; what goes deeper is text. Each level reads its lines once more. */
const MOST_LEVELS = 6;
/** Three backticks or more, at the beginning of a line or behind what leads to the code. */
const FENCE = /^([^`]*)(`{3,})([^`]*)$/u;
const FENCE_LENGTH = 3;
const LANGUAGE = /^[\w+#.-]{1,32}$/u;
/** "```one line```" */
const FENCED_LINE = /^ {0,3}(`{3,})([^`]+)\1\s*$/u;
/** `>_<` and `>:(` are faces. */
const QUOTED = /^>+(?: |$)/u;
/** A year at the beginning of a sentence has more digits. */
const ITEM = /^( {0,3})(?:[-*]|(0|[1-9]\d{0,2})[.)]) +/u;
/** "- - -": a drawn line; and what is not written yet. */
const NOTHING = /^[-*\s]*$/u;
/** Further in than its mark by this much, a line is of the item above it. */
const INDENT = 2;
const TAB_INDENT = 4;

export function readBlocks(text: string, reading: Reading): readonly Block[] {
  return new BlockReader(text.split(/\r\n?|\n/u), reading, 0).read();
}

class BlockReader {
  readonly #lines: readonly string[];
  readonly #reading: Reading;
  readonly #level: number;
  #at = 0;
  #paragraph: string[] = [];
  readonly #blocks: Block[] = [];
  /** The last line at which code can end. */
  #lastFence: number | undefined;

  constructor(lines: readonly string[], reading: Reading, level: number) {
    this.#lines = lines;
    this.#reading = reading;
    this.#level = level;
  }

  read(): readonly Block[] {
    while (this.#at < this.#lines.length) {
      const line = this.#next();
      if (line.trim() === '') this.#endParagraph();
      else if (!this.#readQuote(line) && !this.#readList(line) && !this.#readCode(line)) this.#paragraph.push(line);
    }
    this.#endParagraph();
    return this.#blocks;
  }

  #next(): string {
    const line = this.#lines[this.#at] ?? '';
    this.#at += 1;
    // Looked at for what it may begin.
    this.#reading.steps += line.length + 1;
    return line;
  }

  #endParagraph(): void {
    const text = this.#paragraph.join('\n');
    this.#paragraph = [];
    if (text !== '') this.#blocks.push({ kind: 'paragraph', words: readInline(text, this.#reading) });
  }

  #add(block: Block): true {
    this.#endParagraph();
    this.#blocks.push(block);
    return true;
  }

  #readCode(line: string): boolean {
    const [, , whole] = FENCED_LINE.exec(line) ?? [];
    if (whole !== undefined) return this.#add({ kind: 'codeBlock', language: '', text: whole });
    const [, before = '', fence, after = ''] = FENCE.exec(line) ?? [];
    if (fence === undefined) return false;
    const info = after.trim();
    const isLanguage = info === '' || LANGUAGE.test(info);
    if (before.trim() !== '') {
      // Within a sentence it is code only where that ends.
      if (!isLanguage || this.#at > this.#findLastFence()) return false;
      this.#paragraph.push(before);
    }
    const first = isLanguage ? [] : [after];
    const text = [...first, ...this.#takeCode(fence.length)].join('\n');
    return this.#add({ kind: 'codeBlock', language: isLanguage ? info : '', text });
  }

  /** Up to the fence that closes it, which may stand behind its last line; without one, all there is. */
  #takeCode(length: number): string[] {
    const code: string[] = [];
    while (this.#at < this.#lines.length) {
      const line = this.#next();
      const fence = fenceAtEnd(line);
      if (fence < length) code.push(line);
      else {
        const last = line.trimEnd().slice(0, -fence);
        if (last.trim() !== '') code.push(last);
        break;
      }
    }
    return code;
  }

  #findLastFence(): number {
    this.#lastFence ??= this.#lines.findLastIndex((line) => fenceAtEnd(line) >= FENCE_LENGTH);
    return this.#lastFence;
  }

  #readQuote(first: string): boolean {
    if (this.#level >= MOST_LEVELS || !QUOTED.test(first)) return false;
    const lines = [unquoted(first)];
    while (QUOTED.test(this.#lines[this.#at] ?? '')) lines.push(unquoted(this.#next()));
    return this.#add({ kind: 'quote', blocks: this.#within(lines) });
  }

  #within(lines: readonly string[]): readonly Block[] {
    return new BlockReader(lines, this.#reading, this.#level + 1).read();
  }

  #readList(first: string): boolean {
    const mark = this.#level >= MOST_LEVELS ? undefined : itemMark(first);
    if (mark === undefined) return false;
    const { isOrdered } = mark;
    const items = [this.#readItem(first, mark)];
    for (;;) {
      const line = this.#lines[this.#at] ?? '';
      const next = itemMark(line);
      if (next?.isOrdered !== isOrdered) return this.#add({ kind: 'list', isOrdered, items: numbered(items) });
      this.#next();
      items.push(this.#readItem(line, next));
    }
  }

  #readItem(first: string, mark: ItemMark): Item {
    const blocks = this.#within([first.slice(mark.length), ...this.#takeIndented(mark)]);
    return { number: mark.number, blocks };
  }

  /** The lines that belong to an item, after its first. */
  #takeIndented({ indent, length }: ItemMark): string[] {
    const taken: string[] = [];
    for (;;) {
      const line = expanded(this.#lines[this.#at] ?? '');
      const isGap = line.trim() === '' && indentOf(expanded(this.#lines[this.#at + 1] ?? '')) >= indent + INDENT;
      if (!isGap && indentOf(line) < indent + INDENT) return taken;
      this.#next();
      taken.push(line.slice(Math.min(indentOf(line), length)));
    }
  }
}

interface ItemMark {
  readonly isOrdered: boolean;
  readonly number: number;
  readonly indent: number;
  /** Of all that is not the item's text. */
  readonly length: number;
}

function itemMark(line: string): ItemMark | undefined {
  const [mark, indent = '', number] = ITEM.exec(line) ?? [];
  if (mark === undefined || NOTHING.test(line.slice(mark.length))) return undefined;
  return { isOrdered: number !== undefined, number: Number(number ?? 0), indent: indent.length, length: mark.length };
}

/** "1. 1. 1." counts on; any other number is meant as it is. */
function numbered(items: readonly Item[]): Item[] {
  let shown = 0;
  return items.map((item, at) => {
    shown = item.number === items[at - 1]?.number ? shown + 1 : item.number;
    return { ...item, number: shown };
  });
}

/** How many backticks the line ends with. */
function fenceAtEnd(line: string): number {
  const text = line.trimEnd();
  let start = text.length;
  while (text.charAt(start - 1) === '`') start -= 1;
  return text.length - start;
}

function unquoted(line: string): string {
  return line.slice(line.startsWith('> ') ? 2 : 1);
}

/** Tabs before the text, as wide as most programs make them. */
function expanded(line: string): string {
  return line.replace(/^[ \t]+/u, (space) => space.replaceAll('\t', ' '.repeat(TAB_INDENT)));
}

/** An empty line ends an item, unless what follows is further in. */
function indentOf(line: string): number {
  return line.trim() === '' ? 0 : line.length - line.trimStart().length;
}
