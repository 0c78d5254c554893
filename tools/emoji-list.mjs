// Of emojibase-data what the picker needs: a sixth of it. A module of this name is made while the pages are built.
import { createRequire } from 'node:module';

export const EMOJI_LIST = 'virtual:emoji-list';

/** Skin and hair alone are none to send. */
const COMPONENTS = 2;

/** @typedef {{ emoji: string, label: string, tags?: string[], group?: number, order?: number, skins?: unknown[] }} Emoji */

/** In the order of keyboards: the emoji, its name, other words for it, its group, whether its skin can be chosen. */
export function emojiRows() {
  /** @type {Emoji[]} */
  const all = createRequire(import.meta.url)('emojibase-data/en/data.json');
  return all
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
    .map(({ emoji, label, tags = [], group = 0, skins }) => [
      // One way to write each, or the same reaction would stand under a message twice.
      emoji.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1'),
      label,
      tags.filter((tag) => !label.includes(tag)).join(' '),
      group,
      skins === undefined || label === 'people holding hands' ? 0 : 1,
    ]);
}

/** @returns {import('vite').Plugin} */
export function emojiList() {
  return {
    name: 'emoji-list',
    resolveId: (id) => (id === EMOJI_LIST ? `\0${EMOJI_LIST}` : undefined),
    load: (id) => (id === `\0${EMOJI_LIST}` ? `export const EMOJI = ${JSON.stringify(emojiRows())};` : undefined),
  };
}
