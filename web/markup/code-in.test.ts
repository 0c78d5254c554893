import { expect, test } from 'vitest';
import { codeIn } from './code-in.ts';

test('code is what stands between fences, and nothing else of a text', () => {
  expect(codeIn('look:\n```js\nlet a;\n```\nand\n```\nb\n```')).toBe('let a;\n\nb');
  expect(codeIn('`a` and ``` b')).toBe('');
});
