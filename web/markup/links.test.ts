import { describe, expect, test } from 'vitest';
import { hiddenHost, safeUrl } from './links.ts';

describe('where a link leads', () => {
  test.each([
    ['https://a.example/', 'here', 'a.example'],
    ['https://a.example:8443/b', 'here', 'a.example:8443'],
    ['https://evil.example/', 'https://bank.example/', 'evil.example'],
    ['https://bank.example/evil', 'https://bank.example/login', 'bank.example'],
    // Whoever reads it sees a bank, and the browser a name of evil.example.
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    // Cyrillic letters.
    ['https://xn--80ak6aa92e.com/', 'https://аррӏе.com/', 'xn--80ak6aa92e.com'],
    ['mailto:ada@a.example', 'write to me', 'ada@a.example'],
  ])('of %s is told beside %j', (url, seen, host) => {
    expect(hiddenHost(url, seen)).toBe(host);
  });

  test.each([
    ['https://a.example/', 'https://a.example'],
    ['https://a.example/', 'a.example'],
    ['https://a.example/b?c#d', 'HTTPS://A.EXAMPLE/b?c#d'],
    ['https://a.example/', 'http://a.example/'],
    ['mailto:ada@a.example', 'ada@a.example'],
    ['mailto:ada@a.example?subject=x', 'mailto:ada@a.example?subject=x'],
  ])('of %s is said by %j itself', (url, seen) => {
    expect(hiddenHost(url, seen)).toBeUndefined();
  });
});

test('an address is given as the browser will take it', () => {
  expect(safeUrl('HTTPS://bücher.example/ä')).toBe('https://xn--bcher-kva.example/%C3%A4');
  expect(safeUrl('mailto:@')).toBeUndefined();
});
