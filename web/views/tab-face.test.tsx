import { beforeEach, describe, expect, test } from 'vitest';
import { TabFace } from './tab-face.ts';

const icon = () => document.querySelector('link[rel="icon"]')?.getAttribute('href');

beforeEach(() => {
  const link = document.createElement('link');
  link.rel = 'icon';
  link.setAttribute('href', '/favicon.svg');
  document.head.replaceChildren(link);
});

describe('point 25: what one sees of a tab that is not in front', () => {
  test('is how much is unread and in which room, with a dot, until nothing is', () => {
    const face = new TabFace(document, {});
    face.show('#tea', 0);
    expect([document.title, icon()]).toEqual(['#tea · Snug', '/favicon.svg']);
    face.show('#tea', 3);
    expect([document.title, icon()]).toEqual(['(3) #tea · Snug', '/favicon-unread.svg']);
    face.show('#tea', 0);
    expect([document.title, icon()]).toEqual(['#tea · Snug', '/favicon.svg']);
  });

  test('is no longer number than one can read', () => {
    new TabFace(document, {}).show('#tea', 100);
    expect(document.title).toBe('(99+) #tea · Snug');
  });

  test('is the badge of the app as well, told once for each number, and not missed where it is forbidden', async () => {
    const told: number[] = [];
    const refused = async (count: number) => {
      told.push(count);
      throw new DOMException('not an app', 'NotAllowedError');
    };
    const face = new TabFace(document, { setAppBadge: refused, clearAppBadge: () => refused(0) });
    for (const unread of [0, 2, 2, 0, 0]) face.show('#tea', unread);
    await Promise.resolve();
    expect(told).toEqual([2, 0]);
  });
});
