import { describe, expect, test } from 'vitest';
import { outline } from './outline.ts';
import { isAction, parse } from './parse.ts';

const blocks = (text: string): string => outline(parse(text));

describe('paragraphs', () => {
  test('end at an empty line and keep their line breaks and their indentation', () => {
    expect(blocks('one\n  two\r\nthree\n\n\nfour')).toBe('p(one\n  two\nthree) p(four)');
  });
});

describe('fenced code', () => {
  test('is what stands between the fences, as it is, with its language', () => {
    expect(blocks('```ts\nconst a = **1**;\n\n  b\n```\nafter')).toBe('pre:ts(const a = **1**;\n\n  b) p(after)');
    expect(blocks('before\n```\nx\n```')).toBe('p(before) pre(x)');
    expect(blocks('````\n```\nx\n```\n````')).toBe('pre(```\nx\n```)');
  });

  test('may begin and end within its lines, as people write it in a hurry', () => {
    expect(blocks('```const a = 1;\nconst b = 2;```')).toBe('pre(const a = 1;\nconst b = 2;)');
    expect(blocks('```one line```')).toBe('pre(one line)');
    expect(blocks('look: ```js\nlet a;\n```\nnice')).toBe('p(look: ) pre:js(let a;) p(nice)');
  });

  test('without an end goes on to the end, but not from within a sentence', () => {
    expect(blocks('```\nx\ny')).toBe('pre(x\ny)');
    expect(blocks('code begins with ```\nand so on')).toBe('p(code begins with ```\nand so on)');
  });
});

describe('quotes', () => {
  test('are lines with "> ", and what is in them is markup', () => {
    expect(blocks('> a\n> **b**\nmine')).toBe('quote(p(a\nb(b))) p(mine)');
    expect(blocks('>> deep\n> less')).toBe('quote(quote(p(deep)) p(less))');
    expect(blocks('> ```\n> x\n> ```')).toBe('quote(pre(x))');
    expect(blocks('> a\n>\n> b')).toBe('quote(p(a) p(b))');
  });

  test.each(['>_<', '>:(', '>= 5', 'a > b'])('%j is text', (text) => {
    expect(blocks(text)).toBe(`p(${text})`);
  });

  test('nest six deep, and what is deeper is text', () => {
    expect(blocks('> '.repeat(8) + 'x')).toBe(`${'quote('.repeat(6)}p(> > x)${')'.repeat(6)}`);
  });
});

describe('lists', () => {
  test('have a mark for each item, and hold what is further in', () => {
    expect(blocks('- a\n- b\n  more\n  - c\n* d')).toBe('-(p(a)) -(p(b\nmore) -(p(c))) -(p(d))');
    expect(blocks('to do:\n1. a\n   - b\n2) c')).toBe('p(to do:) 1.(p(a) -(p(b))) 2.(p(c))');
    expect(blocks('  - a\n  - b')).toBe('-(p(a)) -(p(b))');
    expect(blocks('- a\n\n  b\n- c')).toBe('-(p(a) p(b)) -(p(c))');
    expect(blocks('- a\n\t- b')).toBe('-(p(a) -(p(b)))');
    expect(blocks('- ```\n  x\n  ```')).toBe('-(pre(x))');
  });

  test('keep the numbers that were written, for people refer to them', () => {
    expect(blocks('3. a\n7. b')).toBe('3.(p(a)) 7.(p(b))');
    expect(blocks('3. a\n2. b\n1. c')).toBe('3.(p(a)) 2.(p(b)) 1.(p(c))');
    expect(blocks('1. a\n1. b\n1. c')).toBe('1.(p(a)) 2.(p(b)) 3.(p(c))');
  });

  test.each(['-5 degrees', '- ', '- - -', '* * *', '1986. A year', '1.5 litres', '+1', '-a\n-b', '01. x'])(
    '%j is text',
    (text) => {
      expect(blocks(text)).toBe(`p(${text})`);
    },
  );
});

describe('what a text begins with', () => {
  test('/me tells what one does', () => {
    expect(blocks('/me **waves**\nand goes')).toBe('me(b(waves)\nand goes)');
    expect(blocks('/me > x')).toBe('me(> x)');
    for (const text of ['/me', '/me ', '/mean', ' /me x']) expect(isAction(text)).toBe(false);
  });

  test('a second slash says that a word is no command', () => {
    expect(blocks('//help')).toBe('p(/help)');
    expect(blocks('//me waves')).toBe('p(/me waves)');
    expect(blocks('// a comment')).toBe('p(// a comment)');
    expect(blocks('/help')).toBe('p(/help)');
  });
});
