// Entries as a log has them, for the tests of those who judge one.
import type { Author, Entry, MessageEntry } from '../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../protocol/ids.ts';

export const ADA: Author = { id: 'a' as MemberId, name: 'Ada' };
export const BEN: Author = { id: 'b' as MemberId, name: 'Ben' };
export const ROOM = 'tea' as Address;

export function stamp(seq: number, by: Author = ADA) {
  return { room: ROOM, seq, id: `entry-${seq}` as EntryId, at: 0, by };
}

export function message(seq: number, clientId: string, text: string, more: Partial<MessageEntry> = {}): Entry {
  return { ...stamp(seq), kind: 'message', clientId: clientId as ClientId, text, ...more };
}

export function notice(seq: number, type: 'connect' | 'disconnect' = 'connect', by = ADA, here = 1): Entry {
  return { ...stamp(seq, by), kind: 'notice', type, here };
}

export function settings(seq: number, notices: boolean, by: Author, here: number): Entry {
  return { ...stamp(seq, by), kind: 'settings', notices, here };
}

export function edit(seq: number, clientId: string, target: number, text: string): Entry {
  return { ...stamp(seq), kind: 'edit', clientId: clientId as ClientId, target, text };
}

export function deletion(seq: number, clientId: string, target: number): Entry {
  return { ...stamp(seq), kind: 'delete', clientId: clientId as ClientId, target };
}

export function reaction(seq: number, kind: 'react' | 'unreact', clientId: string, target: number, by = BEN): Entry {
  return { ...stamp(seq, by), kind, clientId: clientId as ClientId, target, emoji: '👍' };
}

export function emptied(seq: number): Entry {
  const { room, id } = stamp(seq);
  return { room, seq, id, kind: 'void' };
}
