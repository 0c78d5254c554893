import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { TEXT_MAX_BYTES } from '../../protocol/limits.ts';
import { bombs } from '../markup/bombs.ts';
import type { Named } from '../markup/tree.ts';
import { MOST_ELEMENTS } from './drawing.tsx';
import { MessageText, type MessageTextProps } from './message-text.tsx';

// What a page waits for is here before: how long it takes is the machine's matter.
beforeAll(() => import('../markup/emoji-names.ts'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const PLAIN = { named: [], name: 'Ada', colour: 'person-1', isEdited: false, sendingSince: undefined };

function show(text: string, more: Partial<MessageTextProps> = {}) {
  const { container, rerender } = render(<MessageText text={text} {...PLAIN} {...more} />);
  const body = container.querySelector<HTMLElement>('.text')!;
  const change = (next: string, now: Partial<MessageTextProps> = {}): void =>
    rerender(<MessageText text={next} {...PLAIN} {...now} />);
  return { body, change };
}

/** Tags and texts, without what only styles look at. */
function tagsOf(body: Element): string {
  return body.innerHTML.replace(/ (?:dir|class|target|rel)="[^"]*"/gu, '');
}

describe('a text', () => {
  test('is drawn with what its marks make of it', () => {
    expect(tagsOf(show('**b** *i* ~~s~~ `c`\nnext').body)).toBe(
      '<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code>\nnext</p>',
    );
    expect(tagsOf(show('> q\n> > r').body)).toBe('<blockquote>q<blockquote>r</blockquote></blockquote>');
    expect(tagsOf(show('- a\n  - b\n- c').body)).toBe('<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>');
  });

  test('keeps the numbers that were written', () => {
    const { body } = show('3. a\n7. b');
    expect([...body.querySelectorAll('li')].map(({ value }) => value)).toEqual([3, 7]);
  });

  test('has a direction for each of its parts, and code the one that code has', () => {
    const { body } = show('שלום\n\n- אחת\n\n> hello\n\n```\nx\n```');
    expect([...body.children].map((part) => [part.tagName, part.getAttribute('dir')])).toEqual([
      ['P', 'auto'],
      ['UL', 'auto'],
      ['BLOCKQUOTE', 'auto'],
      ['FIGURE', 'ltr'],
    ]);
  });

  test('shows whoever is meant, and an action as what somebody does', () => {
    const named: readonly Named[] = [{ id: 'm1', name: 'Mary Shelley' }];
    expect(show('hi @Mary Shelley!', { named }).body.querySelector('bdi.mention')?.textContent).toBe('@Mary Shelley');
    expect(show('/me **waves**').body.textContent).toBe('Ada waves');
  });

  test('of a few emoji alone is large', () => {
    expect(show('🎉 🎉').body.classList.contains('few-emoji')).toBe(true);
    expect(show('🎉 yes').body.classList.contains('few-emoji')).toBe(false);
  });

  test('has its marks in its last line, or below what is no line', () => {
    expect(show('one\n\ntwo', { isEdited: true }).body.lastElementChild?.textContent).toBe('two (edited)');
    expect(show('- one', { isEdited: true }).body.lastElementChild?.textContent).toBe(' (edited)');
    expect(show('/me waves', { isEdited: true }).body.textContent).toBe('Ada waves (edited)');
  });

  test('that calls an emoji by its name shows it when the names have loaded', async () => {
    const { body } = show('well :tada: and :nonsense:');
    await waitFor(() => expect(body.textContent).toBe('well 🎉 and :nonsense:'));
  });
});

describe('a link', () => {
  test('opens elsewhere, tells nothing of here, and says where it leads when its words do not', () => {
    const { body } = show('[here](https://a.example/b) and https://c.example/d and [write](mailto:e@f.example)');
    const links = [...body.querySelectorAll('a')];
    expect(links.map((link) => [link.href, link.target])).toEqual([
      ['https://a.example/b', '_blank'],
      ['https://c.example/d', '_blank'],
      ['mailto:e@f.example', ''],
    ]);
    for (const link of links) expect(link.rel).toBe('noopener nofollow ugc');
    expect(body.textContent).toBe('here (a.example) and https://c.example/d and write (e@f.example)');
  });
});

describe('a spoiler', () => {
  test('is a button that says nothing of what it hides, and its words take their place', () => {
    show('it is ||the **butler**||');
    const button = screen.getByRole('button', { name: 'Spoiler. Show it' });
    expect(button.textContent).toBe('the butler');
    expect(button.querySelector('[aria-hidden=true]')?.textContent).toBe('the butler');
    expect(screen.getByRole('status').textContent).toBe('');
  });

  test.each(['Enter', ' ', 'click'])('is revealed by %j, where the focus is then and it is read aloud', (how) => {
    show('it is ||the **butler**||');
    const button = screen.getByRole('button');
    button.focus();
    if (how === 'click') fireEvent.click(button);
    else expect(fireEvent.keyDown(button, { key: how })).toBe(false);
    expect(screen.queryByRole('button')).toBeNull();
    const shown = screen.getByRole('status');
    expect(shown.innerHTML).toBe('the <strong>butler</strong>');
    expect(document.activeElement).toBe(shown);
  });

  test('is revealed alone, also where another says the same', () => {
    const { body } = show('||a|| and ||a||');
    fireEvent.click(screen.getAllByRole('button').at(-1)!);
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect([...body.querySelectorAll('.spoiler')].map((one) => one.querySelector('[role=button]') === null)).toEqual([
      false,
      true,
    ]);
  });

  test('is hidden again when it becomes another', () => {
    const { change } = show('||one||');
    fireEvent.click(screen.getByRole('button'));
    change('||two||');
    expect(screen.getByRole('button').textContent).toBe('two');
  });
});

describe('code', () => {
  test('stands as it is, with its language, and can be copied', async () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } });
    const { body } = show('```ts\nlet **a**;\n  b\n```');
    expect(body.querySelector('pre')?.textContent).toBe('let **a**;\n  b');
    expect(body.querySelector('figcaption > span')?.textContent).toBe('ts');
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Copied.'));
    expect(copied).toEqual(['let **a**;\n  b']);
  });

  test('is selected where the page may not copy', async () => {
    vi.stubGlobal('navigator', {});
    show('```\nlet a;\n```');
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Selected'));
    expect(document.getSelection()?.toString()).toBe('let a;');
  });
});

