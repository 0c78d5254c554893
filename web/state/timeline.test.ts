import { describe, expect, it } from 'vitest';
import type { MessageEntry } from '../../protocol/entries.ts';
import type { EntryId } from '../../protocol/ids.ts';
import { MAX_HELD_ENTRIES } from '../../protocol/limits.ts';
import type { RoomState } from './room-state.ts';
import {
  askedHistory,
  caughtUp,
  disconnected,
  emptyRoom,
  gotHistory,
  endOf,
  gotNewer,
  gotNewest,
  hasGap,
  historyFailed,
  hold,
  joined,
  MAX_LINES,
  received,
  trimmed,
} from './timeline.ts';
import {
  change,
  deletion,
  edit,
  entered,
  history,
  join,
  lin,
  me,
  message,
  notice,
  page,
  react,
  room,
  row,
  seqs,
  stamp,
  unreact,
} from './timeline-samples.ts';

describe('entries as they arrive', () => {
  it('C10: an entry with another id at the place that was applied last says that this is another history', () => {
    const state = entered(message(1), message(2));
    expect(received(state, message(2)).isStale).toBe(false);
    expect(received(state, { ...message(2), id: 'other' as EntryId }).isStale).toBe(true);
  });

  it('C5: applies the next one, drops a lower one, holds a higher one until the missing are there', () => {
    let state = entered(message(1));
    state = received(state, message(4));
    state = received(state, message(3));
    state = received(state, message(1, 'again'));
    expect(seqs(state)).toEqual([1]);
    expect(hasGap(state)).toBe(true);
    state = received(state, message(2));
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
    expect(row(state, 1)).toMatchObject({ text: 'text 1' });
    expect(hasGap(state)).toBe(false);
    expect(state.last).toEqual({ seq: 4, id: 'e4' });
  });

  it('C5: holds at most 200, and the highest always, so that the gap is known until it is filled', () => {
    let state = entered(message(1));
    for (let seq = 3; seq < 3 + 2 * MAX_HELD_ENTRIES; seq += 1) state = received(state, message(seq));
    expect(state.held.size).toBe(MAX_HELD_ENTRIES);
    const head = 2 + 2 * MAX_HELD_ENTRIES;
    expect(state.held.has(head)).toBe(true);
    state = caughtUp(
      state,
      page(
        100,
        Array.from({ length: 99 }, (_, i) => message(i + 2)),
        false,
      ),
    );
    expect(state.last.seq).toBe(100);
    expect(hasGap(state)).toBe(true);
  });

  it('keeps the identity of every row that did not change', () => {
    const before = entered(message(1), message(2), message(3));
    const after = received(before, edit(4, 2, 'better'));
    expect(after.lines[0]).toBe(before.lines[0]);
    expect(after.lines[1]).not.toBe(before.lines[1]);
    expect(after.lines[2]).toBe(before.lines[2]);
    expect(received(after, edit(5, 77, 'not loaded')).lines).toBe(after.lines);
  });

  it('counts the messages of others since one came in, whatever way they came', () => {
    let state = received(received(entered(message(1), message(2)), { ...message(3), by: lin }), message(4));
    expect(state.heard).toBe(1);
    state = caughtUp(state, page(9, [{ ...message(7), by: lin }, { ...message(8), by: lin }, message(9)], true));
    expect(state.heard).toBe(3);
  });

  it('keeps who is here and who I am: coming, going, and changing a name', () => {
    let state = entered(message(1));
    state = received(state, notice(2, 'connect'));
    expect(state.here.map((person) => person.name)).toEqual(['Ada', 'Lin']);
    state = received(state, { ...stamp(3, lin), kind: 'rename', name: 'Linus' });
    state = received(state, { ...stamp(4), kind: 'rename', name: 'Augusta' });
    expect(state.here).toEqual([
      { ...me, name: 'Augusta' },
      { id: lin.id, name: 'Linus', role: 'member' },
    ]);
    expect(state.me).toEqual({ ...me, name: 'Augusta' });
    state = received(state, notice(5, 'disconnect'));
    expect(state.here.map((person) => person.name)).toEqual(['Augusta']);
    expect(seqs(state)).toEqual([1, 2, 3, 4, 5]);
  });

  it('L17: another title and another topic are those of the room from then on, and lines of it', () => {
    let state = received(entered(message(1)), { ...change(2, 1), kind: 'title', title: 'High tea' });
    state = received(state, { ...change(3, 1), kind: 'topic', topic: 'scones' });
    expect([state.title, state.topic]).toEqual(['High tea', 'scones']);
    expect(state.lines.map(({ kind }) => kind)).toEqual(['message', 'title', 'topic']);
  });

  it('an older message keeps the name its author had', () => {
    const state = received(entered(message(1)), { ...stamp(2), kind: 'rename', name: 'Augusta' });
    expect(row(state, 1)).toMatchObject({ by: { name: 'Ada' } });
  });

  it('void counts and shows nothing', () => {
    const state = received(entered(message(1)), { room, seq: 2, id: 'e2' as EntryId, kind: 'void' });
    expect(seqs(state)).toEqual([1]);
    expect(state.last).toEqual({ seq: 2, id: 'e2' });
  });
});

