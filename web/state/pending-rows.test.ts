import { expect, it } from 'vitest';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import { pendingRows } from './pending-rows.ts';
import type { PendingMessage, PendingState } from './room-state.ts';
import { emptyRoom, received } from './timeline.ts';

const room = 'tea' as Address;
const row = (clientId: string, state: PendingState): PendingMessage => ({
  clientId: clientId as ClientId,
  room,
  text: clientId,
  since: 1,
  state,
});

it('S5: a row is drawn until its entry is a line or lies behind, and never together with it', () => {
  const state = received(emptyRoom(room), {
    room,
    seq: 1,
    id: 'e1' as EntryId,
    at: 1,
    by: { id: 'm-ada' as MemberId, name: 'Ada' },
    kind: 'message',
    clientId: 'a line' as ClientId,
    text: 'hello',
  });
  const rows = [
    row('a line', { kind: 'waiting' }),
    row('behind', { kind: 'stored', seq: 1 }),
    row('on its way', { kind: 'stored', seq: 2 }),
    row('not sent', { kind: 'waiting' }),
  ];
  expect(pendingRows(state, rows).map(({ text }) => text)).toEqual(['on its way', 'not sent']);
});
