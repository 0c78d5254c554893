import { beforeEach, describe, expect, test } from 'vitest';
import { Draft } from './connection/draft.ts';
import { settle } from './connection/hand-clock.ts';
import { owner, sendingTab, type Tab, takeGroup } from './connection/hand-tab.ts';
import { MemoryTexts } from './connection/memory-texts.ts';
import { alongOf } from './completion/mentioned.ts';
import type { MemberId } from '../protocol/ids.ts';
import { ada, message, roomOf } from './views/samples.ts';
import { EditDesk } from './edit-desk.ts';

const lin = { id: 'm-lin' as MemberId, name: 'Lin' };
let tab: Tab;
let texts: MemoryTexts;
let desk: EditDesk;

beforeEach(async () => {
  texts = new MemoryTexts();
  tab = await sendingTab();
  desk = sit();
});

/** At the outbox of the tab: the real one, so what it makes of an edit is what it does. */
function sit(at: Tab = tab): EditDesk {
  const kept = new Draft(texts, at.clock, owner, 'edit');
  const along = (text: string) => alongOf(text, [lin]);
  return new EditDesk({ outbox: at.outbox, kept, along, changed: () => {} });
}
const follow = () => desk.outboxChanged(tab.outbox.state.items);
const hello = { target: 7, text: 'hello' };

describe('point 7: an edit', () => {
  test('goes to the outbox, by the seq of its message', async () => {
    desk.begin(hello);
    desk.write('hello!');
    desk.save('hello!');
    expect(desk.edits.editing).toBeUndefined();
    await settle();
    expect(tab.wire.take('edit').request).toMatchObject({ target: 7, text: 'hello!' });
    follow();
    expect(desk.edits.savingSince).toBe(tab.clock.now());
    const shown = desk.roomAsWanted(roomOf([message(7, ada)]), ada);
    expect(shown.lines).toMatchObject([{ seq: 7, text: 'hello!' }]);
  });

  test('L14: says anew whom it means', async () => {
    desk.begin(hello);
    desk.write('hello @Lin');
    desk.save('hello @Lin');
    await settle();
    expect(tab.wire.take('edit').request).toMatchObject({ target: 7, text: 'hello @Lin', mentions: [lin.id] });
  });

  test('that changes nothing goes nowhere, nor does one that is cancelled', async () => {
    desk.begin(hello);
    desk.save('hello');
    desk.begin(hello);
    desk.write('hello!');
    desk.cancel();
    desk.save('hello!');
    await settle();
    expect([tab.wire.open, tab.outbox.state.items, desk.edits.editing]).toEqual([[], [], undefined]);
  });

  test('of a message that was never tried is made to the message itself', async () => {
    tab.outbox.offline();
    const id = await tab.outbox.send('hello');
    desk.begin({ target: id, text: 'hello' });
    desk.write('hello!');
    desk.save('hello!');
    await settle();
    expect(tab.outbox.state.items.map(({ want }) => want)).toEqual([{ kind: 'message', text: 'hello!' }]);
  });

  test('S3: of a message that was tried waits behind it', async () => {
    const id = await tab.outbox.send('hello');
    const group = await takeGroup(tab);
    desk.begin({ target: id, text: 'hello' });
    desk.write('hello!');
    desk.save('hello!');
    await settle();
    expect(tab.wire.open).toEqual([]);
    group.store(7);
    await settle();
    expect(tab.wire.take('edit').request).toMatchObject({ target: 7, text: 'hello!' });
  });

  test('may end in a deletion', async () => {
    desk.begin(hello);
    desk.delete();
    await settle();
    expect(tab.wire.take('delete').request).toMatchObject({ target: 7 });
    follow();
    expect(desk.edits.savingSince).toBe(tab.clock.now());
  });

  test('outlives the page while it is written, and not when it has gone its way', async () => {
    desk.begin(hello);
    desk.write('hello!');
    desk.hidden();
    expect(sit().edits.editing).toEqual({ target: 7, before: 'hello', text: 'hello!' });
    desk.save('hello!');
    await settle();
    expect([sit().edits.editing, texts.size]).toEqual([undefined, 0]);
  });

  test('that has changed nothing is not kept, and what is no edit is not read as one', async () => {
    desk.begin(hello);
    await tab.clock.advance(1_000);
    expect(texts.size).toBe(0);
    for (const left of ['{', 'null', '[]', '{"target":7}', '{"target":{},"before":"","text":""}']) {
      const kept = new Draft(texts, tab.clock, owner, 'edit');
      kept.write(left);
      kept.save();
      expect(sit().edits.editing).toBeUndefined();
    }
  });
});

describe('point 7: an edit that was refused', () => {
  async function refuse(code: 'gone' | 'tooLong') {
    desk.begin(hello);
    desk.write('hello!');
    desk.save('hello!');
    await settle();
    tab.wire.take('edit').answer({ ok: false, code, message: 'in words' });
    await settle();
    follow();
    const [refused] = desk.edits.refused;
    expect(refused).toMatchObject({ text: 'hello!', refusal: { code, message: 'in words' } });
    expect(desk.edits.savingSince).toBeUndefined();
    if (refused === undefined) throw new Error('Nothing was refused.');
    return refused.clientId;
  }

  test('is taken up again where another text may be taken, and stays until that is saved', async () => {
    const id = await refuse('tooLong');
    expect(desk.takeBack(id, () => 'hello')).toBeUndefined();
    expect(desk.edits).toMatchObject({ editing: { target: 7, before: 'hello', text: 'hello!' }, refused: [] });
    desk.cancel();
    expect(desk.edits.refused).toHaveLength(1);
    desk.takeBack(id, () => 'hello');
    desk.write('hello again');
    desk.save('hello again');
    await settle();
    expect(tab.wire.take('edit').request).toMatchObject({ text: 'hello again' });
    expect(tab.outbox.state.items.some(({ clientId }) => clientId === id)).toBe(false);
  });

  test('gives its text back where its message takes none any more', async () => {
    const id = await refuse('gone');
    expect(desk.takeBack(id, () => undefined)).toBe('hello!');
    await settle();
    follow();
    expect(desk.edits).toMatchObject({ editing: undefined, refused: [] });
    expect(desk.takeBack(id, () => undefined)).toBeUndefined();
  });
});
