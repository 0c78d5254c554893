import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TEXT_MAX_BYTES } from '../../protocol/limits.ts';
import { bombs } from './bombs.ts';
import { parse, stepsOf } from './parse.ts';
import { plainText } from './plain-text.ts';
import type { Block, Inline, Markup } from './tree.ts';

const named = [
  { id: 'm1', name: 'Ada' },
  { id: 'm2', name: 'Ada Lovelace' },
];
const emoji = (name: string): string | undefined => (name === 'tada' ? '🎉' : undefined);
const given = { named, emoji };

/** Of each character: seven levels of lines and the words once make 8. */
const MOST_STEPS = 10;

describe('the work', () => {
  test.each(bombs(TEXT_MAX_BYTES).map((bomb) => [bomb.slice(0, 24), bomb]))(
    'grows as the text does: %j, repeated',
    (_, bomb) => {
      const steps = stepsOf(bomb, given);
      expect(steps / bomb.length).toBeLessThan(MOST_STEPS);
      expect(steps).toBeGreaterThanOrEqual(bomb.length);
    },
  );

  test('grows as the text does, whatever marks it is made of', () => {
    fc.assert(
      fc.property(
        fc.array(PIECE, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 400 }),
        (pieces, times) => {
          const text = pieces.join('').repeat(times).slice(0, TEXT_MAX_BYTES);
          expect(stepsOf(text, given)).toBeLessThan(MOST_STEPS * (text.length + 1));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('whatever the text', () => {
  test('nothing throws, nothing is deeper than twelve, and only http, https and mailto are links', () => {
    fc.assert(
      fc.property(ANY, (text) => {
        const markup = parse(text, given);
        expect(depthOf(markup)).toBeLessThanOrEqual(12);
        for (const { url } of linksIn(markup)) expect(url).toMatch(/^(?:https?:\/\/[^/]|mailto:[^@]+@)/u);
      }),
      { numRuns: 2_000 },
    );
    for (const bomb of bombs(TEXT_MAX_BYTES)) expect(depthOf(parse(bomb, given))).toBeLessThanOrEqual(12);
  });

  test('every letter is there once and in its order, but those of marks and of where links lead', () => {
    fc.assert(
      fc.property(ANY, (text) => {
        const markup = parse(text, given);
        expect(lost(text, plainText(markup), markup)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    for (const bomb of bombs(2_000)) {
      const markup = parse(bomb, given);
      expect(lost(bomb, plainText(markup), markup), bomb.slice(0, 24)).toEqual([]);
    }
  });

  test('every word is there once and in its order, whatever marks stand between them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(WORD), PIECE), { maxLength: 60 }), (pieces) => {
        let count = 0;
        const text = pieces.map((piece) => (piece === WORD ? `w${(count += 1)}w` : piece)).join('');
        const markup = parse(text, given);
        const led = linksIn(markup).flatMap(({ isBare, url }) => (isBare ? [] : wordsOf(url)));
        const languages = markup.kind === 'said' ? codesIn(markup.blocks).flatMap(wordsOf) : [];
        const seen = [...wordsOf(plainText(markup)), ...led, ...languages].sort((one, other) => one - other);
        expect(seen).toEqual(Array.from({ length: count }, (_, at) => at + 1));
        const shown = wordsOf(plainText(markup));
        expect(shown).toEqual(shown.toSorted((one, other) => one - other));
      }),
      { numRuns: 2_000 },
    );
  });
});

const WORD = 'a word';
const PIECES = [
  '* ** *** _ ~~ || ` `` ``` ```js [ ] ( ) ]( ](https://a.example/ [a](https://a.example/) https://b.example/'.split(
    ' ',
  ),
  'mailto:a@b.example @ @Ada :tada: > \\ \\* a 漢 ไทย א \u0301 🎉 👩‍👩‍👧‍👦 // <b> &amp; javascript: ](javascript://a/ ¯\\_(ツ)_/¯'.split(
    ' ',
  ),
  ['@Ada Lovelace', '\n', '\n\n', ' ', '  ', '\t', '> ', '- ', '1. ', '2) ', '\n> ', '\n- ', '\n  - ', '\n1. ', '/me '],
].flat();
const PIECE = fc.constantFrom(...PIECES);
const ANY = fc.oneof(
  fc.array(PIECE, { maxLength: 80 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...Array.from('*_~|`[]()<>@:\\-. \n1ahttps/')), maxLength: 200 }),
);

function wordsOf(text: string): number[] {
  return [...text.matchAll(/w(\d+)w/gu)].map(([, number]) => Number(number));
}

/** What of the source is neither seen nor a mark; and "?" where something is seen that is not in the source. */
function lost(source: string, seen: string, markup: Markup): string[] {
  const led = linksIn(markup).flatMap(({ isBare }) => (isBare ? [] : ['link']));
  const shown = Array.from(seen.replaceAll('🎉', ':tada:')).filter((letter) => !/\s/u.test(letter));
  let at = 0;
  const gone: string[] = [];
  for (const letter of source.replaceAll('🎉', ':tada:')) {
    if (/\s/u.test(letter)) continue;
    if (letter === shown[at]) at += 1;
    else gone.push(letter);
  }
  if (at < shown.length) return ['?', ...gone];
  // Where a link leads is not seen, nor what tells that somebody does something, nor the language of a code.
  if (led.length > 0 || markup.kind === 'action' || /```/u.test(source)) return [];
  return gone.filter((letter) => !/[*_~|`[\]()>\\\-/.\d]/u.test(letter));
}

function linksIn(markup: Markup): { url: string; isBare: boolean }[] {
  return inlinesOf(markup).flatMap((word) => (word.kind === 'link' ? [word] : []));
}

function inlinesOf(markup: Markup): Inline[] {
  return markup.kind === 'action' ? within(markup.words) : markup.blocks.flatMap(inBlock);
}

function inBlock(block: Block): Inline[] {
  switch (block.kind) {
    case 'paragraph':
      return within(block.words);
    case 'codeBlock':
      return [];
    case 'quote':
      return block.blocks.flatMap(inBlock);
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(inBlock));
  }
}

/** The languages of what is code. */
function codesIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return [];
      case 'codeBlock':
        return [block.language];
      case 'quote':
        return codesIn(block.blocks);
      case 'list':
        return block.items.flatMap((item) => codesIn(item.blocks));
    }
  });
}

function within(words: readonly Inline[]): Inline[] {
  return words.flatMap((word) => ('words' in word ? [word, ...within(word.words)] : [word]));
}

function depthOf(markup: Markup): number {
  return markup.kind === 'action' ? depthIn(markup.words) : Math.max(0, ...markup.blocks.map(blockDepth));
}

function blockDepth(block: Block): number {
  switch (block.kind) {
    case 'paragraph':
      return depthIn(block.words);
    case 'codeBlock':
      return 0;
    case 'quote':
      return 1 + Math.max(0, ...block.blocks.map(blockDepth));
    case 'list':
      return 1 + Math.max(0, ...block.items.flatMap(({ blocks }) => blocks.map(blockDepth)));
  }
}

function depthIn(words: readonly Inline[]): number {
  let most = 0;
  for (const word of words) if ('words' in word) most = Math.max(most, 1 + depthIn(word.words));
  return most;
}
