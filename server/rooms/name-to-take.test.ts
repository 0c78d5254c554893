import { expect, test } from 'vitest';
import { RESERVED_NAMES } from '../../protocol/names.ts';
import { nameToTake } from './name-to-take.ts';
import { Refusal } from './refusal.ts';

function codeOf(raw: string): string | undefined {
  try {
    nameToTake(raw);
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.answer.code : String(error);
  }
}

test.each([...RESERVED_NAMES, 'ADMIN', ' Server '])('N3: %s is kept for the room itself', (name) => {
  expect(codeOf(name)).toBe('nameReserved');
});

test.each([
  ['a Cyrillic a', '\u0430dmin'],
  ['rn for m', 'adrnin'],
  ['zero for o', 'B0T'],
  ['an accent-free Greek omicron', 'm\u03bfderator'],
])('N3: so is what only looks like it: %s, %s', (_, name) => {
  expect(codeOf(name)).toBe('nameReserved');
});

test.each(['Adam', 'Administrator', 'Botond', 'Everyman', 'Hera', 'Owen', 'robot', 'serve'])(
  'N3: %s is a name like any other',
  (name) => {
    expect(codeOf(name)).toBeUndefined();
  },
);

test('N4: two keys: "Ian" and "ian" share the folded name, "Ian" and "lan" the skeleton, and neither pair the other key', () => {
  const [ian, small, lan] = [nameToTake('Ian'), nameToTake('ian'), nameToTake('lan')];
  expect([ian.key === small.key, ian.skeleton === small.skeleton]).toEqual([true, false]);
  expect([ian.key === lan.key, ian.skeleton === lan.skeleton]).toEqual([false, true]);
});

test('N1 N2: what cannot be a name is refused with the reason in words', () => {
  expect(() => nameToTake('Ad\u200ba')).toThrow('cannot be seen');
  expect(codeOf('x'.repeat(33))).toBe('nameInvalid');
});
