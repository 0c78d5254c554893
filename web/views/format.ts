// What a wish to format makes of a text and what is selected in it. A second time takes back what the first one did.
import { isAddress, selected } from './pasted-link.ts';

export const FORMATS = ['bold', 'italic', 'strike', 'code', 'quote', 'list', 'link', 'spoiler'] as const;
export type Format = (typeof FORMATS)[number];

/** A text, and from where to where it is selected. */
export interface Passage {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** From `from` to `to` stands `insert` instead, and `select` is selected then. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly select: readonly [number, number];
}

const MARKS = { bold: '**', italic: '*', strike: '~~', spoiler: '||' } as const;

export function formatted(passage: Passage, format: Format): Change {
  switch (format) {
    case 'bold':
    case 'italic':
    case 'strike':
    case 'spoiler':
      return paired(passage, MARKS[format]);
    case 'code':
      return selected(passage).includes('\n') ? fenced(passage) : coded(passage);
    case 'quote':
      return prefixed(passage, '> ');
    case 'list':
      return prefixed(passage, '- ');
    case 'link':
      return linked(passage);
  }
}

/** Marks hold on to words: a space at the edge stays outside. */
function trimmed({ text, from, to }: Passage): Passage {
  const words = text.slice(from, to);
  if (words.trim() === '') return { text, from, to };
  return { text, from: to - words.trimStart().length, to: from + words.trimEnd().length };
}

function paired(passage: Passage, mark: string): Change {
  const { text, from, to } = trimmed(passage);
  if (isWithin(text, from, to, mark)) return unpaired(text, from, to, mark.length);
  if (to - from > 2 * mark.length && isWithin(text, from + mark.length, to - mark.length, mark))
    return unpaired(text, from + mark.length, to - mark.length, mark.length);
  const lines = text.slice(from, to).split('\n');
  // No mark reaches over an empty line, and an item of a list begins with its own.
  const insert =
    lines.length === 1 ? mark + lines.join('') + mark : lines.map((line) => pairedLine(line, mark)).join('\n');
  const inner = lines.length === 1 ? mark.length : 0;
  return { from, to, insert, select: [from + inner, from + insert.length - inner] };
}

function pairedLine(line: string, mark: string): string {
  const [before = ''] = /^\s*(?:(?:[-*>]|\d{1,3}[.)]) +)*/u.exec(line) ?? [];
  const words = line.slice(before.length).trimEnd();
  return words === '' ? line : before + mark + words + mark;
}

/** One star beside two of bold is not of the pair that makes italic; three are of both. */
function isWithin(text: string, from: number, to: number, mark: string): boolean {
  const isOfIt = (run: number): boolean => (mark === '*' ? run === 1 || run === 3 : run >= mark.length && run <= 3);
  return isOfIt(runLength(text, mark, from - 1, -1)) && isOfIt(runLength(text, mark, to, 1));
}

/** How often the mark's character stands at `at` and on from there. */
function runLength(text: string, mark: string, at: number, step: 1 | -1): number {
  let length = 0;
  while (text.charAt(at + length * step) === mark.charAt(0)) length += 1;
  return length;
}

function unpaired(text: string, from: number, to: number, length: number): Change {
  const insert = text.slice(from, to);
  return { from: from - length, to: to + length, insert, select: [from - length, to - length] };
}

function coded(passage: Passage): Change {
  const { text, from, to } = trimmed(passage);
  const code = text.slice(from, to);
  if (text.charAt(from - 1) === '`' && text.charAt(to) === '`') return unpaired(text, from, to, 1);
  const longest = Math.max(0, ...(code.match(/`+/gu) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  const insert = mark + space + code + space + mark;
  const inner = mark.length + space.length;
  return { from, to, insert, select: [from + inner, from + insert.length - inner] };
}

function fenced({ text, from, to }: Passage): Change {
  const before = from === 0 || text.charAt(from - 1) === '\n' ? '' : '\n';
  const code = text.slice(from, to).replace(/\n$/u, '');
  const start = `${before}\`\`\`\n`;
  const after = to === text.length || text.charAt(to) === '\n' ? '' : '\n';
  const insert = `${start}${code}\n\`\`\`${after}`;
  return { from, to, insert, select: [from + start.length, from + start.length + code.length] };
}

/** All lines that the selection touches. */
function prefixed({ text, from, to }: Passage, prefix: string): Change {
  const start = text.slice(0, from).lastIndexOf('\n') + 1;
  const next = text.indexOf('\n', to);
  const end = next < 0 ? text.length : next;
  const lines = text.slice(start, end).split('\n');
  const isThere = lines.every((line) => line.startsWith(prefix));
  const insert = lines.map((line) => (isThere ? line.slice(prefix.length) : prefix + line)).join('\n');
  const at = start + insert.length;
  return { from: start, to: end, insert, select: lines.length === 1 ? [at, at] : [start, at] };
}

/** What is missing is selected, to be written over. */
function linked(passage: Passage): Change {
  const { text, from, to } = trimmed(passage);
  const words = text.slice(from, to);
  if (isAddress(words)) return { from, to, insert: `[](${words})`, select: [from + 1, from + 1] };
  const insert = `[${words}](https://)`;
  const at = from + words.length + 3;
  return { from, to, insert, select: words === '' ? [from + 1, from + 1] : [at, from + insert.length - 1] };
}
