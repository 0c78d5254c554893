// From left to right, once. A mark that opens is text until another one closes it; each kind of mark is open at most once,
// so nothing is ever nested deeper than there are kinds, and no text has a long stack.
import { canBeLinked, merged, withoutLinks } from './inline-nodes.ts';
import { characterAt, characterBefore, isDigit, isSpace, isWordLetter } from './letters.ts';
import { bareUrlEnd, bracketedUrlEnd, safeUrl } from './links.ts';
import type { Reading } from './reading.ts';
import type { Inline } from './tree.ts';

/** What each pair of marks makes of the words between them. */
const KINDS = { '*': 'italic', '**': 'bold', _: 'italic', '~~': 'strike', '||': 'spoiler' } as const;
type Mark = keyof typeof KINDS;

/** Where it is text among what was read so far, for as long as nothing closes it. */
interface Opener {
  readonly mark: Mark | '[';
  readonly index: number;
}

/** Longer runs are drawn lines, and no marks. */
const RUNS: ReadonlyMap<string, readonly number[]> = new Map([
  ['*', [1, 2, 3]],
  ['_', [1]],
  ['~', [2]],
  ['|', [2]],
]);
/** What a backslash takes the meaning from; it stays where there is none: C:\Users, \\server. */
const ESCAPABLE = /[*_~|`[\]:@]/u;
const ESCAPABLE_AT_START = /[>\-/\d]/u;
/** Its arm is no backslash before a mark. */
const SHRUG = '¯\\_(ツ)_/¯';
const EMOJI = /:([a-z0-9_+-]{1,64}):/y;

/** What is in the lines of one paragraph. */
export function readInline(text: string, reading: Reading): readonly Inline[] {
  return new InlineReader(text, reading).read();
}

class InlineReader {
  readonly #text: string;
  readonly #reading: Reading;
  #at = 0;
  /** From here to #at there is nothing but text. */
  #plain = 0;
  readonly #read: Inline[] = [];
  #open: Opener[] = [];
  /** For each run of backticks that another one of its length follows: where that one begins. */
  #closingRuns: ReadonlyMap<number, number> | undefined;

  constructor(text: string, reading: Reading) {
    this.#text = text;
    this.#reading = reading;
  }

  read(): readonly Inline[] {
    while (this.#at < this.#text.length) {
      this.#reading.steps += 1;
      const from = this.#at;
      if (this.#readMarkup(this.#text.charAt(from))) this.#reading.steps += this.#at - from;
      else this.#at += 1;
    }
    this.#flush();
    return merged(this.#read);
  }

  /** Whether there was any, or something that only looks like it: then it stands behind it. */
  #readMarkup(character: string): boolean {
    switch (character) {
      case '\\':
        return this.#readEscape();
      case '`':
        return this.#readCode();
      case '*':
      case '_':
      case '~':
      case '|':
        return this.#readMarks(character);
      case '[':
        return this.#openMark('[');
      case ']':
        return this.#readLinkEnd();
      case 'h':
      case 'H':
      case 'm':
      case 'M':
        return this.#readUrl();
      case '@':
        return this.#readMention();
      case ':':
        return this.#readEmoji();
      case '¯':
        return this.#skip(this.#text.startsWith(SHRUG, this.#at) ? SHRUG.length : 0);
      default:
        return false;
    }
  }

  /** So much of it is text, whatever it looks like. */
  #skip(length: number): boolean {
    this.#at += length;
    return length > 0;
  }

  #flush(): void {
    if (this.#plain < this.#at) this.#read.push({ kind: 'text', text: this.#text.slice(this.#plain, this.#at) });
    this.#plain = this.#at;
  }

  /** `node` stands for the next `length` characters. */
  #put(node: Inline, length: number): true {
    this.#flush();
    this.#read.push(node);
    this.#at += length;
    this.#plain = this.#at;
    return true;
  }

  #readEscape(): boolean {
    const next = this.#text.charAt(this.#at + 1);
    const isStart = this.#at === 0 || this.#text.charAt(this.#at - 1) === '\n';
    if (!ESCAPABLE.test(next) && !(isStart && ESCAPABLE_AT_START.test(next))) return false;
    this.#flush();
    this.#plain = this.#at + 1;
    return this.#skip(2);
  }

  #readCode(): boolean {
    const length = runLength(this.#text, this.#at);
    this.#closingRuns ??= closingRuns(this.#text, this.#reading);
    const end = this.#closingRuns.get(this.#at);
    if (end === undefined) return this.#skip(length);
    const inside = this.#text.slice(this.#at + length, end);
    // A space at each end keeps backticks apart from the marks, and is not of the code.
    const isPadded = /^\s/u.test(inside) && /\s$/u.test(inside) && inside.trim() !== '';
    return this.#put({ kind: 'code', text: isPadded ? inside.slice(1, -1) : inside }, end + length - this.#at);
  }

  #readMarks(character: '*' | '_' | '~' | '|'): boolean {
    const length = runLength(this.#text, this.#at);
    if (RUNS.get(character)?.includes(length) !== true) return this.#skip(length);
    const { opens, closes } = this.#sidesOf(character, length);
    for (let left = length; left > 0; ) {
      const closed = closes ? this.#toClose(character, left, length) : undefined;
      const mark = closed ?? toOpen(character, left);
      if (closed !== undefined) this.#closeMark(closed);
      else if (opens) this.#openMark(mark);
      else return this.#skip(left);
      left -= mark.length;
    }
    return true;
  }

  #sidesOf(character: string, length: number): { opens: boolean; closes: boolean } {
    const before = characterBefore(this.#text, this.#at);
    const after = characterAt(this.#text, this.#at + length);
    const isProduct = character === '*' && isDigit(before) && isDigit(after);
    const isInWord = (beside: string): boolean => character === '_' && isWordLetter(beside);
    return {
      opens: !isSpace(after) && !isProduct && !isInWord(before),
      closes: !isSpace(before) && !isProduct && !isInWord(after),
    };
  }

  /** The mark that was opened last, of those that a run of this length can close: three stars close one and two. */
  #toClose(character: string, left: number, length: number): Mark | undefined {
    const mark = this.#open.findLast((opener) => opener.mark.startsWith(character))?.mark;
    const other = this.#open.find((opener) => opener.mark.startsWith(character))?.mark;
    const fits = (one: Opener['mark'] | undefined): one is Mark =>
      one !== undefined && one !== '[' && (length === 3 ? one.length <= left : one.length === length);
    return fits(mark) ? mark : fits(other) ? other : undefined;
  }

  #openMark(mark: Opener['mark']): true {
    // Of two that are open the nearer one is meant.
    this.#open = this.#open.filter((opener) => opener.mark !== mark);
    this.#flush();
    this.#open.push({ mark, index: this.#read.length });
    return this.#put({ kind: 'text', text: mark }, mark.length);
  }

  #closeMark(mark: Mark): void {
    this.#untangle(mark);
    const words = this.#takeFrom(mark);
    this.#put({ kind: KINDS[mark], words }, mark.length);
  }

  /** Of three stars that opened together those that are closed first are the inner ones. */
  #untangle(mark: Mark): void {
    const [outer, inner] = this.#open.slice(-2);
    if (outer === undefined || inner === undefined || outer.mark !== mark || outer.index + 1 !== inner.index) return;
    if (!/^\*+$/u.test(outer.mark + inner.mark)) return;
    this.#open.splice(-2, 2, { mark: inner.mark, index: outer.index }, { mark, index: inner.index });
    this.#read.splice(outer.index, 2, { kind: 'text', text: inner.mark }, { kind: 'text', text: mark });
  }

  /** What stands between the mark and here; what was opened in between and not closed is text. */
  #takeFrom(mark: Opener['mark']): readonly Inline[] {
    this.#flush();
    const at = this.#open.findLastIndex((opener) => opener.mark === mark);
    const [opener] = this.#open.splice(at);
    const words = this.#read.splice((opener?.index ?? 0) + 1);
    this.#read.pop();
    return merged(words);
  }

  #readLinkEnd(): boolean {
    const opener = this.#open.find(({ mark }) => mark === '[');
    if (opener === undefined) return false;
    const from = this.#at + 2;
    const end = this.#text.charAt(from - 1) === '(' ? bracketedUrlEnd(this.#text, from, this.#reading) : undefined;
    const url = end === undefined ? undefined : safeUrl(this.#text.slice(from, end));
    this.#flush();
    if (end === undefined || url === undefined || !canBeLinked(this.#read.slice(opener.index + 1))) {
      this.#open = this.#open.filter(({ mark }) => mark !== '[');
      return false;
    }
    const words = withoutLinks(this.#takeFrom('['));
    return this.#put({ kind: 'link', url, isBare: false, words }, end + 1 - this.#at);
  }

  #readUrl(): boolean {
    if (isWordLetter(characterBefore(this.#text, this.#at))) return false;
    const end = bareUrlEnd(this.#text, this.#at, this.#reading);
    if (end === undefined) return false;
    const text = this.#text.slice(this.#at, end);
    const url = safeUrl(text);
    // Read once, whatever it is: another address in it is of it.
    if (url === undefined) return this.#skip(text.length);
    return this.#put({ kind: 'link', url, isBare: true, words: [{ kind: 'text', text }] }, text.length);
  }

  #readMention(): boolean {
    if (isWordLetter(characterBefore(this.#text, this.#at))) return false;
    this.#reading.steps += this.#reading.named.length;
    const named = this.#reading.named.find(({ name }) => this.#isNamedHere(name));
    if (named === undefined) return false;
    return this.#put({ kind: 'mention', id: named.id, name: named.name }, 1 + named.name.length);
  }

  #isNamedHere(name: string): boolean {
    const from = this.#at + 1;
    if (!this.#text.startsWith(name, from)) return false;
    const end = from + name.length;
    // "@Ann" is not meant by "@Anna"; after 田中 a word may begin.
    return !isWordLetter(characterAt(this.#text, end)) || !isWordLetter(characterBefore(this.#text, end));
  }

  #readEmoji(): boolean {
    EMOJI.lastIndex = this.#at;
    const [whole, name] = EMOJI.exec(this.#text) ?? [];
    const emoji = name === undefined ? undefined : this.#reading.emoji(name);
    if (whole === undefined || emoji === undefined) return false;
    return this.#put({ kind: 'text', text: emoji }, whole.length);
  }
}

function toOpen(character: '*' | '_' | '~' | '|', left: number): Mark {
  switch (character) {
    case '*':
      return left >= 2 ? '**' : '*';
    case '_':
      return '_';
    case '~':
      return '~~';
    case '|':
      return '||';
  }
}

function runLength(text: string, from: number): number {
  let end = from + 1;
  while (text.charAt(end) === text.charAt(from)) end += 1;
  return end - from;
}

function closingRuns(text: string, reading: Reading): Map<number, number> {
  const closing = new Map<number, number>();
  /** By length: the nearest run of it to the right. */
  const nearest = new Map<number, number>();
  reading.steps += text.length;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text.charAt(at) !== '`') continue;
    const last = at;
    while (text.charAt(at - 1) === '`') at -= 1;
    const length = last + 1 - at;
    const closes = nearest.get(length);
    if (closes !== undefined) closing.set(at, closes);
    nearest.set(length, at);
  }
  return closing;
}
