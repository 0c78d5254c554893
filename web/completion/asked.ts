/** What the caret stands behind: a mark and the beginning of what it asks for. */
export interface Asked {
  readonly kind: 'person' | 'emoji' | 'command';
  /** The place of the mark. */
  readonly from: number;
  /** The place of the caret. */
  readonly to: number;
  /** What was typed behind the mark. */
  readonly begun: string;
}

/** Longer than any name: what stands behind an old "@" is not looked at again at every key. */
const MOST_UNITS = 64;

const COMMAND = /^\/(\p{L}*)$/u;
/** One letter behind a colon is a smile, more often than not. */
const EMOJI = /(?:^|[^\p{L}\p{N}:])(:([a-z0-9_+-]{2,}))$/iu;
/** Names have spaces in them, but do not begin with one. An address of mail has a letter before its "@". */
const PERSON = /(?:^|[^\p{L}\p{N}_])(@((?!\s)[^@\n]*))$/u;

/** What the writer may want to have completed; undefined where nothing is, as within code. */
export function askedAt(text: string, caret: number): Asked | undefined {
  const command = COMMAND.exec(text.slice(0, Math.min(caret, MOST_UNITS)));
  if (command && caret <= MOST_UNITS) return { kind: 'command', from: 0, to: caret, begun: command[1] ?? '' };
  const line = text.slice(Math.max(text.lastIndexOf('\n', caret - 1) + 1, caret - MOST_UNITS), caret);
  if (isWithinCode(text, caret)) return undefined;
  return asked('emoji', EMOJI.exec(line), caret) ?? asked('person', PERSON.exec(line), caret);
}

function asked(kind: Asked['kind'], found: RegExpExecArray | null, caret: number): Asked | undefined {
  const [, whole, begun] = found ?? [];
  if (whole === undefined || begun === undefined) return undefined;
  return { kind, from: caret - whole.length, to: caret, begun };
}

function isWithinCode(text: string, caret: number): boolean {
  const before = text.slice(0, caret);
  if (before.split(/^```/mu).length % 2 === 0) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.split('`').length % 2 === 0;
}
