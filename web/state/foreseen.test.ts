import { describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { Foreseen, namingIn, NO_NAMING, refusedText } from './foreseen.ts';
import { emptyRoom } from './timeline.ts';

const state = { ...emptyRoom('tea' as Address), title: 'Tea', topic: 'scones' };

describe('the room as it will be', () => {
  test('L17: is called as its member has called it last, as far as that was not refused', () => {
    const refusal = { code: 'nameInvalid', message: '' };
    const naming = namingIn([
      { want: { kind: 'title', title: 'one' } },
      { want: { kind: 'title', title: 'two' } },
      { want: { kind: 'title', title: 'three' }, refusal },
      { want: { kind: 'topic', topic: '' } },
    ]);
    expect(new Foreseen().of(state, naming)).toMatchObject({ title: 'two', topic: '' });
  });

  test('says what is as it was where that was refused', () => {
    expect(refusedText('topic', 'This is too long.')).toBe('The topic is as it was. This is too long.');
    expect(refusedText('react', 'This message was deleted.')).toBe('Not done. This message was deleted.');
  });

  test('is the room itself while nothing is on its way, and the same object until something changes', () => {
    const foreseen = new Foreseen();
    expect(foreseen.of(state, NO_NAMING)).toBe(state);
    const called = foreseen.of(state, { title: 'High tea' });
    expect(foreseen.of(state, { title: 'High tea' })).toBe(called);
    expect(foreseen.of(state, { title: 'Low tea' })).not.toBe(called);
    const me = { id: 'm-ada' as MemberId, name: 'Ada', role: 'member' } as const;
    expect(foreseen.of({ ...state, me }, { title: 'Low tea' }).me).toBe(me);
  });
});
