import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Choices } from './choices.ts';
import { Preview } from './preview.tsx';
import { linus } from './samples.ts';

beforeEach(() => localStorage.clear());
// What a page waits for is here before: how long it takes is the machine's matter.
beforeAll(() => import('../markup/emoji-names.ts'));
afterEach(cleanup);

function show(text: string) {
  const given = { name: 'Ada', colour: 'you', choices: new Choices(document, localStorage), people: () => [linus] };
  return render(<Preview text={text} {...given} />);
}

const preview = () => screen.queryByRole('region', { name: 'Preview' });

test.each(['', 'hello', 'one\n\n\n  two', 'see https://a.example/b', '2 * 3', 'snake_case', '<b>'])(
  'what is shown as it is typed needs no preview: %j',
  (text) => {
    show(text);
    expect(preview()).toBeNull();
  },
);

test.each(['**b**', '- a', '> q', '`c`', '```\nx', '/me waves', '//help', '\\*', '[a](https://a.example)', '||s||'])(
  'what becomes another is shown below: %j',
  (text) => {
    show(text);
    expect(preview()?.querySelector('.text')).not.toBeNull();
  },
);

test('an emoji that is called by its name is shown when the names have loaded', async () => {
  show(':tada:');
  await waitFor(() => expect(preview()?.querySelector('.text')?.textContent).toBe('🎉'));
});

test('it is put away with a button, and stays away', () => {
  show('**b**');
  const button = screen.getByRole('button', { name: 'Preview', expanded: true });
  fireEvent.click(button);
  expect(button.getAttribute('aria-expanded')).toBe('false');
  expect(preview()?.querySelector('.text')).toBeNull();
  cleanup();
  show('*i*');
  fireEvent.click(screen.getByRole('button', { name: 'Preview', expanded: false }));
  expect(preview()?.querySelector('em')?.textContent).toBe('i');
});

test('L14: whoever is named is shown so', () => {
  show('is @Linus here?');
  expect(preview()?.querySelector('.mention')?.textContent).toBe('@Linus');
});
