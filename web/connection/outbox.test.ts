import { describe, expect, it } from 'vitest';
import type { EntryId, MemberId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import { settle } from './hand-clock.ts';
import { entryOf, openTab, owner, sendingTab, type Tab, takeGroup, texts } from './hand-tab.ts';
import { MemoryOutboxStorage } from './outbox-storage.ts';

describe('sending', () => {
  it('S1: what was written survives the page, and is sent by the next one under the same client id', async () => {
    const storage = new MemoryOutboxStorage();
    const first = openTab(storage);
    const id = await first.outbox.send('hello');
    first.outbox.close();
    const second = await sendingTab(storage);
    const group = await takeGroup(second);
    expect({ ids: group.ids, texts: group.texts, room: group.room }).toEqual({
      ids: [id],
      texts: ['hello'],
      room: 'tea',
    });
    group.store(1);
    await settle();
    expect(await storage.read(owner)).toEqual([]);
  });

  it('S1: a row is shown at once, before it is stored', () => {
    const tab = openTab(new MemoryOutboxStorage());
    void tab.outbox.send('hello');
    expect(texts(tab)).toEqual(['hello: waiting']);
  });

  it('S3: it is marked as tried in storage before it is emitted', async () => {
    const storage = new MemoryOutboxStorage();
    const tab = await sendingTab(storage);
    let triedBefore: boolean | undefined;
    tab.wire.emitted = () => void storage.read(owner).then((items) => (triedBefore = items[0]?.tried));
    await tab.outbox.send('hello');
    await takeGroup(tab);
    await settle();
    expect(triedBefore).toBe(true);
  });

  it('S2: one request is in flight, and what is written meanwhile follows it together', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('one');
    const first = await takeGroup(tab);
    await tab.outbox.send('two');
    await tab.outbox.send('three');
    await settle();
    expect(tab.wire.open).toHaveLength(0);
    first.store(1);
    expect((await takeGroup(tab)).texts).toEqual(['two', 'three']);
  });

  it('S2: a request holds at most 100 messages and 48 kB, and a change goes alone in its place', async () => {
    const tab = openTab(new MemoryOutboxStorage());
    for (let i = 0; i < 101; i += 1) await tab.outbox.send(`m${i}`);
    await tab.outbox.add({ kind: 'react', target: 7, emoji: '👍' });
    for (let i = 0; i < 4; i += 1) await tab.outbox.send(`${i}${'x'.repeat(15_000)}`);
    await tab.outbox.setSender(true);
    tab.outbox.online();
    const first = await takeGroup(tab);
    expect(first.texts).toHaveLength(100);
    first.store(10);
    const second = await takeGroup(tab);
    expect(second.texts).toEqual(['m100']);
    second.store(110);
    await settle();
    const { request, answer } = tab.wire.take('react');
    expect(request).toMatchObject({ target: 7, emoji: '👍' });
    answer({ ok: true, seq: 111 });
    const third = await takeGroup(tab);
    expect(third.texts.map((text) => text[0])).toEqual(['0', '1', '2']);
    third.store(112);
    expect((await takeGroup(tab)).texts.map((text) => text[0])).toEqual(['3']);
  });

  it('S6: a tab that does not send keeps what it is given, and the sending tab picks it up', async () => {
    const storage = new MemoryOutboxStorage();
    const sender = await sendingTab(storage);
    const other = openTab(storage, owner, [sender]);
    other.outbox.online();
    await other.outbox.send('from the other tab');
    await settle();
    expect(other.wire.open).toHaveLength(0);
    expect((await takeGroup(sender)).texts).toEqual(['from the other tab']);
  });

  it('S5: what is acknowledged to the sending tab stays drawn in another one until its entry is there', async () => {
    const storage = new MemoryOutboxStorage();
    const tabs: Tab[] = [];
    const [one, two] = [openTab(storage, owner, tabs), openTab(storage)];
    tabs.push(two);
    await one.outbox.setSender(true);
    one.outbox.online();
    const id = await two.outbox.send('hello');
    await one.outbox.reload();
    (await takeGroup(one)).store(4);
    await settle();
    expect(texts(two)).toEqual(['hello: stored']);
    two.outbox.saw([entryOf(id, 4)]);
    expect(texts(two)).toEqual([]);
  });

  it('S6: whoever takes over sends what the tab before it had not been told about', async () => {
    const storage = new MemoryOutboxStorage();
    const first = await sendingTab(storage);
    const second = openTab(storage);
    second.outbox.online();
    await second.outbox.reload();
    const id = await first.outbox.send('hello');
    await takeGroup(first);
    first.outbox.close();
    await second.outbox.setSender(true);
    const again = await takeGroup(second);
    expect(again.ids).toEqual([id]);
    again.duplicate(1);
    await settle();
    expect(texts(second)).toEqual(['hello: stored']);
  });

  it('S2: a tab that is to send no more has given way when its request is answered', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('one');
    const group = await takeGroup(tab);
    await tab.outbox.send('two');
    let hasGivenWay = false;
    const given = tab.outbox.setSender(false).then(() => (hasGivenWay = true));
    await settle();
    expect(hasGivenWay).toBe(false);
    group.store(1);
    await given;
    expect(tab.wire.open).toHaveLength(0);
  });

  it('S6: a tab that learns late that another one sends now sends nothing more', async () => {
    const tab = await sendingTab();
    tab.turn.confirmed = async () => void tab.outbox.setSender(false);
    await tab.outbox.send('one');
    await settle();
    expect(tab.wire.open).toHaveLength(0);
  });

  it('two members of one browser have an outbox each', async () => {
    const storage = new MemoryOutboxStorage();
    const ada = await sendingTab(storage);
    const lin = await sendingTab(storage, { ...owner, member: 'm-lin' as MemberId, name: 'Lin' });
    await ada.outbox.send('from Ada');
    await lin.outbox.send('from Lin');
    expect((await takeGroup(ada)).texts).toEqual(['from Ada']);
    expect((await takeGroup(lin)).texts).toEqual(['from Lin']);
    await lin.outbox.reload();
    expect(texts(lin)).toEqual(['from Lin: waiting']);
  });
});

