import { describe, expect, test } from 'vitest';
import { hashCode, hashesOf, newCode } from './come-along-code.ts';
import { hashToken } from './session-token.ts';

describe('H9: a code to come along by', () => {
  test('is a link of 26 characters and one of 8 that is typed, and never the same', () => {
    const codes = Array.from({ length: 200 }, newCode);
    for (const { link, typed } of codes) {
      expect(link).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/u);
      expect(typed).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u);
    }
    expect(new Set(codes.flatMap(({ link, typed }) => [link, typed])).size).toBe(400);
    // Each character of the alphabet is made: a hole would be bits that are not there.
    expect(new Set(codes.map(({ link }) => link).join('')).size).toBe(32);
  });

  test('is known by a hash that is no token’s, however it was written', () => {
    const code = newCode();
    const { linkHash, typedHash } = hashesOf(code);
    expect(hashCode(code.link)).toBe(linkHash);
    expect(hashCode(code.link.toUpperCase())).toBe(linkHash);
    for (const typed of [code.typed, code.typed.toLowerCase(), ` ${code.typed.replace('-', ' – ')}\n`])
      expect(hashCode(typed)).toBe(typedHash);
    expect([hashToken(code.link), hashToken(code.typed)]).not.toContain(linkHash);
    expect(hashCode('OIL0-1234')).toBe(hashCode('0110 1234'));
  });

  test.each([
    ['nothing', ''],
    ['one too few', 'ABCD-EFG'],
    ['one too many', 'ABCD-EFGHJ'],
    ['a letter that is none of them', 'UBCD-EFGH'],
    ['another alphabet', 'АBCD-EFGH'],
    ['full width', 'ＡＢＣＤＥＦＧＨ'],
    ['NUL', 'ABCD\0EFGH'],
    ['a whole page', ` ${' '.repeat(200)}ABCD-EFGH`],
  ])('is not %s', (_, text) => {
    expect(hashCode(text)).toBeUndefined();
  });
});