describe('changes', () => {
  it('an edit sets the text, its time and rev', () => {
    const state = received(entered(message(1)), edit(2, 1, 'better'));
    expect(row(state, 1)).toEqual({ ...message(1), text: 'better', editedAt: 1_002, rev: 2 });
  });

  it('L7: a deletion takes text, reactions and the time of the last edit', () => {
    const entries = [react(2, 1, '👍'), edit(3, 1, 'better'), deletion(4, 1)];
    const state = entries.reduce(received, entered(message(1)));
    expect(row(state, 1)).toEqual({ ...message(1), text: '', deleted: true, rev: 4 });
  });

  it('edit and delete of one row in one batch end deleted', () => {
    const state = caughtUp(entered(message(1)), page(3, [edit(2, 1, 'better'), deletion(3, 1)], false));
    expect(row(state, 1)).toEqual({ ...message(1), text: '', deleted: true, rev: 3 });
  });

  it('reactions stand in the order of first use and vanish when the last is taken back', () => {
    let state = entered(message(1));
    state = [react(2, 1, '👍'), react(3, 1, '🎉', lin), react(4, 1, '👍', lin), unreact(5, 1, '👍')].reduce(
      received,
      state,
    );
    expect(row(state, 1)).toMatchObject({
      rev: 5,
      reactions: [
        { emoji: '👍', by: [lin] },
        { emoji: '🎉', by: [lin] },
      ],
    });
    state = [unreact(6, 1, '👍', lin), unreact(7, 1, '🎉', lin)].reduce(received, state);
    expect(row(state, 1)).toEqual({ ...message(1), rev: 7 });
  });

  it('C6: a row that is read in its present state is not changed again by what is in it already', () => {
    const present: MessageEntry = { ...message(2), text: 'third', editedAt: 1_004, rev: 4 };
    const state = caughtUp(entered(message(1)), page(4, [present, edit(3, 2, 'second'), edit(4, 2, 'third')], false));
    expect(row(state, 2)).toBe(present);
  });
});

describe('history', () => {
  it('C6: a deletion while history is on its way empties the row it brings', () => {
    let state = entered(message(5), message(6));
    state = askedHistory(state);
    state = received(state, deletion(7, 2));
    state = gotHistory(state, history(6, [message(1), message(2)], true));
    expect(row(state, 2)).toEqual({ ...message(2), text: '', deleted: true, rev: 7 });
    expect(seqs(state)).toEqual([1, 2, 5, 6]);
    expect(state.atStart).toBe(true);
    expect(state.kept).toEqual([]);
  });

  it('C6: a change at or below the head of the answer is in its rows already', () => {
    let state = askedHistory(entered(message(5)));
    state = received(state, edit(6, 1, 'old news'));
    const present: MessageEntry = { ...message(1), text: 'newest', editedAt: 1_007, rev: 7 };
    state = gotHistory(state, history(7, [present]));
    expect(row(state, 1)).toBe(present);
    expect(received(state, edit(7, 1, 'newest')).lines[0]).toBe(present);
  });

  it('C7: a loaded row is not added twice, and paging never moves the last applied seq', () => {
    const before = entered(message(5), message(6));
    const after = gotHistory(askedHistory(before), history(9, [message(4), message(5), message(6), message(9)]));
    expect(seqs(after)).toEqual([4, 5, 6]);
    expect(after.last).toEqual(before.last);
  });

  it('C6: changes are kept until every question for history is answered', () => {
    let state = askedHistory(askedHistory(entered(message(5))));
    state = historyFailed(received(state, deletion(6, 1)));
    expect(state.kept).toHaveLength(1);
    expect(historyFailed(state).kept).toEqual([]);
  });
});

