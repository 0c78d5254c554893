import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientId } from '../../protocol/ids.ts';
import { MessageRow, shapeOf } from './message-row.tsx';
import type { RowActs } from './message-acts.ts';
import type { PendingActions } from './pending.tsx';
import { ada, linus, message, NOON, waiting } from './samples.ts';

const none: PendingActions & RowActs = {
  retry: () => {},
  edit: () => {},
  discard: () => {},
  perform: () => {},
  react: () => {},
  showAround: () => {},
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function pendingRow(pending = waiting('c1'), actions = none) {
  return (
    <MessageRow
      {...shapeOf({ kind: 'pending', key: pending.clientId, from: 1, to: 1, pending, me: ada, first: true })}
      {...actions}
    />
  );
}

function sentRow(line = message(1, linus)) {
  return (
    <MessageRow
      {...shapeOf({
        kind: 'message',
        key: line.clientId,
        from: line.seq,
        to: line.seq,
        line,
        own: false,
        first: true,
        me: ada.id,
      })}
      {...none}
    />
  );
}

describe('a message on its way', () => {
  test('looks sent for a second, and then says quietly that it is not', () => {
    render(pendingRow());
    expect(screen.queryByText(/Sending/u)).toBeNull();
    void act(() => void vi.advanceTimersByTime(999));
    expect(screen.queryByText(/Sending/u)).toBeNull();
    void act(() => void vi.advanceTimersByTime(1));
    expect(screen.getByText(/Sending/u)).toBeTruthy();
  });

  test('S5: becomes its entry in the same place in the document', () => {
    const { rerender } = render(pendingRow());
    void act(() => void vi.advanceTimersByTime(2_000));
    const before = screen.getByRole('article');
    const line = message(1, ada);
    rerender(
      <MessageRow
        {...shapeOf({
          kind: 'message',
          key: line.clientId,
          from: line.seq,
          to: line.seq,
          line,
          own: true,
          first: true,
          me: ada.id,
        })}
        {...none}
      />,
    );
    expect(screen.getByRole('article')).toBe(before);
    expect(screen.queryByText(/Sending/u)).toBeNull();
  });

  test('that was stored says nothing while its entry is awaited', () => {
    render(pendingRow(waiting('c1', { since: NOON - 9_000, state: { kind: 'stored', seq: 4 } })));
    expect(screen.queryByText(/Sending|Not sent/u)).toBeNull();
  });

  test('that was not taken says why and offers Retry, Edit and Delete', () => {
    const asked: string[] = [];
    const record = (what: string) => (id: ClientId) => asked.push(`${what} ${id}`);
    const state = { kind: 'failed', code: 'tooLong', message: 'This is too long.' } as const;
    render(
      pendingRow(waiting('c1', { state }), {
        ...none,
        retry: record('retry'),
        edit: record('edit'),
        discard: record('discard'),
      }),
    );
    expect(screen.getByRole('group', { name: 'Not sent' }).textContent).toContain('Not sent. This is too long.');
    for (const name of ['Retry', 'Edit', 'Delete']) fireEvent.click(screen.getByRole('button', { name }));
    expect(asked).toEqual(['retry c1', 'edit c1', 'discard c1']);
  });
});

describe('a message', () => {
  test('is an article named after its author and time', () => {
    render(sentRow());
    expect(screen.getByRole('article', { name: /^Linus, .*\d/u }).textContent).toContain('text 1');
  });

  test('shows text as text, whatever is in it', () => {
    const { container } = render(sentRow(message(1, linus, { text: '<img src=x onerror=alert(1)>\n<b>&amp;' })));
    expect(container.querySelector('.text')?.textContent).toBe('<img src=x onerror=alert(1)>\n<b>&amp;');
    expect(container.querySelector('img, b')).toBeNull();
  });

  test('keeps a name that runs the other way apart from what stands beside it', () => {
    const { container } = render(sentRow(message(1, { ...linus, name: 'مريم' })));
    expect(container.querySelector('bdi')?.textContent).toBe('مريم');
  });

  test('says that it was edited, or deleted, and who reacted', () => {
    const reactions = [{ emoji: '👍', by: [linus, ada] }];
    const { rerender } = render(sentRow(message(1, linus, { rev: 2, editedAt: NOON, reactions })));
    expect(screen.getByText('(edited)')).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Reactions' }).textContent).toBe('👍 2 by Linus, you');
    rerender(sentRow(message(1, linus, { rev: 3, deleted: true, text: '' })));
    expect(screen.getByText('This message was deleted.')).toBeTruthy();
    expect(screen.queryByRole('list')).toBeNull();
  });

  test('that tells what somebody does names them once, in the line itself', () => {
    const { container } = render(sentRow(message(1, linus, { text: '/me waves' })));
    expect(screen.getByRole('article', { name: /^Linus, /u }).querySelector('.text')?.textContent).toBe('Linus waves');
    expect(container.querySelectorAll('.name')).toHaveLength(1);
    expect(container.querySelector('.gutter time')).not.toBeNull();
  });
});
