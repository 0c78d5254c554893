import { expect, test } from 'vitest';
import { parse } from './parse.ts';
import { plainText, toldText } from './plain-text.ts';

const TEXT = '**so** [here](https://a.example) `x`\n> quoted\n- one\n- two\n\n```js\nlet a;\n```\nthe butler: ||him||';

test('what is seen is there without its marks', () => {
  expect(plainText(parse(TEXT))).toBe('so here x\nquoted\none\ntwo\nlet a;\nthe butler: him');
  expect(plainText(parse('/me **waves**'))).toBe('waves');
});

test('what is told gives no spoiler away and reads no code', () => {
  expect(toldText(parse(TEXT))).toBe('so here x\nquoted\none\ntwo\n(code)\nthe butler: (spoiler)');
  expect(toldText(parse('/me is ||him||'))).toBe('is (spoiler)');
});
