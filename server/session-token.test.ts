import { expect, test } from 'vitest';
import { cookieName, hashToken, newToken } from './session-token.ts';

test('H1: a token has 128 bits at least, and no two are the same', () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]+$/u);
    expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
  }
});

test('H1: what is stored does not tell the token, and is the same every time', () => {
  const token = newToken();
  expect(hashToken(token)).toBe(hashToken(token));
  expect(hashToken(token)).not.toContain(token.slice(0, 8));
  expect(hashToken(token)).not.toBe(hashToken(newToken()));
});

test('the cookie of another port, or of TLS, is another one', () => {
  const names = [cookieName(5000, false), cookieName(5001, false), cookieName(5000, true)];
  expect(new Set(names).size).toBe(3);
  expect(cookieName(5000, true)).toMatch(/^__Host-/u);
});
