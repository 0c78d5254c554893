import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { createRef, type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ClientId, MemberId } from '../../protocol/ids.ts';
import { type Code, REFUSALS } from '../../protocol/refusals.ts';
import type { Person } from '../../protocol/room.ts';
import { type Edits, NO_EDITS } from '../state/edits.ts';
import { Choices } from './choices.ts';
import type { CommandActions } from './commanded.tsx';
import { Composer } from './composer.tsx';
import { type EnterKey, EnterKeySetting } from './enter-key.ts';
import { ada, linus, ROOM } from './samples.ts';

// What a page waits for is here before: how long it takes is the machine's matter.
beforeAll(() => import('./preview.tsx'));
afterEach(cleanup);

const NO_STORAGE = (): never => {
  throw new Error('SecurityError');
};

const NO_CHOICES = { getItem: NO_STORAGE, setItem: NO_STORAGE };

const IN_TEA = { room: ROOM, title: 'Tea', me: ada, people: () => [linus, lin] };
const lin: Person = { id: 'm-lin' as MemberId, name: 'Lin Zoë', role: 'member' };

interface Given {
  readonly isTouch?: boolean;
  readonly draft?: string;
  readonly edits?: Edits;
  readonly enter?: EnterKey;
  /** Why nothing that is ordered can be done. */
  readonly trouble?: string;
}

/** The composer as a page holds it: the text is the page's, and gone when it was sent. */
function setUp({ isTouch = false, draft = '', edits: first = NO_EDITS, enter = 'sends', trouble }: Given = {}) {
  const sent: string[] = [];
  const asked: string[] = [];
  const field = createRef<HTMLTextAreaElement>();
  const enterKey = new EnterKeySetting(NO_STORAGE);
  enterKey.choose(enter);
  const choices = new Choices(document, NO_CHOICES);
  let become: (edits: Edits) => void = () => undefined;
  const obey: CommandActions['obey'] = async (order) => {
    asked.push(order.kind === 'nick' ? `nick ${order.name}` : `topic ${order.topic}`);
    return trouble;
  };
  const record = (what: string) => (about?: string) => void asked.push(about === undefined ? what : `${what} ${about}`);
  const Page = (): VNode => {
    const [text, setText] = useState(draft);
    const [edits, setEdits] = useState(first);
    become = setEdits;
    const send = (said: string): void => {
      sent.push(said);
      setText('');
    };
    const write = (said: string): void => {
      if (edits.editing) setEdits({ ...edits, editing: { ...edits.editing, text: said } });
      else setText(said);
    };
    return (
      <Composer
        {...{ ...IN_TEA, field, text, edits, typists: [], isTouch, enterKey, choices, write, send }}
        leave={record('leave')}
        obey={obey}
        editNewest={record('editNewest')}
        saveEdit={record('saveEdit')}
        cancelEdit={record('cancelEdit')}
        cancelReply={record('cancelReply')}
        deleteEdited={record('deleteEdited')}
        takeEditBack={record('takeEditBack')}
        discard={record('discard')}
      />
    );
  };
  render(<Page />);
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Tea' });
  const type = (text: string) => fireEvent.input(box, { target: { value: text } });
  return { sent, asked, box, type, become: (edits: Edits) => void act(() => become(edits)) };
}

