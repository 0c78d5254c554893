import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Address, Seq } from '../../protocol/ids.ts';
import type { Find, FoundHit } from '../state/found.ts';
import { ada, linus, message, ROOM } from './samples.ts';
import { SearchButton, SearchSlot, useSearch } from './search-slot.tsx';

// What a page waits for is here before: how long it takes is the machine's matter.
beforeAll(() => import('./search-panel.tsx'));

const led: Seq[] = [];
beforeEach(() => void (led.length = 0));
afterEach(cleanup);

const hits: readonly FoundHit[] = [{ room: ROOM, title: 'Tea', entry: message(7, linus, { text: 'poppies' }) }];
const find: Find = () => Promise.resolve({ ok: true, hits, next: undefined });

function Page({ isWide, room = ROOM }: { isWide: boolean; room?: Address }) {
  const search = useSearch(isWide);
  return (
    <>
      <textarea aria-label="Message" />
      <SearchButton {...search} />
      <SearchSlot {...{ search, room, find }} me={ada.id} lead={({ entry }) => void led.push(entry.seq)} />
    </>
  );
}

const field = () => screen.findByRole<HTMLInputElement>('searchbox');
const openByKeys = () =>
  fireEvent.keyDown(document.activeElement ?? document, { key: 'F', ctrlKey: true, shiftKey: true });
const hit = () => within(screen.getByRole('list', { name: 'Results' })).getByRole('button');
async function lookFor(text: string): Promise<void> {
  fireEvent.input(await field(), { target: { value: text } });
  fireEvent.submit(screen.getByRole('search'));
  await screen.findByText('1 result.');
}

test('point 23: keys open it and Escape gives the focus back; a slash is a slash where one writes', async () => {
  render(<Page isWide />);
  const composer = screen.getByRole('textbox');
  composer.focus();
  fireEvent.keyDown(composer, { key: '/' });
  expect(screen.queryByRole('complementary')).toBeNull();
  openByKeys();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('searchbox')));
  fireEvent.keyDown(await field(), { key: 'Escape' });
  expect(screen.queryByRole('complementary')).toBeNull();
  expect(document.activeElement).toBe(composer);
  composer.blur();
  fireEvent.keyDown(document.body, { key: '/' });
  await field();
});

test('beside the transcript it stays when one jumps, over it it goes', async () => {
  const { rerender } = render(<Page isWide />);
  openByKeys();
  await lookFor('pop');
  fireEvent.click(hit());
  expect(led).toEqual([7]);
  await field();
  rerender(<Page isWide={false} />);
  expect((await field()).value).toBe('pop');
  fireEvent.click(hit());
  expect(led).toEqual([7, 7]);
  expect(screen.queryByRole('searchbox')).toBeNull();
});

test('what is looked for in this room is looked for in the next one that is shown', async () => {
  const { rerender } = render(<Page isWide />);
  openByKeys();
  await lookFor('pop');
  expect(screen.queryByText('Tea')).toBeNull();
  rerender(<Page isWide room={'cake' as Address} />);
  // A hit of another room says where it is.
  await screen.findByText('Tea');
});
