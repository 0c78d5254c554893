import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer, Find, Next, Question } from '../state/found.ts';
import { ada, linus, message, ROOM } from './samples.ts';
import { SearchPanel } from './search-panel.tsx';
import type { SearchMemory } from './search-tab.tsx';

interface Asked {
  readonly question: Question;
  readonly before: Next | undefined;
  readonly answer: (answer: Answer) => Promise<void>;
}

let asked: Asked[];
let jumps: string[];
let closed: number;
const memory: { current: SearchMemory | null } = { current: null };

beforeEach(() => {
  vi.useFakeTimers();
  [asked, jumps, closed, memory.current] = [[], [], 0, null];
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const find: Find = (question, before) =>
  new Promise((resolve) => {
    asked.push({
      question,
      before,
      answer: async (answer) => {
        await act(async () => resolve(answer));
      },
    });
  });

function open() {
  return render(
    <SearchPanel
      {...{ find, memory }}
      room={ROOM}
      me={ada.id}
      wanted={1}
      jump={({ room, entry }) => void jumps.push(`${room} ${entry.seq}`)}
      close={() => (closed += 1)}
    />,
  );
}

const field = () => screen.getByRole<HTMLInputElement>('searchbox');
const status = () => screen.getByRole('status').textContent;
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const page = (next: Next | undefined, ...seqs: readonly number[]): Answer => ({
  ok: true,
  hits: seqs.map((seq) => ({ room: ROOM, title: 'Tea', entry: message(seq, linus, { text: `Café ${seq}` }) })),
  next,
});
const last = () => asked.at(-1)!;

test('what is typed is looked for once one pauses, and at once by Enter', async () => {
  open();
  expect(document.activeElement).toBe(field());
  type('ca');
  vi.advanceTimersByTime(399);
  type('caf');
  vi.advanceTimersByTime(399);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(last().question).toEqual({ kind: 'search', text: 'caf', room: ROOM });
  type('cafe');
  fireEvent.submit(screen.getByRole('search'));
  expect([asked.length, last().question]).toEqual([2, { kind: 'search', text: 'cafe', room: ROOM }]);
  await asked.at(0)?.answer(page(undefined, 1));
  expect(status()).toBe('');
  await last().answer(page(undefined, 2));
  expect(status()).toBe('1 result.');
  expect(screen.getByText('Café').tagName).toBe('MARK');
  vi.advanceTimersByTime(1_000);
  expect(asked).toHaveLength(2);
});

test('nothing is looked for while an input method composes', () => {
  open();
  fireEvent.input(field(), { target: { value: 'ㄅ' }, isComposing: true });
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual([]);
  fireEvent.compositionEnd(field());
  vi.advanceTimersByTime(400);
  expect(asked).toHaveLength(1);
});

test('point 23: one walks through the results by arrow keys, and comes back to the field', async () => {
  open();
  type('cafe');
  fireEvent.submit(screen.getByRole('search'));
  await last().answer(page([ROOM, 7], 9, 8, 7));
  const hits = () => screen.getAllByRole('listitem').flatMap((item) => [...item.querySelectorAll('button.hit')]);
  expect(hits().map((hit) => hit.getAttribute('tabindex'))).toEqual(['0', '-1', '-1']);
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
  press('ArrowDown');
  expect(document.activeElement).toBe(hits()[0]);
  press('End');
  press('ArrowDown');
  expect(document.activeElement).toBe(hits()[2]);
  expect(hits().map((hit) => hit.getAttribute('tabindex'))).toEqual(['-1', '-1', '0']);
  fireEvent.click(document.activeElement!);
  expect(jumps).toEqual([`${ROOM} 7`]);
  fireEvent.click(screen.getByRole('button', { name: 'Show older results' }));
  expect(last().before).toEqual([ROOM, 7]);
  await last().answer(page(undefined, 6));
  expect(document.activeElement).toBe(hits()[3]);
  expect(status()).toBe('4 results.');
  press('Home');
  press('ArrowUp');
  expect(document.activeElement).toBe(field());
  press('Escape');
  expect(closed).toBe(1);
});

test('what is too fast is asked again by itself, and what failed by whoever wants it', async () => {
  open();
  type('cafe');
  fireEvent.submit(screen.getByRole('search'));
  await last().answer({ ok: false, trouble: { text: 'Too fast.', isPassing: true, waitMs: 700 } });
  expect(status()).toBe('Too fast.');
  await act(() => void vi.advanceTimersByTime(700));
  expect(asked).toHaveLength(2);
  await last().answer({ ok: false, trouble: { text: 'No connection.', isPassing: true, waitMs: undefined } });
  await act(() => void vi.advanceTimersByTime(10_000));
  expect(asked).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await last().answer(page(undefined));
  expect(status()).toBe('Nothing was found.');
});

test('what was found is there when it is opened again, and a scope is asked anew', async () => {
  const { unmount } = open();
  type('cafe');
  fireEvent.submit(screen.getByRole('search'));
  await last().answer(page(undefined, 2, 1));
  unmount();
  open();
  expect([field().value, status(), asked.length]).toEqual(['cafe', '2 results.', 1]);
  fireEvent.click(screen.getByRole('radio', { name: 'All my rooms' }));
  expect(last().question).toEqual({ kind: 'search', text: 'cafe', room: undefined });
});

test('what had no answer when it was closed is asked anew when it is opened', async () => {
  const { unmount } = open();
  type('cafe');
  fireEvent.submit(screen.getByRole('search'));
  unmount();
  open();
  expect([asked.length, status()]).toEqual([2, '']);
  await last().answer(page(undefined, 1));
  expect(status()).toBe('1 result.');
});

test('L14: the other tab lists what mentions oneself', async () => {
  open();
  fireEvent.click(screen.getByRole('tab', { name: 'Mentions of me' }));
  expect(last()).toMatchObject({ question: { kind: 'mentions' }, before: undefined });
  await last().answer(page(undefined));
  expect(status()).toBe('Nobody has mentioned you so far.');
});

test('a filter of the help is put behind what is typed', () => {
  open();
  type('tea');
  fireEvent.click(screen.getByRole('button', { name: 'has:link' }));
  expect(field().value).toBe('tea has:link');
  expect(last().question).toMatchObject({ text: 'tea has:link' });
  expect(document.activeElement).toBe(field());
});