describe('starting over', () => {
  it('C8: a reset empties the timeline; a deletion that was skipped is not missing in it', () => {
    let state = entered(message(1), message(2), message(3));
    state = received(askedHistory(state), message(9));
    state = caughtUp(state, page(700, [message(699)], true));
    expect(seqs(state)).toEqual([699]);
    expect(state.last).toEqual({ seq: 700, id: 'e700' });
    expect({ held: state.held.size, asking: state.asking, kept: state.kept }).toEqual({ held: 0, asking: 0, kept: [] });
    expect(state.atStart).toBe(false);
  });

  it('C4: after a rewind what arrived during the join is applied behind it, though its seq is an old one', () => {
    let state = disconnected(entered(message(90), message(91)));
    state = hold(state, message(51, 'of the new history'));
    state = joined(state, join(50, [message(50)]));
    expect(seqs(state)).toEqual([50, 51]);
    expect(hasGap(state)).toBe(false);
  });

  it('C4: what was held gives way to an answer up to its head, though the answer was cut short', () => {
    let state = received(entered(message(1)), message(3, 'of the old history'));
    state = caughtUp(state, page(4, [message(2)], false));
    expect(seqs(state)).toEqual([1, 2]);
    state = caughtUp(state, page(4, [message(3, 'new'), message(4)], false));
    expect(row(state, 3)).toMatchObject({ text: 'new' });
    expect(state.isStale).toBe(false);
  });

  it('C4: it is stale when a log that rows were read from turns out to be another one', () => {
    const ahead = caughtUp(entered(message(1)), page(3, [], false));
    const others = { ...message(3), id: 'another' as EntryId };
    expect([message(2), others].reduce(received, ahead).isStale).toBe(true);
    expect([message(2), message(3)].reduce(received, ahead).isStale).toBe(false);
    expect(joined(disconnected(ahead), join(2, [message(2)], false)).isStale).toBe(true);
    expect(joined(disconnected(ahead), join(3, [message(2), message(3)], false)).isStale).toBe(false);
    const reply = { ...history(1, []), headId: 'another' as EntryId };
    expect(gotHistory(askedHistory(entered(message(1))), reply).isStale).toBe(true);
    expect(joined(ahead, join(9, [message(9)])).isStale).toBe(false);
  });

  it('C1: entries that arrive while the join is under way are applied after its answer, once', () => {
    let state = hold(hold(emptyRoom(room), message(3)), message(2));
    state = joined(state, join(2, [message(1), message(2)]));
    expect(seqs(state)).toEqual([1, 2, 3]);
  });

  it('C2: coming back without a reset keeps what was loaded and replaces who is here', () => {
    let state = received(entered(message(1)), notice(2, 'connect'));
    state = joined(disconnected(state), join(4, [notice(3, 'disconnect'), message(4)], false));
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
    expect(state.here).toEqual([me]);
  });

  it('the start of the room is known when the oldest line is the first entry, or when nothing was ever said', () => {
    expect(entered(message(1)).atStart).toBe(true);
    expect(entered(message(2)).atStart).toBe(false);
    expect(entered().atStart).toBe(true);
  });

  it('the divider is placed on entering and stays when one comes back', () => {
    let state = joined(emptyRoom(room), { ...join(3, [message(2), message(3)]), firstUnread: 2 });
    state = joined(disconnected(state), { ...join(4, [{ ...message(4), by: lin }], false), firstUnread: 4 });
    expect(state.firstUnread).toBe(2);
  });
});

