import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { asksForNewest, asksToCancel, asksToFormat, asksToSend } from './composer-keys.ts';
import { FORMATS } from './format.ts';
import { FORMAT_LABELS } from './format-keys.tsx';
import { asksForRoom, asksForSwitcher } from './room-keys.ts';
import { useSearch } from './search-slot.tsx';
import { ELSEWHERE, namesOfKeys, shortcutGroups, whileWriting } from './shortcut-list.ts';
import { AROUND, askedAround } from './shortcuts.ts';

afterEach(cleanup);

/** The key event of what the list names, on a keyboard that is not Apple's. */
function pressed(keys: string): KeyboardEvent {
  const parts = keys.split(/(?<=.)\+/u);
  const has = (name: string): boolean => parts.includes(name);
  const key = parts.at(-1) ?? '';
  const modifiers = { ctrlKey: has('Mod'), shiftKey: has('Shift'), altKey: has('Alt') };
  return new KeyboardEvent('keydown', { key, code: `Key${key}`, bubbles: true, ...modifiers });
}

function keysOf(does: string, enter: 'sends' | 'breaks' = 'sends'): readonly KeyboardEvent[] {
  const found = whileWriting(enter).find((shortcut) => shortcut.does === does);
  return (found?.keys ?? []).map(pressed);
}

function Searching() {
  return <p>{useSearch(true).isOpen ? 'open' : 'closed'}</p>;
}

describe('point 23: the list of shortcuts says what the keys do', () => {
  test('that send, break the line, edit and leave, as Enter is set', () => {
    for (const enter of ['sends', 'breaks'] as const) {
      expect(keysOf('Send', enter).map((event) => asksToSend(event, false, enter))).toEqual([true, true]);
      expect(keysOf('Break the line', enter).map((event) => asksToSend(event, false, enter))).toEqual([false]);
    }
    expect(keysOf('Edit your last message, where nothing is written').map(asksForNewest)).toEqual([true]);
    expect(keysOf('Leave an edit or a list').map(asksToCancel)).toEqual([true]);
  });

  test('that format', () => {
    const formats = FORMATS.flatMap((format) =>
      keysOf(FORMAT_LABELS[format]).map((event) => [format, asksToFormat(event, false)]),
    );
    expect(formats).toHaveLength(4);
    for (const [format, asked] of formats) expect(asked).toBe(format);
  });

  test('that go to other rooms, and search', () => {
    expect(ELSEWHERE.previousRoom.keys.map((keys) => asksForRoom(pressed(keys)))).toEqual(['previous']);
    expect(ELSEWHERE.nextRoom.keys.map((keys) => asksForRoom(pressed(keys)))).toEqual(['next']);
    expect(ELSEWHERE.switcher.keys.map((keys) => asksForSwitcher(pressed(keys), false))).toEqual([true]);
    for (const keys of ELSEWHERE.search.keys) {
      render(<Searching />);
      expect(screen.getByText('closed')).toBeTruthy();
      fireEvent(document.body, pressed(keys));
      expect(screen.getByText('open')).toBeTruthy();
      cleanup();
    }
  });

  test('that are for whoever surrounds the room, where one writes not those that are letters', () => {
    for (const [name, { keys }] of Object.entries(AROUND))
      for (const one of keys) expect(askedAround(pressed(one), false, false)).toBe(name);
    expect(askedAround(pressed('?'), false, true)).toBeUndefined();
    expect(askedAround(pressed('F6'), false, true)).toBe('nextPlace');
    expect(askedAround(new KeyboardEvent('keydown', { key: ',', metaKey: true }), true, true)).toBe('settings');
    expect(askedAround(new KeyboardEvent('keydown', { key: 'F6', altKey: true }), false, false)).toBeUndefined();
  });

  test('on a message, one letter each, and no key means two things in one place', () => {
    for (const { name, shortcuts } of shortcutGroups('sends')) {
      const keys = shortcuts.flatMap((shortcut) => shortcut.keys);
      expect(new Set(keys).size, name).toBe(keys.length);
    }
    const [, , onMessage] = shortcutGroups('sends');
    expect(onMessage?.shortcuts.find(({ does }) => does === 'React')?.keys).toEqual(['+', ':']);
  });

  test('and what stands on them', () => {
    expect(namesOfKeys('Mod+Shift+F', false)).toEqual(['Ctrl', 'Shift', 'F']);
    expect(namesOfKeys('Mod+K', true)).toEqual(['⌘', 'K']);
    expect(namesOfKeys('+', false)).toEqual(['+']);
    expect(namesOfKeys('Alt+ArrowUp', false)).toEqual(['Alt', '↑']);
  });
});
