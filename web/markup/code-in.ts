import { parse } from './parse.ts';

/** What stands in blocks of code; empty where there are none. */
export function codeIn(text: string): string {
  if (!text.includes('```')) return '';
  const markup = parse(text);
  const blocks = markup.kind === 'said' ? markup.blocks : [];
  return blocks.flatMap((block) => (block.kind === 'codeBlock' ? [block.text] : [])).join('\n\n');
}
