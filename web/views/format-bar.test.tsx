import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { createRef, type VNode } from 'preact';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadFormats } from './format-field.ts';
import { FormatBar, FormatButton, useFormatting } from './format-bar.tsx';

// What a page waits for is here before: how long it takes is the machine's matter.
beforeAll(loadFormats);
// What happy-dom has not got; e2e/markup.spec.ts shows a browser's, and its undoing.
beforeEach(() => Object.assign(document, { execCommand: () => false }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function setUp(text: string) {
  const field = createRef<HTMLTextAreaElement>();
  const Page = (): VNode => {
    const formatting = useFormatting(field, () => {});
    return (
      <>
        <textarea ref={field} />
        <FormatButton {...formatting} />
        <FormatBar {...formatting} failed={() => {}} />
      </>
    );
  };
  render(<Page />);
  const box = screen.getByRole<HTMLTextAreaElement>('textbox');
  box.value = text;
  const button = screen.getByRole('button', { name: 'Formatting' });
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
  /** 0: by a key. */
  const open = async (detail: 0 | 1): Promise<HTMLElement> => {
    fireEvent.click(button, { detail });
    return screen.findByRole('toolbar', { name: 'Formatting' });
  };
  return { box, button, open, press, focused: () => document.activeElement?.getAttribute('aria-label') };
}

describe('the formatting bar', () => {
  test('is there when one asks for it, and goes in the same way', async () => {
    const { button, open } = setUp('');
    expect(screen.queryByRole('toolbar')).toBeNull();
    await open(1);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(button, { detail: 1 });
    expect(screen.queryByRole('toolbar')).toBeNull();
  });

  test('is one stop of the Tab key: arrows go round, Home and End to the ends, Escape to the field', async () => {
    const { box, open, press, focused } = setUp('');
    await open(0);
    const seen = [focused()];
    for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowDown']) {
      press(key);
      seen.push(focused());
    }
    expect(seen).toEqual(['Bold', 'Italic', 'Spoiler', 'Bold', 'Spoiler', 'Bold', 'Bold']);
    press('ArrowRight');
    const stops = screen.getAllByRole('button').filter((one) => one.tabIndex === 0);
    expect(stops.map((one) => one.getAttribute('aria-label'))).toEqual(['Formatting', 'Italic']);
    press('Escape');
    expect(document.activeElement).toBe(box);
  });

  test('formats what is selected, and one goes on writing', async () => {
    const { box, open } = setUp('so it is');
    box.setSelectionRange(3, 5);
    let told = 0;
    box.addEventListener('input', () => (told += 1));
    await open(1);
    fireEvent.click(screen.getByRole('button', { name: 'Bold' }));
    expect([box.value, box.selectionStart, box.selectionEnd, told]).toEqual(['so **it** is', 5, 7, 1]);
    expect(document.activeElement).toBe(box);
  });

  test('does not take the focus, nor a phone’s keyboard, from the field', async () => {
    const { button, open } = setUp('');
    expect(fireEvent.pointerDown(button)).toBe(false);
    await open(1);
    expect(fireEvent.pointerDown(screen.getByRole('button', { name: 'Code' }))).toBe(false);
  });

  test.each([
    ['Linux x86_64', 'Bold (Ctrl+B)', 'Control+B', 'Strike through (Ctrl+Shift+X)'],
    ['MacIntel', 'Bold (⌘B)', 'Meta+B', 'Strike through (⇧⌘X)'],
  ])('names the keys of this machine: %s', async (platform, bold, aria, strike) => {
    vi.stubGlobal('navigator', { platform });
    await setUp('').open(1);
    const named = screen.getByRole('button', { name: 'Bold' });
    expect([named.title, named.getAttribute('aria-keyshortcuts')]).toEqual([bold, aria]);
    expect(screen.getByRole('button', { name: 'Strike through' }).title).toBe(strike);
    expect(screen.getByRole('button', { name: 'Link' }).getAttribute('aria-keyshortcuts')).toBeNull();
  });
});
