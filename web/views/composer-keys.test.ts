import { describe, expect, test } from 'vitest';
import { asksForNewest, asksToCancel, asksToFormat, asksToSend, type Key } from './composer-keys.ts';

function key(more: Partial<Key> = {}): Key {
  return {
    key: 'Enter',
    keyCode: 13,
    isComposing: false,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    ...more,
  };
}

describe('which key sends', () => {
  test.each([
    ['Enter', {}, false, true],
    ['Shift+Enter', { shiftKey: true }, false, false],
    ['Alt+Enter', { altKey: true }, false, false],
    ['Ctrl+Enter', { ctrlKey: true }, false, true],
    ['Cmd+Enter', { metaKey: true }, false, true],
    ['Enter on touch', {}, true, false],
    ['Ctrl+Enter on touch', { ctrlKey: true }, true, true],
    ['another key', { key: 'a', keyCode: 65 }, false, false],
    ['Ctrl+another key', { key: 'a', keyCode: 65, ctrlKey: true }, false, false],
  ] as const)('point 6: %s', (_, more, isTouch, sends) => {
    expect(asksToSend(key(more), isTouch, 'sends')).toBe(sends);
  });

  test.each([
    ['Enter', {}, false, false],
    ['Shift+Enter', { shiftKey: true }, false, true],
    ['Alt+Enter', { altKey: true }, false, false],
    ['Alt+Shift+Enter', { altKey: true, shiftKey: true }, false, false],
    ['Ctrl+Enter', { ctrlKey: true }, false, true],
    ['Cmd+Enter', { metaKey: true }, false, true],
    ['Shift+Enter on touch', { shiftKey: true }, true, false],
    ['Ctrl+Enter on touch', { ctrlKey: true }, true, true],
  ] as const)('point 6: with the setting that swaps them: %s', (_, more, isTouch, sends) => {
    expect(asksToSend(key(more), isTouch, 'breaks')).toBe(sends);
  });

  test.each([
    ['isComposing', { isComposing: true }],
    ['keyCode 229', { keyCode: 229 }],
    ['isComposing with Ctrl', { isComposing: true, ctrlKey: true }],
    ['keyCode 229 with Cmd', { keyCode: 229, metaKey: true }],
  ] as const)('point 6: never while an input method composes: %s', (_, more) => {
    for (const setting of ['sends', 'breaks'] as const) {
      expect(asksToSend(key(more), false, setting)).toBe(false);
      expect(asksToSend(key({ ...more, shiftKey: true }), false, setting)).toBe(false);
      expect(asksToSend(key(more), true, setting)).toBe(false);
    }
  });
});

describe('which keys edit', () => {
  test.each([
    ['ArrowUp', {}, true],
    ['Shift+ArrowUp', { shiftKey: true }, false],
    ['Alt+ArrowUp', { altKey: true }, false],
    ['Cmd+ArrowUp', { metaKey: true }, false],
    ['ArrowUp in the list of an input method', { isComposing: true }, false],
    ['ArrowUp in its list in Safari', { keyCode: 229 }, false],
  ] as const)('point 7: %s', (_, more, edits) => {
    expect(asksForNewest(key({ key: 'ArrowUp', keyCode: 38, ...more }))).toBe(edits);
    expect(asksToCancel(key({ key: 'Escape', keyCode: 27, ...more }))).toBe(edits);
    expect(asksForNewest(key({ key: 'ArrowDown', keyCode: 40, ...more }))).toBe(false);
  });
});

describe('which key formats', () => {
  const pressed = (more: Partial<KeyboardEvent>, isApple = false) =>
    asksToFormat({ ...key(more), code: more.code ?? `Key${(more.key ?? '').toUpperCase()}` }, isApple);

  test.each([
    [{ key: 'b', ctrlKey: true }, 'bold'],
    [{ key: 'i', ctrlKey: true }, 'italic'],
    [{ key: 'e', ctrlKey: true }, 'code'],
    [{ key: 'X', ctrlKey: true, shiftKey: true }, 'strike'],
    // The same keys, where they make other letters.
    [{ key: 'и', code: 'KeyB', ctrlKey: true }, 'bold'],
  ] as const)('%j: %s', (more, format) => {
    expect(pressed(more)).toBe(format);
  });

  test('is Cmd on Apple’s keyboards, where Ctrl moves the caret', () => {
    expect(pressed({ key: 'b', metaKey: true }, true)).toBe('bold');
    expect(pressed({ key: 'e', ctrlKey: true }, true)).toBeUndefined();
    expect(pressed({ key: 'b', metaKey: true })).toBeUndefined();
  });

  test.each([
    { key: 'b' },
    { key: 'k', ctrlKey: true },
    { key: 'x', ctrlKey: true },
    { key: 'B', ctrlKey: true, shiftKey: true },
    // AltGr.
    { key: 'e', ctrlKey: true, altKey: true },
    { key: 'b', ctrlKey: true, isComposing: true },
    { key: 'Enter', code: 'Enter', ctrlKey: true },
  ])('%j does not', (more) => {
    expect(pressed(more)).toBeUndefined();
  });
});
