import { EMOJI_MAX_BYTES, TEXT_MAX_BYTES, TEXT_MAX_GRAPHEMES, TOPIC_MAX_BYTES, TOPIC_MAX_GRAPHEMES } from './limits.ts';
import type { Code } from './refusals.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A step of the segmenter costs the more the longer its text is, 30 ms for 4,000 steps in 16 kB: it is given pieces. */
const PIECE_UNITS = 256;

/** What people count as characters. Stops at `most + 1`: the text may be the attacker's. */
export function countGraphemes(text: string, most: number): number {
  let count = 0;
  let at = 0;
  let units = PIECE_UNITS;
  while (count <= most) {
    // Half a code point would be a grapheme of its own.
    const end = at + units + (isLowSurrogate(text.charCodeAt(at + units)) ? 1 : 0);
    const { whole, last } = segmented(text.slice(at, end));
    if (end >= text.length) return Math.min(count + whole, most + 1);
    // The last one may go on behind the piece: it begins the next, or, if there is no other, needs a longer one.
    if (last === 0) units *= 2;
    else {
      count += whole - 1;
      at += last;
      units = PIECE_UNITS;
    }
  }
  return most + 1;
}

function segmented(piece: string): { whole: number; last: number } {
  let whole = 0;
  let last = 0;
  for (const { index } of graphemes.segment(piece)) {
    whole += 1;
    last = index;
  }
  return { whole, last };
}

/** Bytes in UTF-8, counted without a copy. A lone surrogate counts three, as its replacement would. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** PostgreSQL stores neither NUL nor a lone surrogate, SQLite does: so both are refused at the edge. */
export function isStorable(text: string): boolean {
  return !/\u0000|\p{Surrogate}/u.test(text);
}

/** Nothing that would show: white space, zero width, controls, blank fillers. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{16fe4}\u{1d159}]/u.test(text);
}

/** Why a message's text cannot be taken; undefined when it can. Cheap bounds come before the expensive one. */
export function textRefusal(text: string): Code | undefined {
  if (text.length > TEXT_MAX_BYTES || countBytes(text) > TEXT_MAX_BYTES) return 'tooLong';
  if (!isStorable(text)) return 'unreadable';
  if (isBlank(text)) return 'empty';
  // A grapheme has at least one code unit: short texts need no counting.
  if (text.length > TEXT_MAX_GRAPHEMES && countGraphemes(text, TEXT_MAX_GRAPHEMES) > TEXT_MAX_GRAPHEMES)
    return 'tooLong';
  return undefined;
}

/** One line, as a topic is shown: white space of every kind is a space. */
export function tidyTopic(topic: string): string {
  const line = topic.replace(/\s+/gu, ' ').trim();
  return isBlank(line) ? '' : line;
}

/** Why a topic cannot be taken; undefined when it can. It may be empty. */
export function topicRefusal(topic: string): Code | undefined {
  if (!isStorable(topic)) return 'unreadable';
  if (topic.length > TOPIC_MAX_BYTES || countBytes(topic) > TOPIC_MAX_BYTES) return 'tooLong';
  return countGraphemes(topic, TOPIC_MAX_GRAPHEMES) > TOPIC_MAX_GRAPHEMES ? 'tooLong' : undefined;
}

/** A reaction is one emoji: one grapheme that is drawn as a picture. */
export function isEmoji(text: string): boolean {
  return (
    countBytes(text) <= EMOJI_MAX_BYTES &&
    isStorable(text) &&
    countGraphemes(text, 1) === 1 &&
    /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u.test(text)
  );
}
