import { expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { MAX_MENTIONS } from '../../protocol/limits.ts';
import { alongOf, mentionedIn } from './mentioned.ts';

const people = ['Ann', 'Anna', 'Ada Lovelace', 'Zoë'].map((name) => ({ id: `m-${name}` as MemberId, name }));
const namesIn = (text: string) => mentionedIn(text, people).map(({ name }) => name);

test.each([
  ['hello', []],
  ['Ann', []],
  ['@Ann', ['Ann']],
  ['@Anna!', ['Anna']],
  ['@Anna and @Ann', ['Ann', 'Anna']],
  ['**@Zoë** said', ['Zoë']],
  ['> @Ada Lovelace', ['Ada Lovelace']],
  ['- one\n- ||@Ann||', ['Ann']],
  ['/me greets @Ann', ['Ann']],
  ['`@Ann`', []],
  ['```\n@Ann\n```', []],
  ['mail@Ann', []],
  ['@ann', []],
])('L14: %j means %j', (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

test('L14: no more are meant than a message may name', () => {
  const many = Array.from({ length: 30 }, (_, n) => ({ id: `m-${n}` as MemberId, name: `P${n}x` }));
  expect(alongOf(many.map(({ name }) => `@${name}`).join(' '), many).mentions).toHaveLength(MAX_MENTIONS);
  expect(alongOf('nobody', many)).toEqual({});
});