describe('however many marks a text has', () => {
  test.each(bombs(TEXT_MAX_BYTES).map((bomb) => [bomb.slice(0, 24), bomb]))(
    'it has 300 elements at most, and all of its words: %j, repeated',
    (_, bomb) => {
      const { body } = show(bomb, { isEdited: true, sendingSince: Date.now() - 2_000 });
      expect(body.querySelectorAll('*').length).toBeLessThanOrEqual(MOST_ELEMENTS);
    },
  );

  test('nothing is lost but the marks', () => {
    const words = Array.from({ length: 400 }, (_, at) => `w${at}`);
    for (const text of [
      words.map((word) => `**${word}**`).join(' '),
      words.map((word) => `- ${word}`).join('\n'),
      words.map((word) => `- \`${word}\``).join('\n'),
      words.map((word) => `> ${word}\n`).join('\n'),
      words.join('\n\n'),
    ])
      expect(show(text).body.textContent?.match(/w\d+/gu)).toEqual(words);
  });

  test('a spoiler beyond them is not given away', () => {
    const { body } = show('||a|| '.repeat(80) + '||the butler||');
    expect(body.textContent).toContain('(spoiler)');
    expect(body.textContent).not.toContain('butler');
  });
});

describe('a copy', () => {
  function copy(body: HTMLElement, select: (range: Range) => void): string | undefined {
    const range = document.createRange();
    select(range);
    const selection = document.getSelection()!;
    selection.removeAllRanges();
    selection.addRange(range);
    const event = new Event('copy', { bubbles: true, cancelable: true });
    let copied: string | undefined;
    const clipboardData = { setData: (_: string, text: string) => (copied = text) };
    Object.defineProperty(event, 'clipboardData', { value: clipboardData });
    void act(() => void body.firstElementChild!.dispatchEvent(event));
    return copied;
  }

  test('of all that is seen is what was written, with or without what is said about it', () => {
    const { body } = show('**so** it\n- is', { isEdited: true });
    expect(copy(body, (range) => range.selectNodeContents(body))).toBe('**so** it\n- is');
    const upToMarks = (range: Range): void => {
      range.setStart(body, 0);
      range.setEndBefore(body.querySelector('.marks')!);
    };
    expect(copy(body, upToMarks)).toBe('**so** it\n- is');
  });

  test('of a part is that part as it is seen', () => {
    const { body } = show('**so** it');
    expect(copy(body, (range) => range.selectNodeContents(body.querySelector('strong')!))).toBeUndefined();
  });
});