const editing = (text: string, before = text): Edits => ({ ...NO_EDITS, editing: { target: 7, before, text } });
const refusal = (code: Code): Edits => ({
  ...NO_EDITS,
  refused: [
    {
      clientId: 'c9' as ClientId,
      target: 7,
      text: 'the new text',
      since: 1,
      refusal: { code, message: REFUSALS[code].message },
    },
  ],
});

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
    const none = (): void => {};
    const rest = {
      editNewest: none,
      saveEdit: none,
      cancelEdit: none,
      cancelReply: none,
      deleteEdited: none,
      takeEditBack: none,
    };
    const given = { ...IN_TEA, field: createRef<HTMLTextAreaElement>(), text: '', edits: NO_EDITS, typists: [] };
    const enterKey = new EnterKeySetting(NO_STORAGE);
    const send = (said: string) => void sent.push(said);
    const choices = new Choices(document, NO_CHOICES);
    render(
      <Composer
        {...given}
        {...rest}
        {...{ enterKey, choices, send }}
        leave={none}
        obey={() => Promise.resolve(undefined)}
        isTouch={false}
        write={none}
        discard={none}
      />,
    );
    const box = screen.getByRole<HTMLTextAreaElement>('textbox');
    fireEvent.input(box, { target: { value: 'half \ud83d' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(await screen.findByText(/half a character/u)).toBeDefined();
    fireEvent.input(box, { target: { value: 'h' } });
    await waitFor(() => expect(screen.queryByText(/half a character/u)).toBeNull());
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

  test('point 6: with the setting that swaps them Enter breaks the line and Shift+Enter sends', () => {
    const { sent, box, type } = setUp({ enter: 'breaks' });
    type('hello');
    expect(fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 })).toBe(true);
    expect(sent).toEqual([]);
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13, shiftKey: true });
    expect(sent).toEqual(['hello']);
  });

  test('starts with the draft', () => {
    expect(setUp({ draft: 'half a thou' }).box.value).toBe('half a thou');
  });

  test.each(['', '  ', '\n\n', '\u200b', '\u2800'])('R6: does nothing with nothing (%j)', (text) => {
    const { sent, box, type } = setUp();
    type(text);
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(sent).toEqual([]);
    expect(screen.getByRole('alert').textContent).toBe('');
    expect(box.value).toBe(text);
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

  test('R6: counts down near the limit, and says that it is too long before one sends', () => {
    const { type } = setUp();
    const length = () => document.querySelector('#composer-length')!;
    type('x'.repeat(3_000));
    expect(length().textContent).toBe('');
    type('x'.repeat(3_990));
    expect(length().textContent).toBe('10 left');
    type('x'.repeat(4_002));
    expect(length().textContent).toBe('2 too many');
    expect(length().classList.contains('over')).toBe(true);
  });

  test('R6: a book that is pasted is kept whole', () => {
    const { sent, box, type } = setUp();
    const book = 'All of it. '.repeat(200_000);
    type(book);
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(screen.getByRole('alert').textContent).toContain('more than 20000');
    expect([box.value === book, sent]).toEqual([true, []]);
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

  test('point 5: is never disabled', () => {
    const { box } = setUp();
    expect(box.disabled).toBe(false);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(false);
  });
});

describe('point 7: an edit', () => {
  test('begins with ArrowUp where nothing is written, and nowhere else', () => {
    const { asked, box, type } = setUp();
    fireEvent.keyDown(box, { key: 'ArrowUp' });
    expect(asked).toEqual(['editNewest']);
    type('a\nb');
    expect(fireEvent.keyDown(box, { key: 'ArrowUp' })).toBe(true);
    type('');
    fireEvent.keyDown(box, { key: 'ArrowUp', shiftKey: true });
    expect(asked).toEqual(['editNewest']);
  });

  test('shows what it changes, and its text with the caret behind it', () => {
    const { box } = setUp({ draft: 'the next message', edits: editing('hello') });
    expect(document.querySelector('.editing')?.textContent).toContain('Editing: hello');
    expect([box.value, box.selectionStart, box.selectionEnd]).toEqual(['hello', 5, 5]);
    expect(document.activeElement).toBe(box);
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
    expect(screen.getByText('Editing your message. Escape cancels.').getAttribute('role')).toBe('status');
  });

  test('is saved with Enter, once, and the draft is there again at once', () => {
    const { asked, sent, box, type } = setUp({ draft: 'the next message', edits: editing('hello') });
    type('hello!');
    fireEvent.keyDown(box, { key: 'Enter' });
    fireEvent.keyDown(box, { key: 'Escape' });
    expect([asked, sent]).toEqual([['saveEdit hello!'], []]);
    expect(box.value).toBe('the next message');
    expect(document.querySelector('.editing')).toBeNull();
  });

  test.each(['Escape', 'Cancel'])('is cancelled with %s, and the draft is there again', (way) => {
    const { asked, box, type } = setUp({ draft: 'the next message', edits: editing('hello') });
    type('hello!');
    if (way === 'Escape') fireEvent.keyDown(box, { key: 'Escape' });
    else fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(asked).toEqual(['cancelEdit']);
    expect(box.value).toBe('the next message');
    expect(document.activeElement).toBe(box);
  });

  test('is not cancelled by the Escape of an input method', () => {
    const { asked, box } = setUp({ edits: editing('にほん') });
    fireEvent.keyDown(box, { key: 'Escape', isComposing: true });
    expect(asked).toEqual([]);
  });

  test('of which nothing is left deletes nothing before one says so', () => {
    const { asked, box, type } = setUp({ edits: editing('hello') });
    type('  ');
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(asked).toEqual([]);
    expect(screen.getByRole('alert').textContent).toBe(
      'Nothing is left of the message. Write something, or delete it.',
    );
    type(' h');
    expect(screen.queryByRole('button', { name: 'Delete the message' })).toBeNull();
    type('');
    fireEvent.keyDown(box, { key: 'Enter' });
    fireEvent.click(screen.getByRole('button', { name: 'Delete the message' }));
    expect(asked).toEqual(['deleteEdited']);
  });

  test('R6: that is too long is said before it goes, and kept', () => {
    const { asked, box, type } = setUp({ edits: editing('hello') });
    type('x'.repeat(4_001));
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(asked).toEqual([]);
    expect(box.value).toHaveLength(4_001);
    expect(screen.getByRole('alert').textContent).toContain('4000 characters at most');
  });

  test.each([
    ['tooLong', 'Edit again'],
    ['gone', 'Write it anew'],
  ] as const)('that was refused (%s) is shown with its reason and its text', (code, choice) => {
    const { asked, box, become } = setUp({ edits: refusal(code) });
    const panel = within(screen.getByRole('group', { name: 'Edit not saved' }));
    expect(panel.getByRole('alert').textContent).toContain(REFUSALS[code].message);
    expect(panel.getByText('the new text')).toBeTruthy();
    fireEvent.click(panel.getByRole('button', { name: choice }));
    fireEvent.click(panel.getByRole('button', { name: 'Discard' }));
    expect(asked).toEqual(['takeEditBack c9', 'discard c9']);
    expect(document.activeElement).toBe(box);
    // One at a time: what is being edited is not replaced.
    become({ ...refusal(code), ...editing('hello'), refused: refusal(code).refused });
    expect(screen.queryByRole('group', { name: 'Edit not saved' })).toBeNull();
  });

  test('that takes more than a second to be saved says so', () => {
    const { become } = setUp({ edits: { ...NO_EDITS, savingSince: Date.now() } });
    expect(screen.queryByText('Saving your change')).toBeNull();
    become({ ...NO_EDITS, savingSince: Date.now() - 1_000 });
    expect(screen.getByText('Saving your change')).toBeTruthy();
  });
});

describe('formatting', () => {
  // What happy-dom has not got; e2e/markup.spec.ts shows a browser's.
  beforeEach(() => Object.assign(document, { execCommand: () => false }));

  test('a key formats what is selected, and sends nothing', () => {
    const { sent, box, type } = setUp();
    type('so it is');
    box.setSelectionRange(3, 5);
    expect(fireEvent.keyDown(box, { key: 'b', code: 'KeyB', ctrlKey: true })).toBe(false);
    expect(box.value).toBe('so **it** is');
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(sent).toEqual(['so **it** is']);
  });

  test('the key of the quick switcher is left to it', () => {
    expect(fireEvent.keyDown(setUp({ draft: 'a' }).box, { key: 'k', code: 'KeyK', ctrlKey: true })).toBe(true);
  });

  test('an address that is pasted over words makes a link of them', () => {
    const { box, type } = setUp();
    const paste = (text: string): boolean => {
      const event = new Event('paste', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'clipboardData', { value: { getData: () => text } });
      return box.dispatchEvent(event);
    };
    type('see this');
    box.setSelectionRange(4, 8);
    expect(paste('https://a.example')).toBe(false);
    expect(box.value).toBe('see [this](https://a.example)');
    // The browser pastes what is nothing special.
    expect(paste('words')).toBe(true);
  });

  test('what an edit will become is shown as well', async () => {
    const { become } = setUp({ edits: editing('**b**') });
    const preview = await screen.findByRole('region', { name: 'Preview' });
    expect(preview.querySelector('strong')?.textContent).toBe('b');
    become(NO_EDITS);
    expect(screen.queryByRole('region', { name: 'Preview' })).toBeNull();
  });
});