describe('what the server says', () => {
  it('S5: an own entry before its acknowledgement settles the row, and the acknowledgement adds none', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('hello');
    const group = await takeGroup(tab);
    tab.outbox.saw([entryOf(id, 4)]);
    expect(texts(tab)).toEqual([]);
    group.store(4);
    await settle();
    expect(texts(tab)).toEqual([]);
    expect(tab.wire.open).toHaveLength(0);
  });

  it('S5: an acknowledgement before the entry settles it, and the row stays until the entry is there', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('hello');
    (await takeGroup(tab)).store(4);
    await settle();
    expect(texts(tab)).toEqual(['hello: stored']);
    tab.outbox.saw([entryOf(id, 4)]);
    expect(texts(tab)).toEqual([]);
  });

  it('S5: a row whose entry was skipped by a reset goes when the timeline is beyond it', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('hello');
    (await takeGroup(tab)).store(4);
    await settle();
    tab.outbox.reached(3);
    expect(texts(tab)).toHaveLength(1);
    tab.outbox.reached(700);
    expect(texts(tab)).toHaveLength(0);
  });

  it('L3: a duplicate with another text is settled like any other: the first body won', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('second body');
    (await takeGroup(tab)).duplicate(4);
    tab.outbox.saw([entryOf(id, 4, 'first body')]);
    await settle();
    expect(texts(tab)).toEqual([]);
  });

  it('R4: after an again, everything from there on is sent once more, in order, under the same client ids', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('one');
    const first = await takeGroup(tab);
    for (const text of ['two', 'three', 'four']) await tab.outbox.send(text);
    first.store(1);
    const group = await takeGroup(tab);
    group.storeSome(2, 1, 'rateLimited', 2_000);
    await tab.outbox.send('five');
    await tab.clock.advance(1_999);
    expect(tab.wire.open).toHaveLength(0);
    await tab.clock.advance(501);
    const again = await takeGroup(tab);
    expect(again.texts).toEqual(['three', 'four', 'five']);
    expect(again.ids.slice(0, 2)).toEqual(group.ids.slice(1));
  });

  it('R3: a refused request that says again is repeated after a pause that grows, never at once', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('one');
    for (const pause of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      (await takeGroup(tab)).answer(refused('unavailable'));
      await tab.clock.advance(pause - 1);
      expect(tab.wire.open).toHaveLength(0);
      await tab.clock.advance(1);
    }
    (await takeGroup(tab)).store(1);
    await tab.outbox.send('two');
    (await takeGroup(tab)).answer(refused('unavailable'));
    await tab.clock.advance(250);
    expect((await takeGroup(tab)).texts).toEqual(['two']);
  });

  it('R4: an item that is refused for good fails alone, with its reason, and the queue goes on behind it', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('one');
    const first = await takeGroup(tab);
    await tab.outbox.send('bad');
    await tab.outbox.send('good');
    first.store(1);
    const group = await takeGroup(tab);
    const [bad, good] = group.ids;
    if (!bad || !good) throw new Error('two were sent');
    const { ok: _ok, ...tooLong } = refused('tooLong');
    group.answer({
      ok: true,
      results: [
        { clientId: bad, ...tooLong },
        { clientId: good, seq: 2, id: 'e2' as EntryId, at: 1, duplicate: false },
      ],
    });
    await tab.outbox.send('next');
    expect((await takeGroup(tab)).texts).toEqual(['next']);
    expect(tab.outbox.state.pending.find((row) => row.text === 'bad')?.state).toMatchObject({
      kind: 'failed',
      code: 'tooLong',
    });
  });

  it('a request that is refused as a whole is split, so that one item alone fails', async () => {
    const tab = openTab(new MemoryOutboxStorage());
    for (const text of ['one', 'bad', 'three']) await tab.outbox.send(text);
    await tab.outbox.setSender(true);
    tab.outbox.online();
    (await takeGroup(tab)).answer(refused('invalid'));
    (await takeGroup(tab)).store(1);
    (await takeGroup(tab)).answer(refused('invalid'));
    (await takeGroup(tab)).store(2);
    await settle();
    expect(texts(tab).toSorted()).toEqual(['bad: failed', 'one: stored', 'three: stored']);
    await tab.outbox.send('four');
    await tab.outbox.send('five');
    (await takeGroup(tab)).store(3);
  });

  it('an item that no request can carry fails here: the server would close the connection over it for ever', async () => {
    const tab = await sendingTab();
    await tab.outbox.send(`a${'\u0001'.repeat(15_000)}`);
    await tab.outbox.send('next');
    expect((await takeGroup(tab)).texts).toEqual(['next']);
    expect(tab.outbox.state.pending[0]?.state).toMatchObject({ kind: 'failed', code: 'tooLong' });
  });

  it('an item that the answer leaves out is asked about again after a pause', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('one');
    (await takeGroup(tab)).answer({ ok: true, results: [] });
    await settle();
    expect(tab.wire.open).toHaveLength(0);
    await tab.clock.advance(500);
    expect((await takeGroup(tab)).ids).toEqual([id]);
  });

  it('H7: when the session has ended nothing fails; it goes on when the person has come in again', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('one');
    (await takeGroup(tab)).answer(refused('signInAgain'));
    await settle();
    expect(tab.outbox.state).toMatchObject({ halted: 'signInAgain', pending: [{ state: { kind: 'waiting' } }] });
    await tab.outbox.send('two');
    await tab.clock.advance(60_000);
    expect(tab.wire.open).toHaveLength(0);
    tab.outbox.online();
    expect((await takeGroup(tab)).ids[0]).toBe(id);
    expect(tab.outbox.state.halted).toBeUndefined();
  });

  it('L4: a retry after removal waits for the room to be joined, and is settled by the duplicate it is', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('one');
    (await takeGroup(tab)).answer(refused('notMember'));
    await tab.clock.advance(60_000);
    expect(tab.told).toEqual(['notJoined']);
    expect(tab.wire.open).toHaveLength(0);
    tab.outbox.online();
    const again = await takeGroup(tab);
    expect(again.ids).toEqual([id]);
    again.duplicate(3);
    await settle();
    expect(texts(tab)).toEqual(['one: stored']);
  });

  it('S7: an unanswered request asks for a new connection, and goes again there under the same client id', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('one');
    (await takeGroup(tab)).answer(undefined);
    await tab.clock.advance(60_000);
    expect(tab.told).toEqual(['silent']);
    expect(tab.wire.open).toHaveLength(0);
    tab.outbox.offline();
    tab.outbox.online();
    expect((await takeGroup(tab)).ids).toEqual([id]);
  });

  it('an answer that belongs to an earlier connection changes nothing', async () => {
    const tab = await sendingTab();
    await tab.outbox.send('one');
    const old = await takeGroup(tab);
    tab.outbox.offline();
    tab.outbox.online();
    const current = await takeGroup(tab);
    old.answer(refused('forbidden'));
    await settle();
    expect(texts(tab)).toEqual(['one: waiting']);
    expect(tab.wire.open).toHaveLength(0);
    current.store(1);
    await settle();
    expect(texts(tab)).toEqual(['one: stored']);
  });
});
