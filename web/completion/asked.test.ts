import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Asked, askedAt } from './asked.ts';

/** With the caret at "|". */
function ask(marked: string): Pick<Asked, 'kind' | 'from' | 'begun'> | undefined {
  const caret = marked.indexOf('|');
  const found = askedAt(marked.replace('|', ''), caret);
  if (found === undefined) return undefined;
  expect(found.to).toBe(caret);
  const { kind, from, begun } = found;
  return { kind, from, begun };
}

describe('point 10: what is asked for', () => {
  test.each<[string, Asked['kind'], number, string]>([
    ['@|', 'person', 0, ''],
    ['hello @Ad|', 'person', 6, 'Ad'],
    ['(@Ad|)', 'person', 1, 'Ad'],
    ['hello @Ada Lov|', 'person', 6, 'Ada Lov'],
    ['one\n@Ad| two', 'person', 4, 'Ad'],
    ['a b@c.example @Zo|', 'person', 14, 'Zo'],
    [':ta|', 'emoji', 0, 'ta'],
    ['well :+1|', 'emoji', 5, '+1'],
    ['/|', 'command', 0, ''],
    ['/ni|', 'command', 0, 'ni'],
  ])('%s', (marked, kind, from, begun) => {
    expect(ask(marked)).toEqual({ kind, from, begun });
  });

  test.each([
    'hello|',
    'a@b|',
    'at @ noon|',
    ':t|',
    'it is 10:30|',
    'a::bc|',
    ' /ni|',
    'see /ni|',
    '/nick Ad|',
    '/etc/ho|',
    '`@Ad|',
    '```\n@Ad|',
    '```\na\n\n:tad|',
    '@A\nb|',
  ])('nothing by %s', (marked) => {
    expect(ask(marked)).toBeUndefined();
  });

  test('code that is closed is text again', () => {
    expect(ask('`a` @Ad|')?.begun).toBe('Ad');
    expect(ask('```\na\n```\n@Ad|')?.begun).toBe('Ad');
  });

  test('is a piece of the text before the caret that begins with its mark, whatever the text is', () => {
    const text = fc.string({ unit: fc.constantFrom('@', ':', '/', '`', '\n', ' ', 'a', 'é', '😀', '1', '_') });
    fc.assert(
      fc.property(text, fc.nat(), (said, place) => {
        const caret = place % (said.length + 1);
        const found = askedAt(said, caret);
        if (found === undefined) return;
        const mark = { person: '@', emoji: ':', command: '/' }[found.kind];
        expect(said.slice(found.from, found.to)).toBe(mark + found.begun);
        expect(found.to).toBe(caret);
      }),
    );
  });
});
