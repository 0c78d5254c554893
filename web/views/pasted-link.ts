import type { Change, Passage } from './format.ts';

/** An address that is pasted over words makes a link of them; undefined where it is just another text. */
export function pastedOver(passage: Passage, pasted: string): Change | undefined {
  const words = selected(passage);
  const url = pasted.trim();
  if (words.trim() === '' || words.includes('\n') || !isAddress(url) || isAddress(words.trim())) return undefined;
  const { from, to } = passage;
  // As the markup reads addresses: an open bracket would end it, or begin another link.
  const address = url.replace(/[()[\]]/gu, (bracket) => `%${bracket.charCodeAt(0).toString(16)}`);
  const insert = `[${words}](${address})`;
  return { from, to, insert, select: [from + insert.length, from + insert.length] };
}

export function selected({ text, from, to }: Passage): string {
  return text.slice(from, to);
}

export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>]+$/iu.test(text);
}
