import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { quietRow, RowFocus } from './row-focus.ts';

afterEach(cleanup);

/** Rows of 100 px each in a screen of 250: the first two and a half can be seen. */
function setUp(count: number) {
  const { container } = render(
    <section>
      <div>
        {Array.from({ length: count }, (_, at) => (
          <article key={at} tabIndex={-1}>
            <a href="/">{`row ${at}`}</a>
          </article>
        ))}
      </div>
    </section>,
  );
  const scroller = container.querySelector('section')!;
  const rows = [...container.querySelectorAll('article')];
  scroller.getBoundingClientRect = () => new DOMRect(0, 0, 100, 250);
  for (const [at, row] of rows.entries()) {
    row.getBoundingClientRect = () => new DOMRect(0, at * 100, 100, 100);
    quietRow(row);
  }
  const focus = new RowFocus(scroller, scroller.querySelector('div')!);
  const stops = () => [...container.querySelectorAll<HTMLElement>('article, a')].map(({ tabIndex }) => tabIndex);
  return { focus, rows, scroller, stops };
}

test('point 23: of all rows the last that can be seen is the stop, and what it holds can be reached from it', () => {
  const { focus, stops, scroller } = setUp(4);
  focus.settle();
  expect(stops()).toEqual([-1, -1, -1, -1, 0, 0, -1, -1]);
  expect(scroller.tabIndex).toBe(-1);
});

test('point 23: arrows go from row to row, Home and End to the ends', () => {
  const { focus, rows } = setUp(3);
  focus.settle();
  rows[1]?.focus();
  focus.settle();
  for (const [key, at] of [
    ['ArrowUp', 0],
    ['ArrowUp', 0],
    ['End', 2],
    ['Home', 0],
    ['ArrowDown', 1],
  ] as const) {
    focus.moved(key);
    expect(document.activeElement, key).toBe(rows[at]);
  }
  expect(focus.moved('x')).toBe(false);
});

test('point 23: what is longer than the screen is scrolled before the next row has the focus', () => {
  const { focus, rows } = setUp(2);
  for (const row of rows.slice(0, 1)) row.getBoundingClientRect = () => new DOMRect(0, 0, 100, 900);
  rows[0]?.focus();
  expect(focus.moved('ArrowDown')).toBe(false);
  expect(document.activeElement).toBe(rows.at(0)!);
});

test('point 23: when the row with the focus goes, another one that can be seen has it', () => {
  const { focus, rows } = setUp(3);
  rows[1]?.focus();
  focus.settle();
  rows[1]?.remove();
  expect(focus.recover()).toBe(true);
  expect(document.activeElement).toBe(rows.at(2)!);
});

test('point 23: letters mean a row that has the focus by a key, and not one that was clicked', () => {
  const { focus, rows } = setUp(2);
  fireEvent.pointerDown(document.body);
  rows[0]?.focus();
  focus.came();
  expect(focus.isByKey).toBe(false);
  fireEvent.keyDown(document.body, { key: 'ArrowDown' });
  expect(focus.isByKey).toBe(false);
  focus.moved('ArrowDown');
  focus.came();
  expect(focus.isByKey).toBe(true);
  focus.stop();
});

test('point 23: without rows that can be seen there is none to give the focus to', () => {
  const { focus } = setUp(0);
  expect(focus.recover()).toBe(false);
});
