import { beforeEach, describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../protocol/ids.ts';
import { MemoryTexts } from './connection/memory-texts.ts';
import { Ignored } from './ignored.ts';

const ben = { id: 'm-ben' as MemberId, name: 'Ben' };
const grace = { id: 'm-grace' as MemberId, name: 'Grace' };
let texts: MemoryTexts;
let changes: number;

beforeEach(() => {
  texts = new MemoryTexts();
  changes = 0;
});

const inRoom = (room: string) => new Ignored({ texts, room: room as Address, changed: () => (changes += 1) });

describe('whom one ignores', () => {
  test('is kept in this browser for this room, until one wants to read them again', () => {
    const tea = inRoom('tea');
    tea.ignore(ben);
    tea.ignore(grace);
    tea.ignore({ ...ben, name: 'Benjamin' });
    expect(inRoom('tea').people).toEqual([grace, { ...ben, name: 'Benjamin' }]);
    expect(inRoom('cake').people).toEqual([]);
    expect(tea.without([ben, { ...ben, id: 'm-ada' as MemberId }])).toHaveLength(1);
    tea.heed(ben.id);
    tea.heed(grace.id);
    expect([tea.people, texts.size, changes]).toEqual([[], 0, 5]);
  });

  test('is the same in other tabs', () => {
    const [one, other] = [inRoom('tea'), inRoom('tea')];
    one.ignore(ben);
    const [key = null] = texts.keys();
    other.keptElsewhere('another key');
    expect(other.people).toEqual([]);
    other.keptElsewhere(key);
    expect(other.people).toEqual([ben]);
    texts.removeItem(key ?? '');
    other.keptElsewhere(null);
    expect(other.people).toEqual([]);
  });

  test('is nobody where what is kept is not readable', () => {
    for (const kept of ['{', '{}', '[1, null, {"id": 1, "name": "Ben"}]']) {
      texts.setItem('snug ignored "tea"', kept);
      expect(inRoom('tea').people).toEqual([]);
    }
  });

  test('is so for this page where nothing can be kept', () => {
    texts.setItem = () => {
      throw new Error('full');
    };
    const tea = inRoom('tea');
    tea.ignore(ben);
    expect(tea.people).toEqual([ben]);
  });
});
