import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientId, EntryId, MemberId } from '../protocol/ids.ts';
import { refused } from '../protocol/refusals.ts';
import type { Granted, RequestOf } from '../protocol/requests.ts';
import { HandAsk } from './connection/hand-ask.ts';
import { HandClock, settle } from './connection/hand-clock.ts';
import { joinReply, me, message, room } from './connection/hand-link.ts';
import { MemoryTexts } from './connection/memory-texts.ts';
import { MemoryOutboxStorage } from './connection/outbox-storage.ts';
import { Whereabouts } from './connection/whereabouts.ts';
import { RoomTab } from './room-tab.ts';
import type { LinkState } from './state/room-state.ts';

const ben = { id: 'm-ben' as MemberId, name: 'Ben' };
let made = 0;
let wire: HandAsk;
let clock: HandClock;
let storage: MemoryOutboxStorage;
let texts: MemoryTexts;
const open: RoomTab[] = [];

beforeEach(() => {
  [wire, clock, storage, texts] = [new HandAsk(), new HandClock(), new MemoryOutboxStorage(), new MemoryTexts()];
});
// A tab that is left is a page that is gone: nothing of it may reach the next test.
afterEach(() => {
  for (const tab of open.splice(0)) tab.hidden();
});

/** A page whose connection is in the test's hands. */
function newTab() {
  let state: LinkState = { kind: 'connecting', since: clock.now() };
  const nothing = (): void => {};
  const tab = new RoomTab({
    connection: {
      get state() {
        return state;
      },
      ask: wire.ask,
      tryNow: nothing,
      renew: nothing,
    },
    page: { room, title: 'Tea', memberName: me.name, as: me.id },
    address: new URL('http://localhost/chat/tea'),
    clock,
    random: () => 0.5,
    newClientId: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}` as ClientId,
    storage,
    texts,
    tab: new MemoryTexts(),
    locks: undefined,
    isSeen: true,
    events: { changed: nothing, joined: nothing, unwanted: nothing },
  });
  open.push(tab);
  return {
    tab,
    act: tab.actions,
    connect: async (...entries: ReturnType<typeof message>[]) => {
      state = { kind: 'online' };
      tab.connected();
      wire.take('join').answer(joinReply(entries.at(-1)?.seq ?? 0, entries, true));
      await settle();
    },
  };
}

async function joinedTab(...entries: ReturnType<typeof message>[]) {
  const page = newTab();
  page.tab.open();
  await settle();
  await page.connect(...entries);
  return page;
}

const rows = (tab: RoomTab) => [
  ...tab.shown.state.lines.map((line) => (line.kind === 'message' ? line.text : line.kind)),
  ...tab.shown.pending.map(({ text }) => text),
];

/** The answer to a request of one message. */
function storedAs(seq: number, request: RequestOf<'message'>, duplicate: boolean): Granted<'message'> {
  const clientId = (typeof request === 'object' && 'items' in request ? request.items[0]?.clientId : '') as ClientId;
  return { ok: true, results: [{ clientId, seq, id: 'e1' as EntryId, at: 1, duplicate }] };
}

describe('a crowd', () => {
  test('P8, P9: is counted by what is signalled, and listed when somebody asks', async () => {
    const page = newTab();
    page.tab.open();
    await settle();
    page.tab.connected();
    wire.take('join').answer({ ...joinReply(1, [message(1)], true), count: 300, notices: false, here: [] });
    await settle();
    page.tab.heard({ room, kind: 'here', count: 301 });
    expect(page.tab.shown.state.crowd).toBe(301);
    page.act.listPeople();
    wire.take('here').answer({ ok: true, room, count: 301, here: [me], more: true });
    await settle();
    page.act.listMorePeople();
    expect(wire.take('here').request).toEqual({ room, after: me.id });
    expect(page.tab.shown.list.people).toEqual([me]);
  });

  test('L17: what one calls the room is shown at once, and said when there is a way', async () => {
    const { tab, act } = await joinedTab(message(1));
    act.setTitle('High tea');
    act.setTopic('scones');
    await settle();
    expect(tab.shown.state).toMatchObject({ title: 'High tea', topic: 'scones' });
    const { request, answer } = wire.take('title');
    expect(request).toMatchObject({ room, title: 'High tea' });
    answer(refused('forbidden'));
    await settle();
    expect(tab.shown).toMatchObject({
      state: { title: 'Tea' },
      refused: expect.stringContaining('The title is as it was'),
    });
  });

  test('P10: whoever left in another tab is told that they are not in the room any more', async () => {
    const { tab } = await joinedTab(message(1));
    tab.heard({ room, kind: 'left' });
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect(tab.shown.link).toMatchObject({ kind: 'ended', code: 'notMember' });
  });
});

describe('point 21: typing', () => {
  const typing = { room, kind: 'typing', by: ben } as const;

  test('is told while one writes a message, and not of an edit or of what the page writes itself', async () => {
    const { act, tab } = await joinedTab(message(1, 'mine'));
    act.editNewest();
    act.write('mine too');
    expect(tab.shown.edits.editing?.text).toBe('mine too');
    expect(wire.open).toEqual([]);
    act.cancelEdit();
    act.write('h');
    expect(wire.take('typing').request).toEqual({ room });
  });

  test('of others is shown, until their message or until the connection is lost', async () => {
    const { tab } = await joinedTab(message(1));
    tab.heard(typing);
    expect(tab.shown.typists).toEqual([ben]);
    tab.received({ ...message(2), by: ben });
    expect(tab.shown.typists).toEqual([]);
    tab.heard(typing);
    tab.disconnected();
    expect(tab.shown.typists).toEqual([]);
  });

  test('of one’s own member is never shown', async () => {
    const { tab } = await joinedTab(message(1));
    tab.heard({ ...typing, by: { id: me.id, name: me.name } });
    expect(tab.shown.typists).toEqual([]);
  });
});

describe('point 7: an edit', () => {
  test('leaves the draft as it was, shows at once, and is the row when its entry comes', async () => {
    const { act, tab } = await joinedTab(message(1, 'mine'));
    act.write('the next');
    wire.take('typing');
    act.editNewest();
    expect(tab.shown).toMatchObject({ draft: 'the next', edits: { editing: { target: 1, text: 'mine' } } });
    act.write('mine!');
    act.saveEdit('mine!');
    await settle();
    expect(rows(tab)).toEqual(['mine!']);
    expect(tab.shown).toMatchObject({ draft: 'the next', edits: { editing: undefined, savingSince: clock.now() } });
    expect(tab.shown.state).toBe(tab.shown.state);
    const { request, answer } = wire.take('edit');
    const { text: _text, ...stamp } = message(2);
    tab.received({ ...stamp, kind: 'edit', target: 1, text: 'mine!', clientId: request.clientId as ClientId });
    answer({ ok: true, seq: 2 });
    await settle();
    expect(rows(tab)).toEqual(['mine!']);
    expect(tab.shown.edits.savingSince).toBeUndefined();
  });

  test('of a message that waits is made in its row, and goes with it', async () => {
    const { tab, act, connect } = newTab();
    tab.open();
    await settle();
    act.send('mine');
    await settle();
    act.editNewest();
    act.write('mine!');
    act.saveEdit('mine!');
    await settle();
    expect(rows(tab)).toEqual(['mine!']);
    await connect();
    expect(wire.take('message').request).toMatchObject({ items: [{ text: 'mine!' }] });
    expect(wire.open).toEqual([]);
  });

  test('without a connection survives a reload, written or on its way', async () => {
    const first = await joinedTab(message(1, 'mine'));
    first.tab.disconnected();
    first.act.editNewest();
    first.act.write('mine!');
    first.act.saveEdit('mine!');
    await settle();
    first.act.editNewest();
    first.act.write('mine, half');
    first.tab.hidden();
    const second = await joinedTab(message(1, 'mine'));
    expect(rows(second.tab)).toEqual(['mine!']);
    expect(second.tab.shown.edits.editing).toMatchObject({ before: 'mine!', text: 'mine, half' });
  });

  test('that was refused keeps its text, and where the message is gone it becomes part of the draft', async () => {
    const { act, tab } = await joinedTab(message(1, 'mine'));
    act.editNewest();
    act.write('mine!');
    act.saveEdit('mine!');
    await settle();
    wire.take('edit').answer(refused('gone'));
    await settle();
    expect(rows(tab)).toEqual(['mine']);
    const [edit] = tab.shown.edits.refused;
    expect(edit).toMatchObject({ text: 'mine!', refusal: { code: 'gone' } });
    act.write('the next');
    if (edit !== undefined) act.takeEditBack(edit.clientId);
    await settle();
    expect(tab.shown).toMatchObject({ draft: 'mine!\nthe next', edits: { refused: [], editing: undefined } });
  });

  test('is not begun where there is nothing of one’s own', async () => {
    const { act, tab } = await joinedTab({ ...message(1), by: ben });
    act.editNewest();
    expect(tab.shown.edits.editing).toBeUndefined();
  });
});

describe('point 8: a draft', () => {
  test('is kept 300 ms after typing, and at once when the page is hidden', async () => {
    const { act, tab } = await joinedTab();
    act.write('half a');
    wire.take('typing');
    await clock.advance(300);
    expect((await joinedTab()).tab.shown.draft).toBe('half a');
    act.write('half a thought');
    tab.hidden();
    expect((await joinedTab()).tab.shown.draft).toBe('half a thought');
  });

  test('is gone when its message is on disk', async () => {
    const { act } = await joinedTab();
    act.write('whole');
    act.send('whole');
    await settle();
    const { tab } = newTab();
    tab.open();
    await settle();
    expect(tab.shown).toMatchObject({ draft: '', pending: [{ text: 'whole' }] });
  });

  test('S1: of a page that went before its message was on disk is neither lost nor there twice', async () => {
    const disk = storage;
    storage = new MemoryOutboxStorage();
    storage.update = () => new Promise(() => {});
    const { act, tab: gone } = await joinedTab();
    act.write('whole');
    act.send('whole');
    act.write('and the next');
    gone.hidden();
    storage = disk;
    const { tab } = newTab();
    tab.open();
    await settle();
    expect(tab.shown).toMatchObject({ draft: 'and the next', pending: [{ text: 'whole' }] });
    tab.hidden();
    const { tab: next } = newTab();
    next.open();
    await settle();
    expect(next.shown.pending).toMatchObject([{ text: 'whole' }]);
  });

  test('S1: of a page that went after its message was sent, and before it knew that it was on disk, is sent as the same', async () => {
    const { act } = await joinedTab();
    act.send('whole');
    const onTheWay = () => texts.keys().filter((key) => key.startsWith('snug handover '));
    const left = onTheWay().map((key): [string, string] => [key, texts.getItem(key) ?? '']);
    await settle();
    const first = wire.take('message');
    first.answer(storedAs(1, first.request, false));
    await settle();
    expect(onTheWay()).toEqual([]);
    for (const [key, kept] of left) texts.setItem(key, kept);
    const { tab } = await joinedTab();
    const again = wire.take('message');
    expect(again.request).toEqual(first.request);
    again.answer(storedAs(1, again.request, true));
    await settle();
    expect([tab.shown.draft, onTheWay()]).toEqual(['', []]);
  });
});

describe('point 4: the room', () => {
  test('S8: is left by intent, and then nothing is sent there', async () => {
    const whereabouts = new Whereabouts(texts);
    const { tab: unconnected } = newTab();
    unconnected.open();
    expect(whereabouts.all).toHaveLength(1);
    const { act, tab } = await joinedTab();
    expect(whereabouts.all).toEqual([{ room, member: me.id, name: me.name }]);
    act.leave();
    expect(whereabouts.all).toEqual([]);
    tab.hidden();
    const { tab: again } = await joinedTab();
    expect(whereabouts.all).toHaveLength(1);
    again.heard({ room, kind: 'left' });
    wire.take('catchUp').answer(refused('notMember'));
    await settle();
    expect(whereabouts.all).toEqual([]);
  });
});
