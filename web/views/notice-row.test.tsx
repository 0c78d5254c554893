import { act, cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/room.ts';
import { ChangeRow, DayRow, NoticesRow } from './notice-row.tsx';
import { ada, message, NOON, notice } from './samples.ts';

const person = (name: string): Person => ({ id: `m-${name}` as MemberId, name, role: 'member' });
const people = ['Ada', 'Linus', 'Grace', 'Edsger', 'Barbara'].map(person);

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** What is read; a space at which no line breaks is one like any other. */
function read(element: Element | null | undefined): string | undefined {
  return element?.textContent.replaceAll('\u00a0', ' ');
}

describe('a notice', () => {
  test.each([
    [1, 'Ada joined · 2 here'],
    [2, 'Ada and Linus joined · 2 here'],
    [3, 'Ada, Linus and Grace joined · 2 here'],
    [4, 'Ada, Linus and 2 others joined · 2 here'],
    [5, 'Ada, Linus and 3 others joined · 2 here'],
  ])('point 16: of %i who joined takes one line', (count, text) => {
    const run = people.slice(0, count).map((who, at) => notice(at + 1, who, 'connect'));
    const { container } = render(<NoticesRow run={run} />);
    expect(read(container.querySelector('.notice > span'))).toBe(text);
    expect([...container.querySelectorAll('bdi')].map(({ textContent }) => textContent)).toContain('Ada');
  });

  test('point 16: grows in its place, and drops whoever came back', () => {
    const [ada, linus] = [person('Ada'), person('Linus')];
    const run = [notice(1, ada, 'disconnect'), notice(2, linus, 'connect')];
    const { container, rerender } = render(<NoticesRow run={run} />);
    const row = container.querySelector('.notice');
    expect(read(row)).toContain('Linus joined · Ada left');
    rerender(<NoticesRow run={[...run, notice(3, ada, 'connect')]} />);
    expect(container.querySelector('.notice')).toBe(row);
    expect(read(row?.querySelector('span'))).toBe('Linus joined · 2 here');
  });
});

test.each([
  [{ kind: 'rename', name: 'Augusta' }, 'Ada is now Augusta'],
  [{ kind: 'title', title: 'High tea' }, 'Ada calls the room High tea'],
  [{ kind: 'topic', topic: 'scones' }, 'Ada set the topic: scones'],
  [{ kind: 'topic', topic: '' }, 'Ada took the topic away'],
] as const)('L17: a quiet line tells of %o', (change, words) => {
  const { text: _text, ...stamp } = message(1, ada);
  const { container } = render(<ChangeRow line={{ ...stamp, ...change }} />);
  expect(container.querySelector('.notice > span')?.textContent.trim()).toBe(words);
});

test('today is yesterday after midnight, while one looks at it', () => {
  render(<DayRow pick={() => {}} at={NOON} />);
  expect(screen.getByRole('heading').textContent).toBe('Today');
  void act(() => void vi.advanceTimersByTime(11 * 3_600_000));
  expect(screen.getByRole('heading').textContent).toBe('Today');
  void act(() => void vi.advanceTimersByTime(3_600_000));
  expect(screen.getByRole('heading').textContent).toBe('Yesterday');
});
