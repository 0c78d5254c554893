import { expect, test } from 'vitest';
import type { Address, MemberId } from '../../protocol/ids.ts';
import { linkTo } from './destination.ts';

const room = 'grüner tee' as Address;

test('a link says which room, as whom, and around which message', () => {
  expect(linkTo({ room })).toBe('/chat/gr%C3%BCner%20tee');
  expect(linkTo({ room, as: 'm-1' as MemberId })).toBe('/chat/gr%C3%BCner%20tee?as=m-1');
  expect(linkTo({ room, as: 'm-1' as MemberId, at: 7 })).toBe('/chat/gr%C3%BCner%20tee?as=m-1&at=7');
});
