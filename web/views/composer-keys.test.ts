import { describe, expect, test } from 'vitest';
import { asksToSend, type Key } from './composer-keys.ts';

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
  ] as const)('%s', (_, more, isTouch, sends) => {
    expect(asksToSend(key(more), isTouch)).toBe(sends);
  });

  test.each([
    ['isComposing', { isComposing: true }],
    ['keyCode 229', { keyCode: 229 }],
    ['isComposing with Ctrl', { isComposing: true, ctrlKey: true }],
    ['keyCode 229 with Cmd', { keyCode: 229, metaKey: true }],
  ] as const)('never while an input method composes: %s', (_, more) => {
    expect(asksToSend(key(more), false)).toBe(false);
    expect(asksToSend(key(more), true)).toBe(false);
  });
});
