import type { Markup } from './tree.ts';

/** More of them are a picture, and want to be small. */
const MOST = 6;
/** The longest emoji have 35 bytes, which are 25 units; this many are not looked at one by one. */
const MOST_UNITS = MOST * 32;

/** Drawn in colour without being asked to, or asked to; a flag; a key. */
const EMOJI =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{RI}\p{RI}|[#*\d]\ufe0f?\u20e3)/u;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Whether somebody says nothing but up to six emoji: these are shown larger. */
export function isFewEmoji(markup: Markup): boolean {
  const [block, ...others] = markup.kind === 'said' ? markup.blocks : [];
  if (block?.kind !== 'paragraph' || others.length > 0) return false;
  const [word, ...more] = block.words;
  if (word?.kind !== 'text' || more.length > 0 || word.text.length > MOST_UNITS) return false;
  const drawn = Array.from(graphemes.segment(word.text), ({ segment }) => segment).filter((one) => one.trim() !== '');
  return drawn.length > 0 && drawn.length <= MOST && drawn.every((one) => EMOJI.test(one));
}
