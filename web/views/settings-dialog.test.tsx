import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Choices } from './choices.ts';
import { Desktop } from './desktop.ts';
import { EnterKeySetting } from './enter-key.ts';
import { ROOM } from './samples.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { Settings } from './settings.ts';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function open(isTouch = false, desktop = new Desktop({ isSecureContext: false, focus: () => {} })): Settings {
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
      {...{ settings, desktop, isTouch }}
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

/** A browser in which somebody answers its question so. */
function asked(answer: NotificationPermission) {
  const questions: string[] = [];
  class Notifying extends EventTarget {
    static permission: NotificationPermission = 'default';
    static async requestPermission(): Promise<NotificationPermission> {
      questions.push('May it?');
      Notifying.permission = answer;
      return answer;
    }
    close(): void {}
  }
  return { questions, desktop: new Desktop({ isSecureContext: true, Notification: Notifying, focus: () => {} }) };
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
  const aloud = within(screen.getByRole('group', { name: 'Read aloud as it comes' }));
  fireEvent.click(aloud.getByRole('radio', { name: 'Mentions of me' }));
  expect([settings.theme, settings.density.value, settings.announced.value]).toEqual(['dark', 'compact', 'mentions']);
  expect([option('Dark').checked, option('Close together').checked]).toEqual([true, true]);
});

describe('point 25: notifications', () => {
  const turnOn = () => screen.getByRole('button', { name: 'Turn on notifications' });

  test('are explained before the browser asks, and on when one has said yes', async () => {
    const { questions, desktop } = asked('granted');
    const settings = open(false, desktop);
    expect(screen.getByRole('status').textContent).toContain('Your browser will ask');
    expect(questions).toEqual([]);
    fireEvent.click(turnOn());
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('are on'));
    expect([questions.length, settings.notifications.value]).toEqual([1, 'on']);
    fireEvent.click(screen.getByRole('checkbox', { name: 'They show what was written' }));
    expect(settings.words.value).toBe('hidden');
    fireEvent.click(screen.getByRole('button', { name: 'Turn off' }));
    expect(settings.notifications.value).toBe('off');
  });

  test('stay off where the browser was told no, and it says what to do', async () => {
    const { desktop } = asked('denied');
    const settings = open(false, desktop);
    fireEvent.click(turnOn());
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Allow notifications for this site'));
    expect(settings.notifications.value).toBe('off');
  });

  test('are not offered where there are none', () => {
    open();
    expect(screen.getByRole('status').textContent).toContain('do not work here');
    expect(screen.queryByRole('button', { name: 'Turn on notifications' })).toBeNull();
  });

  test('come from this room as one says of it', () => {
    const settings = open();
    expect(option('Nothing').checked).toBe(false);
    fireEvent.click(option('Nothing'));
    expect(settings.ofRoom(ROOM).value).toBe('none');
  });
});
