import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_DEPTH } from '../../protocol/limits.ts';
import { readPlain } from './plain.ts';

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : depth % 2 === 0 ? [nested(depth - 1)] : { inner: nested(depth - 1) };
}

test('R2: depth is bounded, where the attacker says how deep it is', () => {
  expect(readPlain(nested(MAX_DEPTH))).toEqual(nested(MAX_DEPTH));
  expect(readPlain(nested(MAX_DEPTH + 1))).toBeUndefined();
  expect(readPlain(JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`))).toBeUndefined();
});

test.each<[string, unknown]>([
  ['a Buffer', Buffer.from('x')],
  ['a Buffer inside', { text: Buffer.from('x') }],
  ['an ArrayBuffer', [new ArrayBuffer(1)]],
  ['a Map', new Map()],
  ['a key named __proto__', JSON.parse('{"__proto__":{}}')],
])('R2: %s is not plain', (_, value) => {
  expect(readPlain(value)).toBeUndefined();
});

test('R2: JSON of bounded depth passes as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: MAX_DEPTH - 1 }), (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      if (JSON.stringify(value).includes('"__proto__"')) return;
      expect(readPlain(parsed)).toBe(parsed);
    }),
  );
});
