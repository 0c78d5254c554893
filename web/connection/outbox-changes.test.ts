import { describe, expect, it } from 'vitest';
import type { ClientId, MemberId } from '../../protocol/ids.ts';
import { refused } from '../../protocol/refusals.ts';
import { settle } from './hand-clock.ts';
import { entryOf, kinds, openTab, owner, sendingTab, takeGroup, texts } from './hand-tab.ts';
import type { OutboxItem, Owner } from './outbox-item.ts';
import { refusedForGood, settled } from './outbox-queue.ts';
import { MemoryOutboxStorage, type OutboxStorage } from './outbox-storage.ts';

describe("changing one's mind", () => {
  it('S3: before its first try, an edit changes the message itself and a deletion takes it away', async () => {
    const tab = openTab(new MemoryOutboxStorage());
    const one = await tab.outbox.send('one');
    const two = await tab.outbox.send('two');
    await tab.outbox.add({ kind: 'react', target: two, emoji: '👍' });
    await tab.outbox.edit(one, 'better');
    await tab.outbox.delete(two);
    expect(texts(tab)).toEqual(['better: waiting']);
    expect(kinds(tab)).toEqual(['message']);
  });

  it('S3: a pending row edited after its first try keeps its body; the edit follows with its client id as target', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('one');
    (await takeGroup(tab)).answer(undefined);
    await settle();
    await tab.outbox.edit(id, 'better');
    await tab.outbox.delete(id);
    tab.outbox.offline();
    tab.outbox.online();
    const again = await takeGroup(tab);
    expect(again.texts).toEqual(['one']);
    again.answer(refused('busy'));
    await tab.clock.advance(10_000);
    (await takeGroup(tab)).duplicate(9);
    await settle();
    const edit = tab.wire.take('edit');
    expect(edit.request).toMatchObject({ target: 9, text: 'better' });
    edit.answer({ ok: true, seq: 10 });
    await settle();
    expect(tab.wire.take('delete').request).toMatchObject({ target: 9 });
  });

  it('S3: a change that was tried with a client id as target keeps it; one that was not says the seq', () => {
    const target = 'message' as ClientId;
    const edit = (clientId: string, tried: boolean): OutboxItem => ({
      clientId: clientId as ClientId,
      since: 1,
      tried,
      want: { kind: 'edit', target, text: 'better' },
    });
    const message: OutboxItem = { clientId: target, since: 1, tried: true, want: { kind: 'message', text: 'one' } };
    expect(settled([message, edit('tried', true), edit('not tried', false)], target, 9)).toMatchObject([
      { clientId: 'tried', want: { target } },
      { clientId: 'not tried', want: { target: 9 } },
    ]);
  });

  it('L13: what is answered is meant by its client id, and by its seq once that is known', async () => {
    const tab = await sendingTab();
    const question = await tab.outbox.send('one');
    const first = await takeGroup(tab);
    await tab.outbox.send('two', undefined, { replyTo: question });
    await tab.outbox.send('three', undefined, { replyTo: 4 });
    first.store(8);
    await settle();
    const items = [
      { text: 'two', replyTo: 8 },
      { text: 'three', replyTo: 4 },
    ];
    expect(tab.wire.take('message').request).toMatchObject({ items });
  });

  it('S3: an answer that was tried with a client id keeps it', () => {
    const replyTo = 'message' as ClientId;
    const answer = (clientId: string, tried: boolean): OutboxItem => ({
      clientId: clientId as ClientId,
      since: 1,
      tried,
      want: { kind: 'message', text: 'yes', replyTo },
    });
    const message: OutboxItem = { clientId: replyTo, since: 1, tried: true, want: { kind: 'message', text: 'one' } };
    expect(settled([message, answer('tried', true), answer('not tried', false)], replyTo, 9)).toMatchObject([
      { clientId: 'tried', want: { replyTo } },
      { clientId: 'not tried', want: { replyTo: 9 } },
    ]);
  });

  it('L14: an edit says anew whom the message mentions, in the message itself or behind it', async () => {
    const tab = openTab(new MemoryOutboxStorage());
    const [ada, lin] = ['m-ada' as MemberId, 'm-lin' as MemberId];
    const one = await tab.outbox.send('one', undefined, { mentions: [ada] });
    const two = await tab.outbox.send('two', undefined, { mentions: [ada], replyTo: 3 });
    await tab.outbox.edit(one, 'nobody');
    await tab.outbox.edit(two, 'another', { mentions: [lin] });
    await tab.outbox.edit(7, 'behind', { mentions: [lin] });
    expect(tab.outbox.state.items.map(({ want }) => want)).toEqual([
      { kind: 'message', text: 'nobody' },
      { kind: 'message', text: 'another', mentions: [lin], replyTo: 3 },
      { kind: 'edit', target: 7, text: 'behind', mentions: [lin] },
    ]);
    await tab.outbox.setSender(true);
    tab.outbox.online();
    await settle();
    const message = tab.wire.take('message');
    expect(message.request).toMatchObject({ items: [{ text: 'nobody' }, { mentions: [lin], replyTo: 3 }] });
    message.answer(refused('busy'));
    await tab.clock.advance(10_000);
    (await takeGroup(tab)).store(8);
    await settle();
    expect(tab.wire.take('edit').request).toMatchObject({ target: 7, text: 'behind', mentions: [lin] });
  });

  it('L13: an answer to what was taken back, or was refused, answers nothing', async () => {
    const tab = openTab(new MemoryOutboxStorage());
    const one = await tab.outbox.send('one');
    const two = await tab.outbox.send('two');
    await tab.outbox.send('to one', undefined, { replyTo: one });
    await tab.outbox.send('to two', undefined, { replyTo: two });
    await tab.outbox.delete(one);
    const [kept, , other] = refusedForGood(tab.outbox.state.items, two, { code: 'tooLong', message: '' });
    expect(kept).toMatchObject({ refusal: { code: 'tooLong' } });
    expect(tab.outbox.state.items.map(({ want }) => want)).toEqual([
      { kind: 'message', text: 'two' },
      { kind: 'message', text: 'to one' },
      { kind: 'message', text: 'to two', replyTo: two },
    ]);
    expect(other?.want).toEqual({ kind: 'message', text: 'to two' });
  });

  it('L13: refused because what it answers is not there, it goes again without that', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('yes', undefined, { replyTo: 4 });
    (await takeGroup(tab)).storeSome(0, 0, 'notFound');
    await settle();
    await tab.outbox.retry(id);
    await settle();
    const { items } = tab.wire.take('message').request as { items: readonly object[] };
    expect(items).toEqual([{ clientId: expect.any(String), text: 'yes' }]);
  });

  it('S3: an edit made in another tab while the message is being marked does not get lost', async () => {
    const storage = new MemoryOutboxStorage();
    const sender = openTab(storage);
    const other = openTab(storage, owner, [sender]);
    const id = await other.outbox.send('one');
    await sender.outbox.reload();
    sender.outbox.online();
    void sender.outbox.setSender(true);
    void other.outbox.edit(id, 'better');
    const group = await takeGroup(sender);
    group.store(1);
    await settle();
    if (group.texts[0] === 'better') expect(sender.wire.open).toHaveLength(0);
    else expect(sender.wire.take('edit').request).toMatchObject({ target: 1, text: 'better' });
  });

  it('S4: a refused message goes again under a new client id, behind all others', async () => {
    const tab = await sendingTab();
    const id = await tab.outbox.send('one');
    (await takeGroup(tab)).answer(refused('forbidden'));
    await settle();
    tab.outbox.offline();
    await tab.outbox.send('two');
    await tab.outbox.retry(id);
    tab.outbox.online();
    const group = await takeGroup(tab);
    expect(group.texts).toEqual(['two', 'one']);
    expect(group.ids).not.toContain(id);
  });

  it('S4: editing a refused message is a retry with the new text; deleting or discarding it ends it', async () => {
    const tab = await sendingTab();
    const ids: ClientId[] = [];
    for (const text of ['one', 'two', 'three']) {
      ids.push(await tab.outbox.send(text));
      (await takeGroup(tab)).answer(refused('tooLong'));
      await settle();
    }
    const [one, two, three] = ids;
    if (!one || !two || !three) throw new Error('three were sent');
    await tab.outbox.edit(one, 'shorter');
    await tab.outbox.delete(two);
    await tab.outbox.discard(three);
    expect((await takeGroup(tab)).texts).toEqual(['shorter']);
    expect(kinds(tab)).toEqual(['message']);
  });

  it('what waits behind a message that is refused is done to the message itself', async () => {
    const tab = await sendingTab();
    const edited = await tab.outbox.send('edited');
    const first = await takeGroup(tab);
    await tab.outbox.edit(edited, 'once');
    await tab.outbox.edit(edited, 'twice');
    await tab.outbox.add({ kind: 'react', target: edited, emoji: '👍' });
    first.answer(refused('forbidden'));
    await settle();
    expect(texts(tab)).toEqual(['twice: failed']);
    expect(kinds(tab)).toEqual(['message']);
    const gone = await tab.outbox.send('gone');
    const second = await takeGroup(tab);
    await tab.outbox.delete(gone);
    second.answer(refused('forbidden'));
    await settle();
    expect(texts(tab)).toEqual(['twice: failed']);
    expect(tab.wire.open).toHaveLength(0);
  });

  it('a refused reaction or deletion is told and gone; a refused edit keeps its words', async () => {
    const tab = await sendingTab();
    await tab.outbox.add({ kind: 'react', target: 1, emoji: '👍' });
    await settle();
    tab.wire.take('react').answer(refused('gone'));
    await tab.outbox.delete(2);
    await settle();
    tab.wire.take('delete').answer(refused('forbidden'));
    await tab.outbox.edit(3, 'better');
    await settle();
    tab.wire.take('edit').answer(refused('tooLong'));
    await settle();
    expect(tab.told).toEqual(['react gone', 'delete forbidden']);
    expect(tab.outbox.state.items).toMatchObject([
      { want: { kind: 'edit', text: 'better' }, refusal: { code: 'tooLong' } },
    ]);
  });
});

