import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roomName } from '../../protocol/names.ts';
import { suggestRoom } from './room-suggestion.ts';

test('N5: a suggested name is one that a room may have, and each number makes another one', () => {
  const nine = fc.array(fc.nat({ max: 69 }), { minLength: 9, maxLength: 9 });
  const suggested = (numbers: readonly number[]): string =>
    suggestRoom((into) => into.map((_, at) => numbers[at] ?? 0));
  fc.assert(
    fc.property(nine, nine, (one, other) => {
      expect(roomName(suggested(one))).toMatchObject({ ok: true, key: suggested(one) });
      expect(suggested(one) === suggested(other)).toBe(one.join() === other.join());
    }),
  );
});
