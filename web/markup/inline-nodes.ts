import { isBlank } from '../../protocol/text.ts';
import type { Inline } from './tree.ts';

/** Texts that stand side by side are one. */
export function merged(words: readonly Inline[]): readonly Inline[] {
  const all: Inline[] = [];
  let texts: string[] = [];
  const flush = (): void => {
    const text = texts.join('');
    texts = [];
    if (text !== '') all.push({ kind: 'text', text });
  };
  for (const word of words) {
    if (word.kind === 'text') texts.push(word.text);
    else {
      flush();
      all.push(word);
    }
  }
  flush();
  return all;
}

/** What is inside a link leads where the link does, and nowhere else. */
export function withoutLinks(words: readonly Inline[]): readonly Inline[] {
  const flat = words.flatMap((word): readonly Inline[] => {
    switch (word.kind) {
      case 'link':
        return word.words;
      case 'bold':
      case 'italic':
      case 'strike':
        return [{ ...word, words: withoutLinks(word.words) }];
      case 'text':
      case 'code':
      case 'mention':
      case 'spoiler':
        return [word];
    }
  });
  return merged(flat);
}

/** Words that can be pressed as one: there is something to see, and nothing to press but the link. */
export function canBeLinked(words: readonly Inline[]): boolean {
  return !words.every((word) => word.kind === 'text' && isBlank(word.text)) && !words.some(holdsSpoiler);
}

function holdsSpoiler(word: Inline): boolean {
  return word.kind === 'spoiler' || ('words' in word && word.words.some(holdsSpoiler));
}