describe('coming in again', () => {
  const next: Owner = { ...owner, member: 'm-ada-2' as MemberId, name: 'ADA' };

  it('H1: what a member of an ended session left is sent by the member of the same name that follows it', async () => {
    const storage = new MemoryOutboxStorage();
    const before = await sendingTab(storage);
    const tried = await before.outbox.send('tried');
    await takeGroup(before);
    await before.outbox.send('not tried');
    before.outbox.close();
    const after = await sendingTab(storage, next);
    await after.outbox.adoptAbandoned(async () => false);
    const group = await takeGroup(after);
    expect(group.texts).toEqual(['tried', 'not tried']);
    expect(group.ids[0]).toBe(tried);
    expect(await storage.read(owner)).toEqual([]);
  });

  it('S2: what was left stands in front of what is written now, however long its taking over takes', async () => {
    const storage = new MemoryOutboxStorage();
    await openTab(storage).outbox.send('before');
    const after = await sendingTab(storage, next);
    let answer = (_isSent: boolean): void => undefined;
    const adopted = after.outbox.adoptAbandoned(() => new Promise((resolve) => (answer = resolve)));
    after.outbox.online();
    await after.outbox.send('now');
    await settle();
    expect(after.wire.open).toEqual([]);
    answer(false);
    await adopted;
    expect((await takeGroup(after)).texts).toEqual(['before', 'now']);
  });

  it('a storage that does not say what was left is waited for 5 s', async () => {
    const hanging: OutboxStorage = Object.assign(new MemoryOutboxStorage(), {
      queues: () => new Promise<never>(() => {}),
    });
    const tab = await sendingTab(hanging);
    void tab.outbox.adoptAbandoned(async () => false);
    await tab.outbox.send('hello');
    expect(tab.wire.open).toEqual([]);
    await tab.clock.advance(5_000);
    expect((await takeGroup(tab)).texts).toEqual(['hello']);
  });

  it('nothing is taken from a member of another name, or from one that a tab still sends for', async () => {
    const storage = new MemoryOutboxStorage();
    await openTab(storage).outbox.send('from Ada');
    const lin = await sendingTab(storage, { ...next, name: 'Lin' });
    await lin.outbox.adoptAbandoned(async () => false);
    const ada = await sendingTab(storage, next);
    const adopted = ada.outbox.adoptAbandoned(async () => true);
    await ada.clock.advance(5_000);
    await adopted;
    expect([...lin.wire.open, ...ada.wire.open]).toEqual([]);
    expect(await storage.read(owner)).toHaveLength(1);
  });

  it('S2: what another tab still seems to send for a member that is no more is waited for, and goes first', async () => {
    const storage = new MemoryOutboxStorage();
    await openTab(storage).outbox.send('first');
    const ada = await sendingTab(storage, next);
    let isSentFor = true;
    void ada.outbox.adoptAbandoned(async () => isSentFor);
    void ada.outbox.send('second');
    await ada.clock.advance(2_000);
    expect(ada.wire.open).toEqual([]);
    isSentFor = false;
    await ada.clock.advance(500);
    expect(ada.wire.take('message').request).toMatchObject({ items: [{ text: 'first' }, { text: 'second' }] });
  });

  it('a member that changed its name leaves its items under the new one', async () => {
    const storage = new MemoryOutboxStorage();
    const tab = openTab(storage);
    await tab.outbox.send('from Ada');
    await tab.outbox.renamed('Augusta');
    expect(await storage.queues(owner.room)).toMatchObject([{ name: 'Augusta' }]);
  });
});

