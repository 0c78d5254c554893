import { expect, test } from 'vitest';
import type { ClientId } from '../../protocol/ids.ts';
import { ada, linus, message, notice, roomOf, waiting } from '../views/samples.ts';
import { newestOwn, type PendingEdit, pendingWithEdits, textOf, withEdits } from './edits.ts';

const id = (text: string) => text as ClientId;
const edit = (target: number | string, more: Partial<PendingEdit> = {}): PendingEdit => ({
  clientId: id(`edit of ${target}`),
  target: typeof target === 'number' ? target : id(target),
  text: 'new',
  since: 9,
  ...more,
});
const refused = { refusal: { code: 'gone', message: 'gone' } } as const;

test('point 7: the message to edit is the newest of this member that is loaded and not deleted', () => {
  const deleted = message(4, ada, { deleted: true, text: '' });
  const lines = [message(1, ada), message(2, ada), message(3, linus), deleted, notice(5, ada, 'connect')];
  expect(newestOwn(roomOf(lines), [], ada.id)).toEqual({ target: 2, text: 'text 2' });
  expect(newestOwn(roomOf([message(1, linus)]), [], ada.id)).toBeUndefined();
});

test('point 7: one that is not sent yet is newer, and one that has its entry is that entry', () => {
  const state = roomOf([message(1, ada), message(2, ada)]);
  expect(newestOwn(state, [waiting('c9')], ada.id)).toEqual({ target: 'c9', text: 'text c9' });
  expect(newestOwn(state, [waiting('c2', { state: { kind: 'stored', seq: 2 } })], ada.id)?.target).toBe(2);
});

test('point 7: an edit shows at once, by the seq and by the client id of its message', () => {
  const state = roomOf([message(1, ada), message(2, ada), message(3, linus)]);
  const edited = withEdits(state, [edit(1), edit('c2', { text: 'newer' })]);
  expect(edited.lines.map((line) => line.kind === 'message' && line.text)).toEqual(['new', 'newer', 'text 3']);
  expect(edited.lines[0]).toMatchObject({ editedAt: 9 });
  expect(edited.lines[2]).toBe(state.lines[2]);
  expect(state.lines[0]).toMatchObject({ text: 'text 1' });
});

test('the last of several edits is shown', () => {
  const edited = withEdits(roomOf([message(1, ada)]), [edit(1, { text: 'one' }), edit(1, { text: 'two' })]);
  expect(edited.lines[0]).toMatchObject({ text: 'two' });
});

test('an edit shows nothing that is refused, not loaded or deleted, and then the room is the same object', () => {
  const state = roomOf([message(1, ada, { deleted: true, text: '' }), message(2, ada)]);
  for (const edits of [[], [edit(1)], [edit(7)], [edit('c7')], [edit(2, refused)], [edit(2, { text: 'text 2' })]]) {
    expect(withEdits(state, edits)).toBe(state);
  }
});

test('an edit of a message that is not sent yet shows in its row', () => {
  const pending = [waiting('c1'), waiting('c2')];
  expect(pendingWithEdits(pending, [edit('c2')]).map(({ text }) => text)).toEqual(['text c1', 'new']);
  expect(pendingWithEdits(pending, [edit('c2', refused), edit(1)])).toBe(pending);
});

test('what a message says now', () => {
  const state = roomOf([message(1, ada), message(2, linus)]);
  expect([textOf(state, 1), textOf(state, id('c2')), textOf(state, 3)]).toEqual(['text 1', 'text 2', undefined]);
});
