import { describe, expect, test } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { type Code, refused } from '../../protocol/refusals.ts';
import { findDirect } from './find-direct.ts';
import { HandAsk } from './hand-ask.ts';

const [tea, ben] = ['tea' as Address, 'm-ben' as MemberId];

describe('D1: a conversation of two', () => {
  test('is asked for by the room and the member, and answered with where it is and who one is there', async () => {
    const wire = new HandAsk();
    const found = findDirect(wire.ask, tea, ben);
    const { request, answer } = wire.take('direct');
    expect(request).toEqual({ room: tea, member: ben });
    answer({ ok: true, room: '~talk' as Address, as: 'm-ada' as MemberId });
    expect(await found).toEqual({ room: '~talk', as: 'm-ada' });
  });

  test.each<[Code | undefined, string]>([
    [undefined, 'no connection'],
    ['notFound', 'given up'],
    ['forbidden', 'in the room alone'],
    ['busy', 'at the moment'],
    ['tooMany', 'as many'],
  ])('that cannot be had says why: %s', async (code, words) => {
    const wire = new HandAsk();
    const found = findDirect(wire.ask, tea, ben);
    wire.take('direct').answer(code && refused(code));
    expect(JSON.stringify(await found)).toContain(words);
  });
});
