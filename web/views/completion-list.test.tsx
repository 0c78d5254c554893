import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createRef, type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MemberId } from '../../protocol/ids.ts';
import { NO_EDITS } from '../state/edits.ts';
import { Choices } from './choices.ts';
import { Composer } from './composer.tsx';
import { EnterKeySetting } from './enter-key.ts';
import { loadCompletion } from './known-completion.ts';
import { ada, linus, ROOM } from './samples.ts';

// What a page waits for is here before: how long it takes is the machine's matter.
beforeAll(() => import('../markup/emoji-names.ts'));
beforeAll(loadCompletion);
afterEach(cleanup);
// No browser here knows how to type: the text is put into the field instead.
beforeEach(() => Object.assign(document, { execCommand: () => false }));

const lin = { id: 'm-lin' as MemberId, name: 'Lin Zoë' };

/** `answer`: why nothing that is ordered can be done. */
function setUp(answer?: string) {
  const sent: string[] = [];
  const ordered: unknown[] = [];
  const left: string[] = [];
  const none = (): void => {};
  const field = createRef<HTMLTextAreaElement>();
  const fixed = { room: ROOM, title: 'Tea', me: ada, field, edits: NO_EDITS, typists: [], isTouch: false };
  const rest = {
    replying: undefined,
    cancelReply: none,
    editNewest: none,
    saveEdit: none,
    cancelEdit: none,
    deleteEdited: none,
    takeEditBack: none,
  };
  const choices = new Choices(document, localStorage);
  const enterKey = new EnterKeySetting(() => localStorage);
  const Page = (): VNode => {
    const [text, setText] = useState('');
    return (
      <Composer
        {...{ ...fixed, ...rest, text, choices, enterKey }}
        write={setText}
        send={(said) => {
          sent.push(said);
          setText('');
        }}
        people={() => [linus, lin]}
        discard={none}
        leave={() => left.push('left')}
        obey={async (order) => {
          ordered.push(order);
          return answer;
        }}
      />
    );
  };
  render(<Page />);
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Tea' });
  const type = (text: string) => fireEvent.input(box, { target: { value: text } });
  const press = (key: string) => fireEvent.keyDown(box, { key });
  return { sent, ordered, left, box, type, press };
}

const offered = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const chosen = () => screen.queryAllByRole('option', { selected: true }).map(({ textContent }) => textContent);

describe('point 10: completion', () => {
  test('offers, says which is chosen, and Enter takes that one and sends nothing', () => {
    const { sent, box, type, press } = setUp();
    type('hello @l');
    expect([offered(), chosen()]).toEqual([['Linus', 'Lin Zoë'], ['Linus']]);
    press('ArrowDown');
    expect(chosen()).toEqual(['Lin Zoë']);
    expect(document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.textContent).toBe('Lin Zoë');
    press('Enter');
    expect([box.value, offered(), sent]).toEqual(['hello @Lin Zoë ', [], []]);
    expect(box.getAttribute('aria-controls')).toBeNull();
  });

  test('arrows go round', () => {
    const { type, press } = setUp();
    type('@');
    press('ArrowUp');
    expect(chosen()).toEqual(['Lin Zoë']);
    press('ArrowDown');
    expect(chosen()).toEqual(['Linus']);
  });

  test('Tab takes as well, and a pointer', async () => {
    const { box, type, press } = setUp();
    type('@l');
    press('Tab');
    expect(box.value).toBe('@Linus ');
    type('@lin z');
    fireEvent.click(screen.getByRole('option', { name: 'Lin Zoë' }));
    expect(box.value).toBe('@Lin Zoë ');
    await waitFor(() => expect(document.activeElement).toBe(box));
  });

  test('Escape closes only the list, which stays closed for that mark', () => {
    const { box, type, press } = setUp();
    type('@l');
    press('Escape');
    expect([offered(), box.value]).toEqual([[], '@l']);
    type('@li');
    expect(offered()).toEqual([]);
    type('@li @l');
    expect(offered()).toEqual(['Linus', 'Lin Zoë']);
  });

  test('an Enter that chooses a word of an input method takes nothing', () => {
    const { box, type } = setUp();
    type('@l');
    fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
    expect(box.value).toBe('@l');
  });

  test('offers emoji once their names are loaded', async () => {
    const { box, type, press } = setUp();
    type(':tad');
    await screen.findByRole('option', { name: /:tada:/u });
    press('Enter');
    expect(box.value).toBe('🎉 ');
  });

  test('says how many there are', () => {
    const { type } = setUp();
    type('@l');
    expect(screen.getByText('2 suggestions. Arrow keys choose, Enter takes.')).toBeDefined();
  });

  test('a name that is written out is sent by the first Enter', async () => {
    const { sent, type, press } = setUp();
    type('hello @Linus');
    expect(offered()).toEqual([]);
    press('Enter');
    expect(sent).toEqual(['hello @Linus']);
  });

  test('goes when the field is left', () => {
    const { box, type } = setUp();
    type('@l');
    fireEvent.blur(box);
    expect(offered()).toEqual([]);
  });
});

describe('a command', () => {
  test('is offered with what it does, and done instead of sent', async () => {
    const { sent, ordered, box, type, press } = setUp();
    type('/ni');
    expect(offered()).toEqual(['/nick nameTake another name here']);
    press('Enter');
    type('/nick Ada the second');
    press('Enter');
    await waitFor(() => expect(box.value).toBe(''));
    expect([ordered, sent]).toEqual([[{ kind: 'nick', name: 'Ada the second' }], []]);
  });

  test('that is written out is done by the first Enter', () => {
    const { left, type, press } = setUp();
    // A form that a test page cannot leave by.
    document.addEventListener('submit', (event) => event.preventDefault(), { once: true });
    type('/leave');
    expect(offered()).toEqual([]);
    press('Enter');
    expect(left).toEqual(['left']);
  });

  test('that cannot be done says why, and what was written is still there', async () => {
    const { ordered, box, type, press } = setUp('That name is taken.');
    type('/nick Linus');
    press('Enter');
    expect(await screen.findByText('That name is taken.')).toBeDefined();
    expect([box.value, ordered.length]).toEqual(['/nick Linus', 1]);
    type('/nick Linus 2');
    await waitFor(() => expect(screen.queryByText('That name is taken.')).toBeNull());
  });

  test('that there is not is not sent', async () => {
    const { sent, box, type, press } = setUp();
    type('/shrug');
    press('Enter');
    expect(await screen.findByText(/There is no command \/shrug/u)).toBeDefined();
    expect([sent, box.value]).toEqual([[], '/shrug']);
    type('//shrug');
    press('Enter');
    expect(sent).toEqual(['//shrug']);
  });

  test('keeps what was typed while it was on its way', async () => {
    const { ordered, box, type, press } = setUp();
    type('/topic tea');
    press('Enter');
    type('and now');
    await act(() => Promise.resolve());
    expect([ordered, box.value]).toEqual([[{ kind: 'topic', topic: 'tea' }], 'and now']);
  });
});
