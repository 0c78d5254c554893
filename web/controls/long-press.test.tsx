import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchLongPress } from './long-press.ts';

const pressed: (string | null)[] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  pressed.length = 0;
  render(
    <div>
      <p>words</p>
      <button type="button">act</button>
    </div>,
  );
  stop = watchLongPress(document.body, (on) => pressed.push(on.textContent));
});
afterEach(() => {
  stop();
  cleanup();
  vi.useRealTimers();
});

const at = (clientX: number, pointerType = 'touch') => ({ pointerType, isPrimary: true, clientX, clientY: 0 });

test('a finger that rests for half a second presses', () => {
  fireEvent.pointerDown(screen.getByText('words'), at(0));
  vi.advanceTimersByTime(499);
  expect(pressed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(pressed).toEqual(['words']);
});

test('one that scrolls, or is lifted, does not; neither does a mouse, nor what has a meaning of its own', () => {
  const words = screen.getByText('words');
  fireEvent.pointerDown(words, at(0));
  fireEvent.pointerMove(words, at(20));
  vi.advanceTimersByTime(900);
  fireEvent.pointerDown(words, at(0));
  fireEvent.pointerUp(words, at(0));
  vi.advanceTimersByTime(900);
  fireEvent.pointerDown(words, at(0, 'mouse'));
  vi.advanceTimersByTime(900);
  fireEvent.pointerDown(screen.getByRole('button'), at(0));
  vi.advanceTimersByTime(900);
  expect(pressed).toEqual([]);
});
