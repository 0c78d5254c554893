import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StartProblem } from '../start-problem.ts';
import { readBuiltFiles } from './built-files.ts';
import { builtFolder } from './site.contract.ts';

test('each page has its script, and the styles and scripts of all that it imports, each once', () => {
  expect(readBuiltFiles(builtFolder()).chat).toEqual({
    script: '/assets/chat-1.js',
    styles: ['/assets/both-1.css', '/assets/chat-1.css'],
    preloads: ['/assets/both-1.js', '/assets/talk-1.js'],
  });
});

test('pages that were never built are said to be so, and how to build them', () => {
  const folder = builtFolder();
  rmSync(join(folder, '.vite'), { recursive: true });
  expect(() => readBuiltFiles(folder)).toThrow(StartProblem);
  expect(() => readBuiltFiles(folder)).toThrow(/^The pages are not built\. .*npm start/u);
});
