import { describe, expect, it } from 'vitest';
import type { MessageChange } from '../../protocol/entries.ts';
import type { ClientId, EntryId } from '../../protocol/ids.ts';
import { ada, linus, message, ROOM, roomOf } from '../views/samples.ts';
import { askedFor, gotMessages, gotPins, notFound } from './looked-up.ts';
import { quotedBy } from './quoted.ts';
import type { RoomState } from './room-state.ts';
import { disconnected, joined, received } from './timeline.ts';

const lines = [message(20, linus), message(21, ada)];
const reply = (head: number, ...seqs: number[]) => ({
  ok: true as const,
  room: ROOM,
  head,
  headId: `e${head}` as EntryId,
  entries: seqs.map((seq) => message(seq, linus)),
});
const change = (seq: number, target: number, what: { kind: 'delete' | 'pin' | 'unpin' }): MessageChange => ({
  room: ROOM,
  seq,
  id: `e${seq}` as EntryId,
  at: 1,
  by: { id: ada.id, name: ada.name },
  clientId: `k${seq}` as ClientId,
  target,
  ...what,
});
const found = (state: RoomState, seq: number) => state.lookedUp.messages.get(seq);

describe('point 19: what answers quote', () => {
  it('C11: is asked for once, and is then there, up to date', () => {
    const asked = askedFor(roomOf(lines), [3, 4]);
    expect([found(asked, 3), quotedBy(asked, [], 3)]).toEqual(['asked', 'asked']);
    const state = gotMessages(asked, [3, 4], reply(21, 3, 4));
    expect(quotedBy(state, [], 3)).toMatchObject({ text: 'text 3' });
    expect(quotedBy(received(state, change(22, 3, { kind: 'delete' })), [], 3)).toMatchObject({ deleted: true });
    expect(quotedBy(state, [], 20)).toBe(lines[0]);
  });

  it('C6: changes that came while it was asked for are in it, once', () => {
    const waiting = received(askedFor(roomOf(lines), [3]), change(22, 3, { kind: 'delete' }));
    const late = gotMessages(waiting, [3], reply(21, 3));
    expect(found(late, 3)).toMatchObject({ deleted: true, rev: 22 });
    expect(late.kept).toEqual([]);
    const early = gotMessages(askedFor(roomOf(lines), [3]), [3], {
      ...reply(22),
      entries: [message(3, linus, { deleted: true, text: '', rev: 22 })],
    });
    expect(received(early, change(22, 3, { kind: 'delete' })).lookedUp).toBe(early.lookedUp);
  });

  it('C11: what had no room in the answer is asked for again, and what is not there is not', () => {
    const state = gotMessages(askedFor(roomOf(lines), [3, 4, 5]), [3, 4, 5], reply(21, 4));
    expect([found(state, 3), found(state, 5)]).toEqual(['absent', undefined]);
    expect(found(notFound(askedFor(state, [5]), [5]), 5)).toBe('absent');
  });

  it('is asked for anew over a new connection where it was not given, and after a reset', () => {
    const state = gotMessages(askedFor(roomOf(lines), [3, 4]), [3, 4], reply(21, 4));
    const later = disconnected(askedFor(state, [7]));
    expect([found(later, 3), found(later, 7), later.lookedUp.asking]).toEqual([undefined, undefined, 0]);
    expect(found(later, 4)).toMatchObject({ text: 'text 4' });
    const anew = {
      ok: true,
      room: ROOM,
      head: 1,
      headId: 'x1' as EntryId,
      first: 1,
      reset: true,
      entries: [],
    } as const;
    const who = { me: ada, title: 'Tea', topic: '', count: 1, notices: true, here: [ada] };
    expect(joined(later, { ...anew, ...who, entries: [] }).lookedUp.messages.size).toBe(0);
  });
});

describe('L16: what is pinned', () => {
  const pins = (head: number, ...seqs: number[]) => ({ ...reply(head, ...seqs), seqs });

  it('is known once it was asked for, and follows the log', () => {
    const state = gotPins(askedFor(roomOf(lines), []), pins(21, 5, 3));
    expect(state.lookedUp.pins).toEqual([5, 3]);
    const pinned = received(state, change(22, 20, { kind: 'pin' }));
    expect(pinned.lookedUp.pins).toEqual([20, 5, 3]);
    const unpinned = received(pinned, change(23, 5, { kind: 'unpin' }));
    expect(received(unpinned, change(24, 3, { kind: 'delete' })).lookedUp.pins).toEqual([20]);
  });

  it('C6: has what came while it was asked for', () => {
    const waiting = received(askedFor(roomOf(lines), []), change(22, 20, { kind: 'pin' }));
    expect(gotPins(waiting, pins(21, 5)).lookedUp.pins).toEqual([20, 5]);
    expect(gotPins(waiting, pins(22, 20, 5)).lookedUp.pins).toEqual([20, 5]);
  });
});
