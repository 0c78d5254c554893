// Entries and answers for the tests of the timeline.
import type { Entry, MessageEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import type { Granted } from '../../protocol/requests.ts';
import type { RoomState } from './room-state.ts';
import { emptyRoom, joined } from './timeline.ts';

export const room = 'tea' as Address;
export const ada = { id: 'm-ada' as MemberId, name: 'Ada' };
export const lin = { id: 'm-lin' as MemberId, name: 'Lin' };
export const me = { ...ada, role: 'owner' as const };

export const stamp = (seq: number, by = ada) => ({ room, seq, id: `e${seq}` as EntryId, at: 1_000 + seq, by });
export const change = (seq: number, target: number, by = ada) => ({
  ...stamp(seq, by),
  target,
  clientId: `c${seq}` as ClientId,
});
export const message = (seq: number, text = `text ${seq}`): MessageEntry => ({
  ...stamp(seq),
  kind: 'message',
  clientId: `c${seq}` as ClientId,
  text,
});
export const edit = (seq: number, target: number, text: string): Entry => ({
  ...change(seq, target),
  kind: 'edit',
  text,
});
export const deletion = (seq: number, target: number): Entry => ({ ...change(seq, target), kind: 'delete' });
export const react = (seq: number, target: number, emoji: string, by = ada): Entry => ({
  ...change(seq, target, by),
  kind: 'react',
  emoji,
});
export const unreact = (seq: number, target: number, emoji: string, by = ada): Entry => ({
  ...change(seq, target, by),
  kind: 'unreact',
  emoji,
});
export const notice = (seq: number, type: 'connect' | 'disconnect', by = lin): Entry => ({
  ...stamp(seq, by),
  kind: 'notice',
  type,
  here: 1,
});

export function page(head: number, entries: Entry[], reset: boolean, first = 1): Granted<'catchUp'> {
  return { ok: true, room, head, headId: head === 0 ? '' : (`e${head}` as EntryId), first, reset, entries };
}
export function join(head: number, entries: Entry[], reset = true): Granted<'join'> {
  return { ...page(head, entries, reset), me, title: 'Tea', topic: '', count: 1, notices: true, here: [me] };
}
export function history(head: number, entries: Entry[], atStart = false): Granted<'history'> {
  return { ok: true, room, head, headId: `e${head}` as EntryId, entries, atStart, atEnd: false };
}
export const entered = (...entries: Entry[]): RoomState =>
  joined(emptyRoom(room), join(entries.at(-1)?.seq ?? 0, entries));
export const seqs = (state: RoomState) => state.lines.map((line) => line.seq);
export const row = (state: RoomState, seq: number) => state.lines.find((line) => line.seq === seq);
