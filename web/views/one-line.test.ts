import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

test('point 19: one line of a text has neither its marks nor what they hide', () => {
  expect(oneLine('**so** _much_\n> for ||the end||')).toBe('so much for (spoiler)');
  expect(oneLine('/me waves')).toBe('waves');
});

test('point 19: it is as short as a line, and cuts no letter in two', () => {
  const line = oneLine(`a${'👍'.repeat(5_000)}`);
  expect(line).toHaveLength(299);
  expect(line).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/u);
});
