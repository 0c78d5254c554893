import { readBlocks } from './blocks.ts';
import { readInline } from './inline.ts';
import { Reading } from './reading.ts';
import type { EmojiLookup, Markup, Named } from './tree.ts';

export interface Given {
  /** Who is meant by `@` and their name in this text; nobody else is. */
  readonly named?: readonly Named[];
  readonly emoji?: EmojiLookup | undefined;
}

/** A line of a play: "/me waves". */
const ACTION = /^\/me[^\S\n]+(?=\S)/u;
/** Whoever means no command writes the slash twice. */
const LITERAL_SLASH = /^\/\/(?=\p{L})/u;

/** What a text says: docs/markup.md. Throws nothing, whatever the text is; the work grows as the text does. */
export function parse(text: string, given: Given = {}): Markup {
  return read(text, readingOf(given));
}

/** How many characters were looked at on the way, each time that one was. */
export function stepsOf(text: string, given: Given = {}): number {
  const reading = readingOf(given);
  read(text, reading);
  return reading.steps;
}

/** Whether it is told as "Ada waves". */
export function isAction(text: string): boolean {
  return ACTION.test(text);
}

function readingOf({ named = [], emoji = () => undefined }: Given): Reading {
  return new Reading(named, emoji);
}

function read(text: string, reading: Reading): Markup {
  const [command] = ACTION.exec(text) ?? [];
  if (command !== undefined) return { kind: 'action', words: readInline(text.slice(command.length), reading) };
  return { kind: 'said', blocks: readBlocks(text.replace(LITERAL_SLASH, '/'), reading) };
}