describe('storage that fails', () => {
  class BrokenStorage extends MemoryOutboxStorage {
    isBroken = true;
    override async update(...given: Parameters<MemoryOutboxStorage['update']>) {
      if (this.isBroken) throw new Error('QuotaExceededError');
      return super.update(...given);
    }
  }

  it('items are kept in memory, are said to be, and are sent', async () => {
    const tab = openTab(new BrokenStorage());
    tab.outbox.online();
    await tab.outbox.send('hello');
    expect(tab.outbox.state.inMemory).toBe(true);
    const group = await takeGroup(tab);
    expect(group.texts).toEqual(['hello']);
    group.store(1);
    await settle();
    expect(tab.outbox.state.items).toEqual([]);
  });

  it('S6: a tab that is not the sender sends what it alone has, after what the sender has before it', async () => {
    const storage = new BrokenStorage();
    storage.isBroken = false;
    const sender = await sendingTab(storage);
    const tab = openTab(storage);
    tab.outbox.online();
    const first = await sender.outbox.send('first');
    const group = await takeGroup(sender);
    await tab.outbox.reload();
    storage.isBroken = true;
    await tab.outbox.send('second');
    await settle();
    expect(tab.wire.open).toHaveLength(0);
    group.store(1);
    tab.outbox.saw([entryOf(first, 1)]);
    expect((await takeGroup(tab)).texts).toEqual(['second']);
  });

  it('S3: what is kept while it was under way is kept as tried', async () => {
    const storage = new BrokenStorage();
    const tab = await sendingTab(storage);
    const id = await tab.outbox.send('hello');
    await takeGroup(tab);
    storage.isBroken = false;
    await tab.clock.advance(5_000);
    expect(await storage.read(owner)).toMatchObject([{ clientId: id, tried: true }]);
    expect(tab.outbox.state.inMemory).toBe(false);
  });

  it('a storage that never answers is waited for 5 s', async () => {
    const hanging: OutboxStorage = Object.assign(new MemoryOutboxStorage(), {
      update: () => new Promise<never>(() => {}),
    });
    const tab = await sendingTab(hanging);
    void tab.outbox.send('hello');
    await tab.clock.advance(4_999);
    expect(tab.wire.open).toHaveLength(0);
    await tab.clock.advance(1);
    expect((await takeGroup(tab)).texts).toEqual(['hello']);
  });
});
