import { describe, expect, it } from 'vitest';
import type { Entry } from '../../protocol/entries.ts';
import type { Granted } from '../../protocol/requests.ts';
import { askedHistory, caughtUp, endOf, gotAround, gotHistory, gotNewer, ledTo, received } from './timeline.ts';
import { deletion, edit, entered, history, message, notice, page, row, seqs } from './timeline-samples.ts';

describe('a page around a message (C12)', () => {
  const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(i + from));
  const around = (head: number, anchor: number, entries: Entry[], atEnd = false): Granted<'history'> => ({
    ...history(head, entries),
    anchor,
    atEnd,
  });

  it('C13: takes the place of all lines, in one run that is read on from in both directions', () => {
    let state = gotAround(askedHistory(entered(...span(90, 100))), around(100, 50, span(48, 52)));
    expect([seqs(state), state.atStart, state.atEnd, state.goal]).toEqual([
      [48, 49, 50, 51, 52],
      false,
      false,
      { seq: 50 },
    ]);
    state = gotNewer(askedHistory(received(state, message(101))), page(101, span(53, 101), false));
    expect([seqs(state)[0], seqs(state).at(-1), state.atEnd]).toEqual([48, 101, true]);
    state = gotHistory(askedHistory(state), history(101, span(46, 47)));
    expect(seqs(received(state, message(102)))).toEqual(span(46, 102).map(({ seq }) => seq));
  });

  it('C5, C13: is read on without a hole where an answer has more than the log here has come to', () => {
    const up = gotAround(askedHistory(entered(...span(1, 60))), around(60, 30, span(28, 32)));
    const early = gotNewer(askedHistory(up), page(90, span(33, 70), false));
    expect([seqs(early).at(-1), early.atEnd]).toEqual([60, false]);
    const on = span(61, 90).reduce(received, early);
    const rest = gotNewer(askedHistory(on), page(90, span(endOf(on).seq + 1, 90), false));
    expect(seqs(rest)).toEqual(span(28, 90).map(({ seq }) => seq));
  });

  it('C6: what changed while it was on its way is in its rows', () => {
    let state = askedHistory(entered(...span(90, 100)));
    state = [edit(101, 49, 'better'), deletion(102, 51)].reduce(received, state);
    state = gotAround(state, around(100, 50, span(48, 52)));
    expect([row(state, 49), row(state, 51)]).toMatchObject([{ text: 'better' }, { deleted: true }]);
  });

  it('C7: where it reaches the end, what came meanwhile follows once, as it is by now', () => {
    let state = askedHistory(entered(...span(90, 100)));
    state = [message(101), edit(102, 101, 'better'), message(103)].reduce(received, state);
    state = gotAround(state, around(101, 99, span(97, 101), true));
    expect([seqs(state), state.atEnd]).toEqual([[97, 98, 99, 100, 101, 103], true]);
    expect(row(state, 101)).toMatchObject({ text: 'better' });
  });

  it('C5: what it knows and the log here does not is applied when it comes, once', () => {
    const state = gotAround(askedHistory(entered(...span(90, 100))), around(103, 99, span(97, 102)));
    expect([seqs(state), state.atEnd]).toEqual([[97, 98, 99, 100], true]);
    expect(seqs([101, 102, 103].map((seq) => message(seq)).reduce(received, state)).slice(-4)).toEqual([
      100, 101, 102, 103,
    ]);
  });

  it('leaves what is shown where it leads to nothing that the log here has come to', () => {
    const before = entered(...span(90, 100));
    for (const reply of [around(110, 105, span(103, 107)), history(100, [])]) {
      const state = gotAround(askedHistory(before), reply);
      expect([state.lines, state.goal, state.asking]).toEqual([before.lines, undefined, 0]);
    }
  });

  it('is around the newest message where none is as late as what is meant', () => {
    const state = gotAround(askedHistory(entered(...span(90, 100))), { ...history(100, span(95, 100)), atEnd: true });
    expect([state.goal, state.atEnd]).toEqual([{ seq: 100 }, true]);
  });

  it('is not asked for where the message is in memory: each time that is another goal', () => {
    const state = entered(message(5), notice(6, 'connect'), message(7));
    const once = ledTo(state, 6);
    expect(once?.goal).toEqual({ seq: 7 });
    expect(once?.lines).toBe(state.lines);
    expect(ledTo(once ?? state, 7)?.goal).not.toBe(once?.goal);
    expect([ledTo(state, 4), ledTo(state, 8)]).toEqual([undefined, undefined]);
    expect(ledTo({ ...state, atStart: true }, 4)?.goal).toEqual({ seq: 5 });
  });

  it('C8: a reset leads nowhere', () => {
    const state = ledTo(entered(message(5)), 5) ?? entered();
    expect(caughtUp(state, page(1, [message(1)], true)).goal).toBeUndefined();
  });
});
