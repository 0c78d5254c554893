import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { EnterKeyChoice } from './enter-key-choice.tsx';
import { EnterKeySetting } from './enter-key.ts';

afterEach(cleanup);

test('point 6: a setting swaps what Enter and Shift+Enter do, and says what they do', async () => {
  const setting = new EnterKeySetting(() => {
    throw new Error('SecurityError');
  });
  render(<EnterKeyChoice setting={setting} />);
  const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Enter sends' });
  expect(box.checked).toBe(true);
  fireEvent.click(box);
  expect(setting.value).toBe('breaks');
  await waitFor(() => expect(screen.getByText('Enter breaks the line, Shift+Enter sends.')).toBeTruthy());
  fireEvent.click(box);
  expect(setting.value).toBe('sends');
});
