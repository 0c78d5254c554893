import { describe, expect, test } from 'vitest';
import { outline } from './outline.ts';
import { type Given, parse } from './parse.ts';

function inline(text: string, given: Given = {}): string {
  return outline(parse(text, given)).replace(/^p\((.*)\)$/su, '$1');
}

const ADA = { id: 'm1', name: 'Ada' };
const ADA_LOVELACE = { id: 'm2', name: 'Ada Lovelace' };
const TANAKA = { id: 'm3', name: '田中' };

describe('marks', () => {
  test.each([
    ['**bold** *italic* _italic_ ~~struck~~ ||hidden||', 'b(bold) i(italic) i(italic) s(struck) spoiler(hidden)'],
    ['***both***', 'b(i(both))'],
    ['**bold *and italic***', 'b(bold i(and italic))'],
    ['***bold** then italic*', 'i(b(bold) then italic)'],
    ['***italic* then bold**', 'b(i(italic) then bold)'],
    ['**a** and **b**', 'b(a) and b(b)'],
    ['over\n**two\nlines**', 'over\nb(two\nlines)'],
    ['||a **b** `c`||', 'spoiler(a b(b) code(c))'],
  ])('%j is %s', (text, is) => {
    expect(inline(text)).toBe(is);
  });

  test.each([
    '**never closed',
    'closed never**',
    '2 * 3 * 4',
    '2*3*4 and 2**8**2',
    'a || b || c',
    '** a **',
    '~approximately~',
    '__init__ and __proto__',
    '****',
    '||||',
    '-----',
    '~~~~',
    '*'.repeat(50),
    '_'.repeat(50),
    '# not a heading',
    '<b>no</b> &amp; no',
  ])('%j is text', (text) => {
    expect(inline(text)).toBe(text);
  });

  test('a mark that was not closed is text, and those around it hold', () => {
    expect(inline('**a _b** c_')).toBe('b(a _b) c_');
    expect(inline('**a **b**')).toBe('**a b(b)');
    expect(inline('*a** b*')).toBe('i(a** b)');
  });

  test('an underscore within a word is a letter', () => {
    expect(inline('snake_case_name and _snake_case_')).toBe('snake_case_name and i(snake_case)');
    expect(inline('naïve_é_x мой_код_x')).toBe('naïve_é_x мой_код_x');
  });

  test('beside Chinese, Japanese, Korean and Thai, which write no spaces, marks hold all the same', () => {
    expect(inline('这是**重要。**的')).toBe('这是b(重要。)的');
    expect(inline('これは**「強調」**です')).toBe('これはb(「強調」)です');
    expect(inline('그는**좋은**사람이다')).toBe('그는b(좋은)사람이다');
    expect(inline('นี่คือ**ตัวหนา**ครับ')).toBe('นี่คือb(ตัวหนา)ครับ');
    expect(inline('这是_斜体_的')).toBe('这是i(斜体)的');
    expect(inline('𠮷**野**家')).toBe('𠮷b(野)家');
  });

  test('a backslash takes the meaning from a mark, and stays where there is none', () => {
    expect(inline('\\*not italic\\* \\`no code\\`')).toBe('*not italic* `no code`');
    expect(inline('\\> no quote')).toBe('> no quote');
    expect(inline('\\- no item\n\\1. nor this')).toBe('- no item\n1. nor this');
    expect(inline('C:\\Users\\ada \\\\server\\share ..\\..')).toBe('C:\\Users\\ada \\\\server\\share ..\\..');
    expect(inline('¯\\_(ツ)_/¯')).toBe('¯\\_(ツ)_/¯');
    expect(inline('a\\')).toBe('a\\');
  });
});

describe('code', () => {
  test('is between runs of backticks of one length, and nothing in it is markup', () => {
    expect(inline('`a **b**` and `` a`b ``')).toBe('code(a **b**) and code(a`b)');
    expect(inline('`<T>` `:tada:` `@Ada` `https://a.example`')).toBe(
      'code(<T>) code(:tada:) code(@Ada) code(https://a.example)',
    );
  });

  test('needs both ends', () => {
    expect(inline('`a``')).toBe('`a``');
    expect(inline('it`s')).toBe('it`s');
  });

  test('a mark does not reach across it', () => {
    expect(inline('*a `b* c`')).toBe('*a code(b* c)');
  });
});

