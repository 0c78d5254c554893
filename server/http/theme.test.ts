import { describe, expect, test } from 'vitest';
import { renderLogin } from './pages/login-page.tsx';
import { themeOf } from './theme.ts';

function chosen(cookie?: string) {
  const headers = cookie === undefined ? {} : { cookie };
  return themeOf({ headers });
}

describe('the theme', () => {
  test('is what the cookie says, among others', () => {
    expect(chosen('snug-theme=dark')).toBe('dark');
    expect(chosen('a=b; snug-theme=light; c=d')).toBe('light');
  });

  test('is the system’s where there is no cookie or anything else in it', () => {
    for (const cookie of [
      undefined,
      '',
      'snug-theme=',
      'snug-theme=black',
      'snug-theme="><b>',
      'not-snug-theme=dark',
    ]) {
      expect(chosen(cookie)).toBeUndefined();
    }
  });

  test('stands in the page itself, so that its first frame is right', () => {
    const page = (theme?: 'light' | 'dark') =>
      renderLogin({ assets: { styles: [] }, name: '', room: '', problems: {}, theme });
    expect(page('dark')).toMatch(/^<!doctype html><html lang="en" data-theme="dark">/u);
    expect(page('dark')).toContain('<meta name="color-scheme" content="dark"');
    expect(page('dark').match(/content="#[0-9a-f]{6}"/gu)).toEqual(['content="#111419"', 'content="#111419"']);
    expect(page().match(/content="#[0-9a-f]{6}"/gu)).toEqual(['content="#fbfaf7"', 'content="#111419"']);
    expect(page()).toContain('<meta name="color-scheme" content="light dark"');
  });
});
