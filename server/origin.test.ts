import { describe, expect, test } from 'vitest';
import { allowedOrigins, isAllowed, isOwnHost, ownOrigin, sourceOf } from './origin.ts';

const parts = { port: () => 5000, origins: ['https://chat.example.org'], addresses: ['192.168.1.7', 'fd00::7'] };
const allowed = allowedOrigins(parts);
const host = 'localhost:5000';

describe('H6: the list of our own addresses', () => {
  test('has this machine under all its names, with our port, and what is configured', () => {
    expect([...allowed].sort()).toEqual([
      'http://127.0.0.1:5000',
      'http://192.168.1.7:5000',
      'http://[::1]:5000',
      'http://[fd00::7]:5000',
      'http://localhost:5000',
      'https://chat.example.org',
    ]);
  });

  test('has no port where it is the scheme’s own', () => {
    expect(allowedOrigins({ ...parts, port: () => 80 })).toContain('http://localhost');
  });
});

test.each([
  'localhost:5000',
  'LOCALHOST:5000',
  '[::1]:5000',
  '192.168.1.7:5000',
  'chat.example.org',
  'chat.example.org:443',
])('H6: %s is a name of ours', (name) => expect(isOwnHost(name, allowed)).toBe(true));

test.each([
  undefined,
  '',
  'localhost',
  'localhost:5001',
  'evil.example:5000',
  'chat.example.org:5000',
  'a@localhost:5000',
  'localhost:5000/',
  'localhost:5000#',
])('H6: %s is not', (name) => expect(isOwnHost(name, allowed)).toBe(false));

describe('H6: where a request may come from', () => {
  test.each(['http://localhost:5000', 'https://chat.example.org'])(
    '%s may act, with and without a cookie',
    (origin) => {
      expect(isAllowed({ headers: { host, origin } }, allowed, true)).toBe(true);
      expect(isAllowed({ headers: { host, origin } }, allowed, false)).toBe(true);
    },
  );

  test.each([
    'null',
    '',
    'http://localhost',
    'https://localhost:5000',
    'http://chat.example.org',
    'https://chat.example.org:444',
    'https://chat.example.org.evil.example',
    'https://evil.example?https://chat.example.org',
    'HTTP://LOCALHOST:5000',
  ])('%j may not, with or without a cookie', (origin) => {
    expect(isAllowed({ headers: { host, origin } }, allowed, true)).toBe(false);
    expect(isAllowed({ headers: { host, origin } }, allowed, false)).toBe(false);
  });

  test('nobody in particular may, without a cookie', () => {
    expect(isAllowed({ headers: { host } }, allowed, false)).toBe(true);
    expect(isAllowed({ headers: { host } }, allowed, true)).toBe(false);
  });

  test('under a foreign name nobody may', () => {
    expect(isAllowed({ headers: { host: 'evil.example', origin: 'http://localhost:5000' } }, allowed, false)).toBe(
      false,
    );
    expect(isAllowed({ headers: {} }, allowed, false)).toBe(false);
  });
});

test('H6: the Referer counts where browsers leave the Origin out, and nowhere else', () => {
  const referer = 'http://localhost:5000/chat/lobby';
  expect(sourceOf({ method: 'GET', headers: { referer } })).toBe('http://localhost:5000');
  expect(sourceOf({ method: 'GET', headers: { referer, origin: 'null' } })).toBe('null');
  expect(sourceOf({ method: 'POST', headers: { referer } })).toBeUndefined();
  expect(isAllowed({ method: 'GET', headers: { host, referer: 'about:blank' } }, allowed, false)).toBe(false);
});

test('a link to us begins with the address that was asked for, under TLS where that is allowed', () => {
  const both = allowedOrigins({ ...parts, origins: ['http://chat.example.org', 'https://chat.example.org'] });
  expect(ownOrigin('localhost:5000', allowed)).toBe('http://localhost:5000');
  expect(ownOrigin('Chat.Example.org', allowed)).toBe('https://chat.example.org');
  expect(ownOrigin('chat.example.org', both)).toBe('https://chat.example.org');
  for (const host of [undefined, '', 'evil.example', 'localhost:5000/x', 'localhost:5000"'])
    expect(ownOrigin(host, allowed)).toBeUndefined();
});