describe('links', () => {
  test.each([
    ['[here](https://a.example/x)', 'a:https://a.example/x(here)'],
    ['[a **b**](http://a.example)', 'a:http://a.example/(a b(b))'],
    ['[a](https://a.example/wiki/B_(c))', 'a:https://a.example/wiki/B_(c)(a)'],
    ['[write](mailto:ada@a.example)', 'a:mailto:ada@a.example(write)'],
    ['[1] see [this](https://a.example)', '[1] see a:https://a.example/(this)'],
    ['[https://bank.example](https://evil.example)', 'a:https://evil.example/(https://bank.example)'],
    ['**[a](https://a.example)**', 'b(a:https://a.example/(a))'],
  ])('%j is %s', (text, is) => {
    expect(inline(text)).toBe(is);
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](javascript://a.example/%0aalert(1))',
    '[x](data:text/html,x)',
    '[x](data://a.example/x)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](blob:null/1)',
    '[x](//a.example)',
    '[x](/chat/other)',
    '[x](ftp://a.example)',
    '[x](mailto:)',
    '[x](https://)',
    '[x](java\tscript:alert(1))',
    '[x]()',
    '[](x)',
    '[x][y]',
    `${'javascript'}:alert(1)`,
    'see file:///etc/passwd and about:blank',
  ])('%j is text', (text) => {
    expect(inline(text)).toBe(text);
  });

  test('a bracket that was closed begins none', () => {
    expect(inline('[1] see](https://a.example)')).toBe('[1] see](url:https://a.example/(https://a.example))');
  });

  test('what must be pressed to be read is in no link', () => {
    expect(inline('[it is **||him||**](https://a.example)')).toBe(
      '[it is b(spoiler(him))](url:https://a.example/(https://a.example))',
    );
    expect(inline('||[him](https://a.example)||')).toBe('spoiler(a:https://a.example/(him))');
  });

  test('a link without words is none, and its address is one', () => {
    expect(inline('[](https://a.example/)')).toBe('[](url:https://a.example/(https://a.example/))');
    expect(inline('[\u200b](https://a.example/)')).toContain('url:');
  });

  test.each([
    ['https://a.example/b?c=d#e', 'https://a.example/b?c=d#e'],
    ['HTTPS://A.example', 'HTTPS://A.example'],
    ['see https://a.example.', 'https://a.example'],
    ['(https://a.example/b)', 'https://a.example/b'],
    ['https://a.example/Snug_(song)!', 'https://a.example/Snug_(song)'],
    ['**https://a.example/b**', 'https://a.example/b'],
    ['"https://a.example"', 'https://a.example'],
    ['见https://a.example/b。然后', 'https://a.example/b'],
    ['||https://a.example||', 'https://a.example'],
    ['https://a.example/a_b_c', 'https://a.example/a_b_c'],
    ['http://[::1]:5000/x', 'http://[::1]:5000/x'],
    ['mailto:ada@a.example,', 'mailto:ada@a.example'],
  ])('of %j the address is %s', (text, address) => {
    expect(inline(text)).toContain(`(${address})`);
    expect(inline(text)).toContain('url:');
  });

  test('an address within a word is none', () => {
    expect(inline('xhttps://a.example')).toBe('xhttps://a.example');
  });

  test('a link leads to one place: what is within it does not lead elsewhere', () => {
    expect(inline('[a https://a.example b](https://b.example)')).toBe('a:https://b.example/(a https://a.example b)');
    expect(inline('[a [b](https://b.example) c](https://c.example)')).toBe(
      '[a a:https://b.example/(b) c](url:https://c.example/(https://c.example))',
    );
  });
});

describe('mentions', () => {
  const named = [ADA, ADA_LOVELACE, TANAKA];

  test('only those who are given are meant, the longest name first', () => {
    expect(inline('@Ada and @Ada Lovelace, not @Linus', { named })).toBe('@m1(Ada) and @m2(Ada Lovelace), not @Linus');
    expect(inline('@Ada')).toBe('@Ada');
  });

  test('neither part of a word nor of an address is one', () => {
    expect(inline('@Adam mail@Ada @Ada!', { named })).toBe('@Adam mail@Ada @m1(Ada)!');
    expect(inline('@田中さん', { named })).toBe('@m3(田中)さん');
  });

  test('of very many names some are text', () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ id: `m${at}`, name: `n${at}` }));
    expect(inline('@n199', { named: many })).toBe('@n199');
  });
});

describe('emoji', () => {
  const emoji = (name: string): string | undefined =>
    new Map([
      ['tada', '🎉'],
      ['+1', '👍'],
    ]).get(name);

  test('one that is known by its name is shown, and any other name is text', () => {
    expect(inline('well :tada::+1: done :nonsense: at 10:30:45', { emoji })).toBe(
      'well 🎉👍 done :nonsense: at 10:30:45',
    );
    expect(inline('\\:tada:', { emoji })).toBe(':tada:');
    expect(inline(':tada:')).toBe(':tada:');
  });
});
