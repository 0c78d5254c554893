import { afterEach, describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../protocol/ids.ts';
import { TabHistory } from './tab-history.ts';

const cake = { room: 'cake & tea' as Address, as: 'm-1' as MemberId };

afterEach(() => history.replaceState(null, '', '/'));

function setUp(isOpen = false) {
  const shown: string[] = [];
  const gesture = { takeEntry: () => isOpen };
  const { go } = new TabHistory({ window, gesture, show: ({ room }, { href }) => shown.push(room, href) });
  return { go, shown };
}

describe('the history of a tab', () => {
  test('has an entry for each room that was shown, at the address that opens it', () => {
    const { go, shown } = setUp();
    const before = history.length;
    go(cake);
    expect(history.length).toBe(before + 1);
    expect(location.pathname + location.search).toBe('/chat/cake%20%26%20tea?as=m-1');
    expect(shown).toEqual(['cake & tea', location.href]);
  });

  test('point 29: has none more where something lay over the room, which had one', () => {
    const { go } = setUp(true);
    const before = history.length;
    go(cake);
    expect(history.length).toBe(before);
  });

  test('leads back to a room, and to no other page of its own', () => {
    const { shown } = setUp();
    for (const path of ['/chat/cake%20%26%20tea', '/chat/%E0%A4%A', '/chat/', '/', '/chat/tea']) {
      history.replaceState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    }
    expect(shown.filter((_, at) => at % 2 === 0)).toEqual(['cake & tea', 'tea']);
  });
});
