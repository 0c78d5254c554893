import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../state/room-state.ts';
import { drawnRows, MOST_ROWS, shifted, spanOf } from './drawn-rows.ts';
import { rowsOf } from './rows.ts';
import { ada, linus, message, NOON, notice, roomOf, waiting } from './samples.ts';

const MINUTE = 60_000;
const talk = (count: number, minutes = 1) =>
  Array.from({ length: count }, (_, at) =>
    at % 9 === 8
      ? notice(at + 1, at % 2 === 0 ? ada : linus, 'connect')
      : message(at + 1, linus, { at: NOON + at * minutes * MINUTE }),
  );
const rows = rowsOf(roomOf(talk(1_500, 10)), [waiting('c9')], ada);

describe('rows in the document', () => {
  test('are the newest while one reads along, 300 at most, under the day of the first', () => {
    const drawn = drawnRows(rows, undefined);
    expect(drawn.length).toBeLessThanOrEqual(MOST_ROWS);
    expect(drawn.length).toBeGreaterThan(MOST_ROWS - 5);
    expect([drawn[0]?.kind, drawn.at(-1)]).toEqual(['day', rows.at(-1)]);
    expect(drawnRows(rows.slice(0, 3), undefined)).toEqual(rows.slice(0, 3));
    expect(drawnRows([], undefined)).toEqual([]);
  });

  test('go along with whoever scrolls, a step at a time, to either end and no further', () => {
    let span = spanOf(drawnRows(rows, undefined));
    const seen: number[] = [];
    for (let steps = 0; span !== undefined && steps < 100; steps += 1) {
      const drawn = drawnRows(rows, span);
      seen.push(drawn.length);
      const next: Span | undefined = shifted(rows, span, drawn[1]?.from ?? 0, 'older');
      if (next === undefined) break;
      expect(drawnRows(rows, next).filter(({ key }) => !drawn.some((row) => row.key === key)).length).toBeLessThan(60);
      span = next;
    }
    expect(span?.from).toBe(1);
    expect(Math.max(...seen)).toBeLessThanOrEqual(MOST_ROWS);
    expect(seen.length).toBeGreaterThan(20);
  });

  test('never leave out what is in the middle of the screen, whatever the steps', () => {
    const step = fc.tuple(
      fc.constantFrom('older' as const, 'newer' as const),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let span = spanOf(drawnRows(rows, undefined));
        for (const [towards, where] of steps) {
          if (span === undefined) return;
          const drawn = drawnRows(rows, span);
          const centre = drawn[Math.floor(where * (drawn.length - 1))];
          span = shifted(rows, span, centre?.to ?? 0, towards) ?? span;
          const now = drawnRows(rows, span);
          expect(now.length).toBeLessThanOrEqual(MOST_ROWS);
          expect(now.some((row) => row.to >= (centre?.to ?? 0) && row.from <= (centre?.to ?? 0))).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
