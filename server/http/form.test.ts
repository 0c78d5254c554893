import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadForm, readForm } from './form.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);

describe('a form', () => {
  test('is read as every browser writes it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { maxKeys: 16 }),
        (fields) => {
          const form = readForm(bytes(new URLSearchParams(fields).toString()));
          expect([...form]).toEqual(Object.entries(fields));
        },
      ),
    );
  });

  test('keeps what is called like a part of every object apart', () => {
    expect(readForm(bytes('__proto__=a&constructor=b')).get('__proto__')).toBe('a');
    expect(readForm(bytes('')).get('toString')).toBeUndefined();
  });

  test.each([
    ['a field that is given twice', bytes('name=a&name=b')],
    ['one given twice in two spellings', bytes('name=a&n%61me=b')],
    ['bytes that are no UTF-8', bytes('name=\xff', 'latin1')],
    ['coded bytes that are no UTF-8', bytes('name=%ff')],
    ['half a character', bytes('name=%ed%a0%80')],
    ['more fields than any page has', bytes('a&'.repeat(20))],
  ])('is refused with %s', (_, body) => {
    expect(() => readForm(body)).toThrow(BadForm);
  });

  test('may lack a value, an equals sign, and everything', () => {
    expect([...readForm(bytes('name&room=&&x=1=2'))]).toEqual([
      ['name', ''],
      ['room', ''],
      ['x', '1=2'],
    ]);
    expect([...readForm(bytes(''))]).toEqual([]);
  });

  test('throws nothing but BadForm, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        try {
          readForm(body);
        } catch (error) {
          expect(error).toBeInstanceOf(BadForm);
        }
      }),
    );
  });
});