describe('newer lines that are not in memory', () => {
  const far = (): RoomState => {
    const full = Array.from({ length: 30 }, (_, i) => message(i + 1)).reduce(received, entered());
    return trimmed(full, { from: 3, to: 8 }, 20);
  };

  it('are dropped where one reads far up, and what comes is counted and not added', () => {
    const state = received(far(), { ...message(31), by: lin });
    expect([seqs(state)[0], seqs(state).at(-1), state.atEnd, state.atStart]).toEqual([1, 20, false, true]);
    expect([state.last.seq, state.heard]).toEqual([31, 1]);
    expect(row(received(state, edit(32, 4, 'better')), 4)).toMatchObject({ text: 'better' });
  });

  it('C7: come back as they are now, up to what the log here has come to, and then live', () => {
    let state = askedHistory(far());
    state = gotNewer(state, page(30, [message(21), message(22), edit(23, 21, 'a change is no line')], false));
    expect([seqs(state).at(-1), state.atEnd, state.asking]).toEqual([22, false, 0]);
    state = askedHistory(state);
    state = [message(31), deletion(32, 24), message(33), edit(34, 31, 'better')].reduce(received, state);
    const rest = Array.from({ length: 8 }, (_, i) => message(i + 23));
    state = gotNewer(state, page(30, rest, false));
    expect(seqs(state)).toEqual([...Array.from({ length: 31 }, (_, i) => i + 1), 33]);
    expect(state.atEnd).toBe(true);
    expect([row(state, 24), row(state, 31)]).toMatchObject([{ deleted: true }, { text: 'better' }]);
    expect(seqs(received(state, message(35))).at(-1)).toBe(35);
  });

  it('C3: a run of changes that fills an answer is not read again', () => {
    const state = gotNewer(far(), page(30, [edit(21, 3, 'a'), edit(22, 3, 'b')], false));
    expect([state.lines, state.atEnd]).toEqual([far().lines, false]);
    expect(endOf(state)).toMatchObject({ seq: 22 });
    expect(endOf(gotNewer(state, page(30, [message(23)], false)))).toMatchObject({ seq: 23 });
    expect(endOf(trimmed(gotNewer(state, page(30, [message(23)], false)), { from: 1, to: 1 }, 1)).seq).toBeLessThan(21);
  });

  it('C5: what the answer knows and the log here does not is applied when it comes, once', () => {
    const state = gotNewer(
      askedHistory(far()),
      page(
        31,
        Array.from({ length: 11 }, (_, i) => message(i + 21)),
        false,
      ),
    );
    expect(seqs(state).at(-1)).toBe(30);
    expect(seqs(received(state, message(31))).slice(-2)).toEqual([30, 31]);
  });

  it('C4, C8: belong to another history where the answer says so', () => {
    const state = gotNewer(askedHistory(far()), page(5, [message(5)], true));
    expect([seqs(state), state.atEnd, state.last.seq]).toEqual([[5], true, 5]);
  });

  it('a jump to the newest leaves one run of lines, and older ones to be loaded', () => {
    let state = gotNewest(askedHistory(far()), page(30, [message(29), message(30)], false));
    expect([seqs(state), state.atEnd, state.atStart]).toEqual([[29, 30], true, false]);
    state = gotHistory(askedHistory(state), history(30, [message(28), message(29)]));
    expect(seqs(state)).toEqual([28, 29, 30]);
  });

  it('why they did not come is told until something else is known', () => {
    const state = historyFailed(askedHistory(far()), 'no');
    expect([state.trouble, state.asking]).toEqual(['no', 0]);
    expect(historyFailed(state, 'no')).toBe(state);
    expect(joined(disconnected(state), join(30, [], false)).trouble).toBeUndefined();
    expect(gotNewer(askedHistory(state), page(30, [], false)).trouble).toBeUndefined();
  });
});

describe('memory', () => {
  it('drops what is further from where one reads, and never what one reads', () => {
    const full = Array.from({ length: 40 }, (_, i) => message(i + 1)).reduce(received, entered());
    const kept = (from: number, to: number, most: number): unknown[] => {
      const state = trimmed(full, { from, to }, most);
      return [seqs(state)[0], seqs(state).at(-1), state.atStart, state.atEnd];
    };
    expect(kept(30, 38, 20)).toEqual([21, 40, false, true]);
    expect(kept(3, 12, 20)).toEqual([1, 20, true, false]);
    expect(kept(11, 30, 5)).toEqual([11, 40, false, true]);
    expect(seqs(trimmed(trimmed(full, { from: 11, to: 30 }, 5), { from: 11, to: 30 }, 5))).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 11),
    );
  });

  it('drops the oldest beyond 1,500 lines, and then knows that there is something older', () => {
    const entries = Array.from({ length: MAX_LINES + 5 }, (_, i) => message(i + 1));
    const full = entries.reduce(received, entered());
    expect(trimmed(askedHistory(full)).lines).toHaveLength(MAX_LINES + 5);
    const state = trimmed(full);
    expect(state.lines).toHaveLength(MAX_LINES);
    expect(state.lines[0]?.seq).toBe(6);
    expect(state.atStart).toBe(false);
    expect(trimmed(state)).toBe(state);
  });
});
