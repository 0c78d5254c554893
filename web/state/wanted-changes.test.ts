import { describe, expect, it } from 'vitest';
import type { ClientId } from '../../protocol/ids.ts';
import { ada, linus, message, roomOf, waiting } from '../views/samples.ts';
import { withoutUnwanted, withWanted } from './wanted-changes.ts';

describe('what is wanted and not in the log yet', () => {
  const state = roomOf([message(1, linus), message(2, ada)]);
  const line = (seq: number, ...wanted: Parameters<typeof withWanted>[1]) =>
    withWanted(state, wanted, ada).lines.find((one) => one.seq === seq);

  it('is shown as if it were there, one after the other', () => {
    const reaction = { emoji: '👍', target: 1 };
    expect(line(1, { kind: 'react', ...reaction })).toMatchObject({ reactions: [{ emoji: '👍', by: [ada] }] });
    expect(line(1, { kind: 'react', ...reaction }, { kind: 'unreact', ...reaction })).not.toHaveProperty('reactions');
    expect(line(1, { kind: 'pin', target: 1 })).toMatchObject({ pinned: true });
    expect(line(1, { kind: 'pin', target: 1 }, { kind: 'unpin', target: 1 })).not.toHaveProperty('pinned');
    expect(line(2, { kind: 'delete', target: 2 })).toMatchObject({ text: '', deleted: true });
  });

  it('means a message of one’s own by its client id as well', () => {
    expect(line(2, { kind: 'delete', target: 'c2' as ClientId })).toMatchObject({ deleted: true });
  });

  it('leaves the identity of everything else, and what is deleted as it is', () => {
    expect(withWanted(state, [{ kind: 'pin', target: 9 }], ada)).toBe(state);
    expect(withWanted(state, [{ kind: 'pin', target: 1 }], ada).lines[1]).toBe(state.lines[1]);
    const gone = roomOf([message(1, linus, { deleted: true, text: '' })]);
    expect(withWanted(gone, [{ kind: 'pin', target: 1 }], ada)).toBe(gone);
  });

  it('leaves out a message of one’s own that is to be deleted, sent or not', () => {
    const pending = [waiting('c7'), waiting('c8', { state: { kind: 'stored', seq: 12 } }), waiting('c9')];
    expect(withoutUnwanted(pending, [{ kind: 'delete', target: 'c7' as ClientId }])).toEqual(pending.slice(1));
    expect(withoutUnwanted(pending, [{ kind: 'delete', target: 12 }])).toEqual([pending[0], pending[2]]);
    expect(withoutUnwanted(pending, [{ kind: 'pin', target: 12 }])).toBe(pending);
  });
});
