import { expect, test } from 'vitest';
import type { MessageChange, MessageEntry } from '../../protocol/entries.ts';
import type { Address, ClientId, EntryId, MemberId } from '../../protocol/ids.ts';
import { changed } from './message-change.ts';

const ada = { id: 'm-ada' as MemberId, name: 'Ada' };
const stamp = (seq: number) => ({ room: 'tea' as Address, seq, id: `e${seq}` as EntryId, at: 1_000 + seq, by: ada });
const message: MessageEntry = { ...stamp(5), kind: 'message', clientId: 'c5' as ClientId, text: 'yes', replyTo: 3 };
const change = (seq: number) => ({ ...stamp(seq), target: 5, clientId: `c${seq}` as ClientId });
const edit = (seq: number, text: string): MessageChange => ({ ...change(seq), kind: 'edit', text });
const deletion = (seq: number): MessageChange => ({ ...change(seq), kind: 'delete' });

test('L13: an edit leaves what the message answers', () => {
  expect(changed(message, edit(6, 'no'))).toMatchObject({ text: 'no', replyTo: 3, rev: 6 });
});

test('L7: of what was deleted it is not said what it answered', () => {
  const { replyTo: _, ...rest } = message;
  expect(changed(message, deletion(6))).toEqual({ ...rest, text: '', deleted: true, rev: 6 });
});

test('L14: an edit says anew whom the message mentions; a deletion takes them', () => {
  const mentions = [{ id: 'm-lin' as MemberId, name: 'Lin' }];
  const mentioning = changed(message, { ...edit(6, 'no, @Lin'), mentions } as MessageChange);
  expect(mentioning).toMatchObject({ text: 'no, @Lin', mentions, editedAt: 1_006 });
  expect(changed(mentioning, edit(7, 'no'))).not.toHaveProperty('mentions');
  expect(changed(mentioning, deletion(7))).not.toHaveProperty('mentions');
});

test('L16: a message is pinned and unpinned, and a deletion unpins it', () => {
  const pinned = changed(message, { ...change(6), kind: 'pin' });
  expect(pinned).toEqual({ ...message, pinned: true, rev: 6 });
  expect(changed(pinned, { ...change(7), kind: 'unpin' })).toEqual({ ...message, rev: 7 });
  expect(changed(pinned, deletion(7))).not.toHaveProperty('pinned');
});
