import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createRef, type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, test } from 'vitest';
import { Composer } from './composer.tsx';

afterEach(cleanup);

/** The composer as a page holds it: the text is the page's, and gone when it was sent. */
function setUp({ isTouch = false, draft = '' } = {}) {
  const sent: string[] = [];
  const field = createRef<HTMLTextAreaElement>();
  const Page = (): VNode => {
    const [text, setText] = useState(draft);
    const send = (said: string): void => {
      sent.push(said);
      setText('');
    };
    return <Composer title="Tea" field={field} text={text} isTouch={isTouch} write={setText} send={send} />;
  };
  render(<Page />);
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Tea' });
  return { sent, box, type: (text: string) => fireEvent.input(box, { target: { value: text } }) };
}

describe('the composer', () => {
  test('sends with Enter and is empty afterwards, with the focus in it', () => {
    const { sent, box, type } = setUp();
    type('hello');
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(sent).toEqual(['hello']);
    expect(box.value).toBe('');
    expect(document.activeElement).toBe(box);
  });

  test('sends with the button', () => {
    const { sent, type } = setUp();
    type('hello');
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(sent).toEqual(['hello']);
  });

  test('keeps what is typed, and sends it once, before the page has drawn what it was told', async () => {
    const sent: string[] = [];
    const send = (said: string) => void sent.push(said);
    const field = createRef<HTMLTextAreaElement>();
    render(<Composer title="Tea" field={field} text="" isTouch={false} write={() => {}} send={send} />);
    const box = screen.getByRole<HTMLTextAreaElement>('textbox');
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(await screen.findByText('Write something first.')).toBeDefined();
    fireEvent.input(box, { target: { value: 'h' } });
    await waitFor(() => expect(screen.queryByText('Write something first.')).toBeNull());
    expect(box.value).toBe('h');
    fireEvent.keyDown(box, { key: 'Enter' });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(sent).toEqual(['h']);
  });

  test('leaves Shift+Enter to the field, which breaks the line', () => {
    const { sent, box, type } = setUp();
    type('hello');
    // False would mean that somebody prevented what the browser does with the key.
    expect(fireEvent.keyDown(box, { key: 'Enter', keyCode: 13, shiftKey: true })).toBe(true);
    expect(sent).toEqual([]);
    expect(box.value).toBe('hello');
  });

  test('sends nothing while an input method composes', () => {
    const { sent, box, type } = setUp();
    type('にほん');
    expect(fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })).toBe(true);
    expect(fireEvent.keyDown(box, { key: 'Enter', keyCode: 13, isComposing: true })).toBe(true);
    expect(sent).toEqual([]);
  });

  test('on touch Enter breaks the line and the button sends', () => {
    const { sent, box, type } = setUp({ isTouch: true });
    type('hello');
    expect(fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })).toBe(true);
    expect(sent).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(sent).toEqual(['hello']);
  });

  test('starts with the draft', () => {
    expect(setUp({ draft: 'half a thou' }).box.value).toBe('half a thou');
  });

  test.each(['', '  ', '\n\n', '\u200b', '\u2800'])('R6: says why nothing (%j) cannot be sent', (text) => {
    const { sent, box, type } = setUp();
    type(text);
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(sent).toEqual([]);
    expect(screen.getByRole('alert').textContent).toBe('Write something first.');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(box);
  });

  test('R6: says how much too long a text is and keeps all of it', () => {
    const { sent, box, type } = setUp();
    const text = 'x'.repeat(4_001);
    type(text);
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(sent).toEqual([]);
    expect(box.value).toBe(text);
    expect(screen.getByRole('alert').textContent).toContain('4000 characters at most, and this has 4001');
    type('shorter');
    expect(screen.getByRole('alert').textContent).toBe('');
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(sent).toEqual(['shorter']);
  });

  test('R6: says so when the bytes are too many and the characters are not', () => {
    const { box, type } = setUp();
    type('👩‍👩‍👧‍👦'.repeat(1_000));
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(screen.getByRole('alert').textContent).toContain('fewer of large ones like emoji');
  });

  test('sends neither the empty lines around a text nor changes what is within', () => {
    const { sent, box, type } = setUp();
    type('\n  \n    if (x) {\n\n    }\n\n ');
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(sent).toEqual(['    if (x) {\n\n    }']);
  });

  test('is never disabled', () => {
    const { box } = setUp();
    expect(box.disabled).toBe(false);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(false);
  });
});
