import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { emojiCalled } from '../markup/emoji-names.ts';
import type { Asked } from './asked.ts';
import { candidatesFor, MOST_CANDIDATES, type Sources } from './candidates.ts';

const people = ['Ada', 'Ada Lovelace', 'Zoë', 'Lin Zhao', '田中'].map((name) => ({
  id: `m-${name}` as MemberId,
  name,
}));

function offered(kind: Asked['kind'], begun: string, sources: Sources = { people, emoji: emojiCalled }): string[] {
  return candidatesFor({ kind, begun, from: 0, to: begun.length + 1 }, sources).map(({ insert }) => insert);
}

describe('point 10: what is offered', () => {
  test('people whose name begins so, and then those of whose words one does', () => {
    expect(offered('person', 'ad')).toEqual(['@Ada ', '@Ada Lovelace ']);
    expect(offered('person', 'z')).toEqual(['@Zoë ', '@Lin Zhao ']);
    expect(offered('person', 'zoe')).toEqual(['@Zoë ']);
    expect(offered('person', '田')).toEqual(['@田中 ']);
    expect(offered('person', 'x')).toEqual([]);
  });

  test('not whoever is named already: "@Ada " is whole, and may go on', () => {
    expect(offered('person', 'Ada ')).toEqual(['@Ada Lovelace ']);
    expect(offered('person', 'Zoë ')).toEqual([]);
  });

  test('no more than are seen at a glance', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ id: `m-${n}` as MemberId, name: `Ada ${n}` }));
    expect(offered('person', '', { people: many, emoji: undefined })).toHaveLength(MOST_CANDIDATES);
    expect(offered('emoji', 'face')).toHaveLength(MOST_CANDIDATES);
  });

  test('emoji whose name begins so first, each once, in capitals too', () => {
    expect(offered('emoji', 'tada')).toEqual(['🎉 ']);
    expect(offered('emoji', 'TADA')).toEqual(['🎉 ']);
    expect(offered('emoji', '+1')).toEqual(['👍 ']);
    expect(offered('emoji', 'tada', { people, emoji: undefined })).toEqual([]);
  });

  test('commands', () => {
    expect(offered('command', '')).toEqual(['/me ', '/nick ', '/topic ', '/leave', '/help']);
    expect(offered('command', 'T')).toEqual(['/topic ']);
    expect(offered('command', 'x')).toEqual([]);
  });
});
