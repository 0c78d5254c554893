import { describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../protocol/ids.ts';
import { forgetMember, memberOfTab, type PageFacts, rememberMember, type TabStorage } from './tab-member.ts';

const room = 'tea' as Address;
const [mine, other, served] = ['m-mine', 'm-other', 'm-served'] as [MemberId, MemberId, MemberId];
const page: PageFacts = { room, title: 'Tea', memberName: 'Ada', as: served };
const plain = new URL('http://localhost:5000/chat/tea');
const asOther = new URL('http://localhost:5000/chat/tea?as=m-other');

function storage(): TabStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const forbidden: TabStorage = {
  getItem: () => {
    throw new Error('forbidden');
  },
  setItem: () => {
    throw new Error('forbidden');
  },
  removeItem: () => {
    throw new Error('forbidden');
  },
};

describe('H3: which member a tab is', () => {
  test('what its address says, else what it was before the reload, else what the server takes it for', () => {
    const tab = storage();
    expect(memberOfTab(page, plain, tab)).toBe(served);
    rememberMember(room, mine, tab);
    expect(memberOfTab(page, plain, tab)).toBe(mine);
    expect(memberOfTab(page, asOther, tab)).toBe(other);
  });

  test('in each room by itself, also in rooms called like parts of objects', () => {
    const tab = storage();
    rememberMember('__proto__' as Address, mine, tab);
    expect(memberOfTab(page, plain, tab)).toBe(served);
    expect(memberOfTab({ ...page, room: '__proto__' as Address }, plain, tab)).toBe(mine);
  });

  test('is forgotten when the tab leaves', () => {
    const tab = storage();
    rememberMember(room, mine, tab);
    forgetMember(room, tab);
    expect(memberOfTab(page, plain, tab)).toBe(served);
  });

  test('where a tab may not remember, the address and the server say it', () => {
    rememberMember(room, mine, forbidden);
    forgetMember(room, forbidden);
    expect(memberOfTab(page, plain, forbidden)).toBe(served);
    expect(memberOfTab(page, asOther, forbidden)).toBe(other);
  });
});
