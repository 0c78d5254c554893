import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Choices } from './choices.ts';
import { EnterKeySetting } from './enter-key.ts';
import { ROOM } from './samples.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { Settings } from './settings.ts';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function open(isTouch = false): Settings {
  const storage = () => localStorage;
  const settings: Settings = new Settings({
    document,
    storage,
    choices: new Choices(document, localStorage),
    enterKey: new EnterKeySetting(storage, () => draw()),
    changed: () => draw(),
  });
  const dialog = () => (
    <SettingsDialog
      {...{ settings, isTouch }}
      here={{ room: ROOM, name: '#Tea' }}
      begin="settings"
      close={() => {}}
      failed={() => {}}
    />
  );
  const drawn = render(dialog());
  const draw = () => drawn.rerender(dialog());
  return settings;
}

const option = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });

test('point 6: a setting swaps what Enter and Shift+Enter do, and says what they do', () => {
  const settings = open();
  expect(option('Sends the message').checked).toBe(true);
  fireEvent.click(option('Breaks the line'));
  expect(settings.enterKey.value).toBe('breaks');
  expect(screen.getByText(/Shift\+Enter sends/u)).toBeTruthy();
});

test('point 6: where there is no keyboard nothing is asked of one', () => {
  open(true);
  expect(screen.queryByRole('radio', { name: 'Sends the message' })).toBeNull();
});

test('what is chosen holds at once', () => {
  const settings = open();
  fireEvent.click(option('Dark'));
  fireEvent.click(option('Close together'));
  fireEvent.click(option('Mentions of me'));
  expect([settings.theme, settings.density.value, settings.announced.value]).toEqual(['dark', 'compact', 'mentions']);
  expect([option('Dark').checked, option('Close together').checked]).toEqual([true, true]);
});
