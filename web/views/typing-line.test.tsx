import { cleanup, render } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { TypingLine } from './typing-line.tsx';

afterEach(cleanup);

const author = (name: string) => ({ id: `m-${name}` as MemberId, name });

test.each([
  [[], ''],
  [['Ada'], 'Ada is typing'],
  [['Ada', 'Ben'], 'Ada and Ben are typing'],
  [['Ada', 'Ben', 'Cleo'], 'Ada, Ben and Cleo are typing'],
  [['Ada', 'Ben', 'Cleo', 'Dan'], 'Several people are typing'],
])('point 21: %j', (names, text) => {
  const { container } = render(<TypingLine typists={names.map(author)} />);
  expect(container.textContent).toBe(text);
});

test('point 21: the slot is there whoever types, and is announced to nobody', () => {
  const { container, rerender } = render(<TypingLine typists={[]} />);
  const slot = container.firstElementChild!;
  rerender(<TypingLine typists={[author('Ada')]} />);
  expect(container.firstElementChild).toBe(slot);
  expect(slot.closest('[aria-live], [role=status], [role=alert], [role=log]')).toBeNull();
});

test('a name stands for itself, whatever its direction', () => {
  const { container } = render(<TypingLine typists={[author('שרה'), author('<b>Ben</b>')]} />);
  expect([...container.querySelectorAll('bdi')].map(({ textContent }) => textContent)).toEqual(['שרה', '<b>Ben</b>']);
});
