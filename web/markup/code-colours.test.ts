import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coloursOf } from './code-colours.ts';

function coloured(language: string, code: string): string[] {
  return coloursOf(language, code).map(([colour, from, to]) => `${colour}: ${code.slice(from, to)}`);
}

describe('code', () => {
  test('has colours by what its parts are', () => {
    expect(coloured('ts', "const a: string = `x ${b + 1}`; // why\nfunction go() { return 'y'; }")).toEqual([
      'keyword: const',
      'name: a',
      'keyword: string',
      'string: `x ',
      'number: 1',
      'string: `',
      'comment: // why',
      'keyword: function',
      'name: go',
      'keyword: return',
      "string: 'y'",
    ]);
    expect(coloured('diff', '-old\n+new\n same')).toEqual(['removed: -old', 'added: +new']);
    expect(coloured('html', '<p class="x">')).toContain('string: "x"');
  });

  test.each([
    'bash',
    'c',
    'c++',
    'cs',
    'css',
    'go',
    'java',
    'js',
    'json',
    'php',
    'py',
    'rs',
    'sql',
    'tsx',
    'xml',
    'yml',
  ])('may be in %s, by the name that people give it', (language) => {
    expect(coloursOf(language, '/* x */ "a" 1 true if { a: "b" } # <a b="c">').length).toBeGreaterThan(0);
  });

  test('of a language that is not known has none', () => {
    expect(coloursOf('brainfuck', '+++')).toEqual([]);
    expect(coloursOf('__proto__', 'x')).toEqual([]);
  });

  test('has parts in order, within it and apart, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ts', 'html', 'python', 'sql', 'yaml', 'php'),
        fc.string({ maxLength: 80 }),
        (language, code) => {
          let at = 0;
          for (const [, from, to] of coloursOf(language, code)) {
            expect(from).toBeGreaterThanOrEqual(at);
            expect(to).toBeGreaterThan(from);
            at = to;
          }
          expect(at).toBeLessThanOrEqual(code.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
